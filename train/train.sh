#!/bin/sh
# Retrains the language model: train.sh DATA VECTORS NEWS OUT (see README.md here). SITREP_TRAIN names the
# trainer (default build/train/sitrep-train).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 4 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
data=$1 vectors=$2 news=$3 out=$4
tool=${SITREP_TRAIN:-$here/build/train/sitrep-train}
gold="$data/en_ewt-train.conllu $data/gum_ccby-train.conllu"
dev=$data/en_ewt-dev.conllu
mkdir -p "$out"

"$tool" words "$vectors" "$out/words" $gold
. "$here/train/recipe.sh"
"$tool" export "$out/student.net" "$out/words" "$vectors" "$here/codebooks/en/lemma.txt" "$out/en.model" \
    "$here/train/meta.txt" $gold
"$tool" parse "$out/en.model" "$dev" > "$out/dev.conllu"
echo "made $out/en.model"
