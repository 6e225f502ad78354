# sitrep: `make` builds, `make test` runs every test. Meson does the work; this file remembers the commands.
BUILD ?= build
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
MESON_OPTIONS ?=

.PHONY: all setup demo test unit cli cross asan valgrind fuzz fuzz-short golden install gazetteer model judge model-report format clean

all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD) $(MESON_OPTIONS)

setup:
	tools/setup.sh

demo: all
	$(BUILD)/sitrep read --to table --width 100 docs/examples/report.txt

# Everything: unit tests, whole-program tests, the kernels on ARM where it can be emulated, some fuzzing where clang is
# installed, then both kinds of tests again in a build that checks memory and arithmetic.
test: unit cli cross fuzz-short asan

# The parser that dates are checked against comes from PyPI; without it that one test is passed over.
unit: all
	@python3 -c 'import sys; sys.path.append("$(BUILD)/python"); import edtf' 2>/dev/null \
	  || timeout 120 python3 -m pip install -q --disable-pip-version-check --target $(BUILD)/python edtf 2>/dev/null || true
	meson test -C $(BUILD) --print-errorlogs --timeout-multiplier 10

cli: all
	SITREP_BUILD=$(BUILD) $(PYTHON) -m pytest -q tests/cli

# The kernels on an emulated 64-bit ARM; skipped where compiler or emulator are missing.
cross:
	tests/cross/run.sh

asan:
	[ -f build-asan/build.ninja ] || meson setup build-asan -Dtools=false -Dbuildtype=debug -Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-Wno-format-truncation
	ninja -C build-asan
	meson test -C build-asan --print-errorlogs --timeout-multiplier 20
	SITREP_BUILD=build-asan SITREP_CHECKED=1 $(PYTHON) -m pytest -q tests/cli

valgrind: all
	valgrind -q --error-exitcode=9 --leak-check=full $(BUILD)/sitrep read --quiet --jobs 2 docs/examples/report.txt >/dev/null

fuzz: all
	fuzz/run.sh 600

fuzz-short: all
	fuzz/run.sh 30

# Writes the expected outputs in tests/golden anew; look at the difference before committing it.
golden: all
	SITREP_BUILD=$(BUILD) $(PYTHON) -m pytest -q tests/cli/test_golden.py --update

install: all
	meson install -C $(BUILD)

gazetteer: $(BUILD)/build.ninja
	ninja -C $(BUILD) gazetteer.bin

model:
	$(MAKE) -C train model

judge:
	$(MAKE) -C train judge

model-report:
	$(MAKE) -C train report

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	rm -rf build build-asan build-fuzz
