# make            build/lacuna
# make run        a real pruned layer on generated RTL, checked
# make test       everything; make lint: RTL and C gates alone
# make soak       the matrix whole, for hours; make mutants: deliberate breaks, which the tests must notice
# make bench      the figures of docs/results; make bench BENCH=griffin: of one page (build/lacuna-bench --help)
# make leaves     rtl/*/signatures.inc, after a leaf's parameters, ports or paths within a cycle have changed
# make synth      CONFIG=dense_64: area and timing; make ledger: of all
# make install    PREFIX=/usr/local
#
# On Debian and Ubuntu, run and test first install what packages.txt names and the machine lacks; SETUP=no skips that.

CC       ?= gcc
PREFIX   ?= /usr/local
SETUP    ?= yes
CONFIG   ?= dense_64
JOBS     ?= $(shell nproc)
OPT      ?= -O2
WARN      = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Werror
CFLAGS    = -std=c11 -D_GNU_SOURCE $(OPT) -g $(WARN) -I. -MMD -MP
LIBS      = -lyaml -ljansson -lz -ldl -lm
SANITIZE  = -fsanitize=address,undefined -fno-sanitize-recover=all

# No tool may speak or count as the user's locale does.
export LC_ALL = C

SOURCES  := $(sort $(shell find gen harness sim -name '*.c' -not -path 'harness/bench/*' -not -name vpi.c))
OBJECTS  := $(SOURCES:%.c=build/obj/%.o)
BENCHES  := $(patsubst %.c,build/obj/%.o,$(sort $(shell find harness/bench -name '*.c')))
LIBRARY  := $(filter-out %/main.o,$(OBJECTS) $(BENCHES))
UNITS    := $(patsubst tests/unit/%.c,%,$(sort $(shell find tests/unit -name 'test_*.c')))

.PHONY: all leaves run test soak mutants lint bench synth fpga ledger install uninstall clean setup
.DELETE_ON_ERROR:

all: build/lacuna

build/lacuna: $(OBJECTS)
	$(CC) $(OPT) $^ $(LIBS) -o $@

# What rtl/*/ says of its leaves, in one file (gen/leaf/leaves.h).
build/signatures.inc: $(sort $(wildcard rtl/*/signatures.inc))
	@mkdir -p $(@D)
	@cat $^ >$@

build/obj/%.o: %.c | build/signatures.inc
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c $< -o $@

setup:
	@SETUP=$(SETUP) ./setup.sh packages.txt

run: setup
	@$(MAKE) --no-print-directory -s -j$(JOBS) build/lacuna
	@examples/run.sh

# ---- tests: each unit test is a program, and is built with sanitizers

# What finds an engine's records, where a test has records of its own.
COMMA  := ,
WRAPPED = engine_of engine_model engine_pack

build/obj/san/%.o: %.c | build/signatures.inc
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(SANITIZE) -c $< -o $@

build/unit/%: build/obj/san/tests/unit/%.o build/obj/san/tests/unit/leaks.o $(LIBRARY:build/obj/%=build/obj/san/%)
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) $^ $(LIBS) -lcmocka $(if $(findstring onednn,$*),-ldnnl) $(if $(findstring graphblas,$*),-lgraphblas) \
	  $(if $(filter own/%,$*),$(addprefix -Wl$(COMMA)--wrap=,$(WRAPPED))) -o $@

build/lacuna-bench: build/obj/harness/bench/main.o $(LIBRARY)
	$(CC) $(OPT) $^ $(LIBS) -o $@

build/lacuna-san: $(OBJECTS:build/obj/%=build/obj/san/%)
	$(CC) $(SANITIZE) $^ $(LIBS) -o $@

units: $(UNITS:%=build/unit/%) build/lacuna-san

test: setup
	@$(MAKE) --no-print-directory -s -j$(JOBS) build/lacuna build/lacuna-bench units
	@tests/run.sh

# ONLY: names of pieces, or what they begin with.
soak: setup
	@$(MAKE) --no-print-directory -s -j$(JOBS) build/lacuna
	@PIECES="tests/pieces.sh soak" LOGS=build/soak LONGEST=200000 tests/run.sh $(ONLY)

mutants: setup
	@$(MAKE) --no-print-directory -s -j$(JOBS) build/lacuna
	@tests/mutants/run.sh $(ONLY)

lint: setup
	@$(MAKE) --no-print-directory -s -j$(JOBS) build/lacuna
	@tests/lint.sh

leaves: setup
	@rm -rf build/leaves
	@gen/leaf/signatures.sh build/leaves
	@for file in build/leaves/*.inc; do name=$${file##*/}; cp $$file rtl/$${name%.inc}/signatures.inc || exit 1; done

bench: setup
	@$(MAKE) --no-print-directory -s -j$(JOBS) build/lacuna build/lacuna-bench
	@build/lacuna-bench $(BENCH)

# ---- synthesis

build/bundles/$(CONFIG)/lacuna.f: build/lacuna configs/$(CONFIG).yaml $(wildcard rtl/*/*.v)
	@build/lacuna gen configs/$(CONFIG).yaml -o build/bundles/$(CONFIG)

synth: setup build/bundles/$(CONFIG)/lacuna.f
	@synth/asic.sh build/bundles/$(CONFIG) -o build/synth/$(CONFIG)

fpga: setup build/lacuna
	@mkdir -p build/synth/$(CONFIG) && { cat configs/$(CONFIG).yaml; echo 'multiplier: operator'; } >build/synth/$(CONFIG)/$(CONFIG).yaml
	@build/lacuna gen build/synth/$(CONFIG)/$(CONFIG).yaml -o build/synth/$(CONFIG)/fpga
	@for family in ice40 ecp5; do echo "$$family:"; synth/fpga.sh build/synth/$(CONFIG)/fpga $$family -o build/synth/$(CONFIG)/$$family || exit 1; done

ledger: setup build/lacuna
	@synth/ledger.sh

# ---- installation: leaves, what models are compiled from, configurations

INSTALLED = $(shell find rtl -name '*.v') $(shell find sim/device sim/memory gen -name '*.h') $(wildcard sim/device/*.cpp) \
  $(wildcard sim/device/*.v) sim/device/vpi.c sim/device/bench.c $(wildcard sim/memory/*.c configs/*.yaml constraints/*.sdc)

install: build/lacuna
	install -D -m 755 build/lacuna $(DESTDIR)$(PREFIX)/bin/lacuna
	for file in $(INSTALLED); do install -D -m 644 $$file $(DESTDIR)$(PREFIX)/share/lacuna/$$file || exit 1; done

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/lacuna $(DESTDIR)$(PREFIX)/share/lacuna

clean:
	rm -rf build

-include $(shell find build/obj -name '*.d' 2>/dev/null)
