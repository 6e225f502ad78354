#!/bin/sh
# run.sh [SECONDS]: builds everything with clang, libFuzzer and the sanitizers, and lets it look for crashes.
# Inputs that were interesting stay in build-fuzz/corpus; one that crashes is written to build-fuzz.
set -eu
cd "$(dirname "$0")/.."
command -v clang >/dev/null || { echo "fuzz: clang is not installed; passed over"; exit 0; }
if [ ! -f build-fuzz/build.ninja ]; then
    CC=clang meson setup build-fuzz -Dtools=false -Dbuildtype=debug -Doptimization=1 -Dwerror=false -Db_lundef=false \
        -Db_sanitize=address,undefined -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
fi
ninja -C build-fuzz src/libsitrep.a
libraries="$(pkg-config --libs jansson icu-i18n icu-uc uchardet libzip expat zlib libbrotlidec libarchive nettle) -lgumbo -lcld2 -lm -pthread"
for target in dates read feed archive office; do
    # shellcheck disable=SC2086
    clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -Iinclude -Isrc "fuzz/$target.c" \
        build-fuzz/src/libsitrep.a $libraries -o "build-fuzz/fuzz-$target"
done
python3 fuzz/archive_seeds.py build-fuzz/corpus-archive
python3 fuzz/office_seeds.py build-fuzz/corpus-office
mkdir -p build-fuzz/corpus
n=0
for f in docs/examples/report.txt tests/golden/*.txt tests/golden/*.html tests/golden/wire.jsonl tests/golden/convoy.txt.conllu; do
    [ -f "$f" ] || continue
    for format in 0 1 2 3 4 5 6 7 8 9; do
        n=$((n + 1))
        { printf "\\$format"; head -c 4000 "$f"; } >"build-fuzz/corpus/seed-$n"
    done
done
gazetteer=build/gazetteer.bin
[ -f "$gazetteer" ] || echo "fuzz: no $gazetteer; places stay unresolved"
mkdir -p build-fuzz/corpus-feed
printf '\0<rss><channel><title>T</title><item><title>A</title><link>/a</link><description>&lt;p&gt;B</description></item></channel></rss>' \
    >build-fuzz/corpus-feed/rss
printf '\0<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml"><div><p>B</p></div></content></entry></feed>' \
    >build-fuzz/corpus-feed/atom
printf '\0{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_text":"a"}]}' >build-fuzz/corpus-feed/json
cd build-fuzz
./fuzz-feed -max_total_time="$((${1:-60} / 4 + 1))" -max_len=8192 -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 corpus-feed
mkdir -p dates
SITREP_DATA=.. ./fuzz-dates -max_total_time="$((${1:-60} / 4 + 1))" -max_len=256 -timeout=20 -rss_limit_mb=3000 dates
SITREP_DATA=.. ./fuzz-read -max_total_time="${1:-60}" -max_len=8192 -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 corpus
SITREP_DATA=.. ./fuzz-archive -max_total_time="$((${1:-60} / 4 + 1))" -max_len=16384 -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 corpus-archive
SITREP_DATA=.. ./fuzz-office -max_total_time="$((${1:-60} / 4 + 1))" -max_len=16384 -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 corpus-office
