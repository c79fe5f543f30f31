# Prints random cases for tests/cases.sh: awk -v seed=N -v cases=N. The numbers are its own, so every awk gives the
# same.
function below(n) { # 0 to n - 1; Park and Miller's generator
  state = state * 16807 % 2147483647
  return int(state / 2147483647 * n)
}
function pick(list,   words) {
  return words[1 + below(split(list, words))]
}
function memory() {
  return pick("- - --mem-latency_0 --mem-latency_200 --mem-bandwidth_5 --mem-bandwidth_2.5 " \
              "--stall_15_--seed_3 --stall_40_--seed_4")
}
function output() {
  return pick("- - - --out-type_int8 --out-type_int8_--activation_relu --out-type_int8_--out-zero_-7 --activation_relu")
}
function print_case(command,   extra) {
  extra = memory() " " output()
  gsub(/-( |$)/, " ", extra)
  gsub(/_/, " ", extra)
  print "* | " want " | " command " " extra
}
function gemm(   m, n, k) {
  m = pick("1 2 3 5 8 {M} {M+1} 16 17 33 64 70")
  n = pick("1 2 3 5 8 {N} {N+1} 16 17 33 64 70")
  k = below(5) ? pick("1 2 3 7 8 {K} {K+1} 31 32 33 64 65") : 100 + below(500)
  want = k + 0 < 100 ? "0" : "0?"
  return sprintf("run --a random:%sx%s:%s:%d --b random:%sx%s:%s:%d", m, k, pick("0.05 0.3 0.6 1"), below(1000),
                 k, n, pick("0.05 0.3 0.6 1"), below(1000))
}
function conv(   groups, in_group, out_group, kh, kw, dh, dw, h, w) {
  groups = pick("1 1 1 2 3 4 7")
  in_group = pick("1 1 2 3 4 5 8 11 16")
  out_group = pick("1 1 2 3 4 5 9")
  if (below(6) == 0) {
    groups = 2 + below(20)
    in_group = out_group = 1
  }
  want = "0?"
  kh = pick("1 1 2 3 3 4 5")
  kw = pick("1 1 2 3 3 4 5")
  dh = pick("1 1 1 2 3")
  dw = pick("1 1 1 2 3")
  h = dh * (kh - 1) + 1 + below(9)
  w = dw * (kw - 1) + 1 + below(9)
  return sprintf("conv --input random:%dx%dx%d:%s:%d --weight random:%dx%dx%dx%d:%s:%d " \
                 "--stride %d,%d --pad %d,%d,%d,%d " \
                 "--dilation %d,%d --groups %d", groups * in_group, h, w, pick("0.3 0.7 1"), below(1000),
                 groups * out_group, in_group, kh, kw, pick("0.3 0.7 1"), below(1000), 1 + below(3), 1 + below(3),
                 below(4), below(4), below(4), below(4), dh, dw, groups)
}
BEGIN {
  state = (seed % 9973 + 5) ^ 2 * 13 + 1
  for (i = 0; i < 10; i++) below(1)
  for (i = 0; i < cases; i++)
    if (i % 2) print_case(conv()); else print_case(gemm())
}
