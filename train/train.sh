#!/bin/sh
# Retrains the language model: train.sh DATA VECTORS NEWS OUT (see README.md here). SITREP_TRAIN names the
# trainer (default build/train/sitrep-train).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 4 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
data=$1 vectors=$2 news=$3 out=$4
tool=${SITREP_TRAIN:-$here/build/train/sitrep-train}
ewt=$data/en_ewt-train.conllu gum=$data/gum_ccby-train.conllu dev=$data/en_ewt-dev.conllu
mkdir -p "$out"

"$tool" words "$vectors" "$out/words" "$ewt" "$gum"

# Three teachers, trained on hand-made trees alone.
teach() {
    name=$1
    shift
    "$tool" train epochs=12 every=6 "$@" "$out/words" "$out/$name.net" "$dev" "$ewt" "$gum"
}
teach teacher1 seed=1 dropout=0.3 layers=c256,q256,c256
teach teacher2 seed=3 dropout=0.3 layers=c256,c256,q256,c256
teach teacher3 seed=5 dropout=0.2 layers=c256,q256,c256

# Together they draw the trees of every sixth sentence of the news.
"$tool" text "$here/codebooks" 6 "$news" > "$out/text.conllu"
"$tool" label "$out/words" "$out/text.conllu" "$out/teacher1.net" "$out/teacher2.net" "$out/teacher3.net" \
    > "$out/silver.conllu"

# The net that is shipped learns from both; hand-made trees twice each round.
"$tool" train epochs=8 every=2 seed=7 dropout=0.2 layers=c256,q256,c256 "$out/words" "$out/en.net" "$dev" \
    "$ewt" "$gum" "$ewt" "$gum" "$out/silver.conllu@0.7"
"$tool" export "$out/en.net" "$out/words" "$vectors" "$here/codebooks/en/lemma.txt" "$out/en.model" \
    "$here/train/meta.txt" "$ewt" "$gum"
echo "made $out/en.model"
