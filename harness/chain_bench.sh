#!/bin/sh
# Two consecutive real layers on outer_128 with a dense and with a sparse feature map between them, as docs/results/outer_chain.md:
#   chain_bench.sh >docs/results/outer_chain.md      LACUNA_DATA is the folder of the data
set -u
data=${LACUNA_DATA:-../shared/data}
lacuna=${LACUNA:-build/lacuna}
model=mediapipe_face_full_sparse
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

layer() { # name, further keys
  place=$data/layers/$model/$1
  echo "$place.w.npy,bias=$place.b.npy$2"
}

run() { # first layer, second, feature map between, bytes a cycle of the memory or nothing
  "$lacuna" chain configs/outer_128.yaml --between "$3" --input "$data/activations/$model/$1.x.npy" \
    --layer "$(layer "$1" ,activation=relu)" --layer "$(layer "$2" '')" --out-type int8 \
    ${4:+--mem-bandwidth $4} --json "$scratch/$3.json" --out "$scratch/$3.npy" >"$scratch/said" 2>&1 ||
    echo "$1: $(tail -n 1 "$scratch/said")" >&2
}

number() { # file, name, which: 1 the chain's own, 2 and 3 of its layers
  awk -v name="\"$2\":" -v which="$3" '$1 == name && ++n == which { sub(",", "", $2); print $2; exit }' "$scratch/$1.json"
}

line() { # first, second, memory
  run "$1" "$2" dense "$3"
  run "$1" "$2" compressed "$3"
  same=differ
  cmp -s "$scratch/dense.npy" "$scratch/compressed.npy" && same=equal
  [ "$(number dense match 1)$(number compressed match 1)" = truetrue ] || same=wrong
  awk -v layers="\`$1\`, \`$2\`" -v memory="${3:-16}" -v same=$same -v dc="$(number dense cycles 1)" -v sc="$(number compressed cycles 1)" \
    -v db="$(number dense bytes 1)" -v sb="$(number compressed bytes 1)" -v map="$(number dense c 1)" -v values="$(number compressed c 1)" \
    -v saved="$(number compressed c_saved 1)" 'BEGIN {
      printf "| %s | %s | %d | %d + %d | %d | %d | %.3f | %d | %d | %.3f | %s |\n", layers, memory, map, values, map - values - saved, db, sb, sb / db,
        dc, sc, sc / dc, same }'
}

cat <<'END'
# A chain of two layers: the feature map between them dense and sparse

`LACUNA_DATA=... harness/chain_bench.sh`; each line is `lacuna chain configs/outer_128.yaml --between dense|compressed --input X --layer W1,bias=B1,activation=relu --layer W2,bias=B2 --out-type int8`,
in Verilator, memory latency 64; both layers right bit for bit, and the cycles equal those of the cycle model. Layers of mediapipe_face_full_sparse with
the activations that were recorded before them, weights 70 % zeros, requantised to int8 after ReLU. *map*: bytes of the dense feature map; values + metadata of the sparse one, which is
written once and read once. *bytes* and *cycles* are those of both layers together; the last column compares the two results.

| layers | bytes a cycle | map | values + metadata | bytes, dense | sparse | | cycles, dense | sparse | | results |
|---|---|---|---|---|---|---|---|---|---|---|
END
for memory in '' 4 2; do
  line 020_conv1x1_16to64_s1 021_conv1x1_64to48_s1 "$memory"
  line 033_conv1x1_32to128_s1 034_conv1x1_128to64_s1 "$memory"
  line 046_conv1x1_48to192_s1 047_conv1x1_192to96_s1 "$memory"
done
cat <<'END'

With 16 bytes a cycle both layers are bound by multipliers, and a sparse map saves bytes only. Its first layer may take a few cycles more: rows must leave in order, so all panels
are in one group, and the last bursts are asked for at the end. On a slow memory the bytes are the time.
END
