#!/bin/sh
# Retrains the language model: train.sh DATA VECTORS NEWS CLAIMS OUT (see README.md here). SITREP_TRAIN names the
# trainer (default build/train/sitrep-train), SITREP the program that cuts documents into words (build/sitrep).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 5 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
data=$1 vectors=$2 news=$3 claims=$4 out=$5
tool=${SITREP_TRAIN:-$here/build/train/sitrep-train} sitrep=${SITREP:-$here/build/sitrep}
ewt=$data/en_ewt-train.conllu gum=$data/gum_ccby-train.conllu dev=$data/en_ewt-dev.conllu
mkdir -p "$out"

. "$here/train/teacher/setup.sh"

"$tool" words "$vectors" "$out/words" "$ewt" "$gum"

# The teacher learns from hand-made trees and draws those of the news.
teach teacher.py train "$minilm" "$out/teacher.npz" "$dev" "$ewt" "$gum"
"$tool" text "$here/codebooks" 1 "$news" > "$out/text.conllu"
teach teacher.py label "$minilm" "$out/teacher.npz" "$out/text.conllu" > "$out/silver.conllu"

# Another learns from coded documents what tells of happenings, and writes it beside the trees.
python3 "$here/train/claims/coding.py" expand "$out/coded" --news "$news" "$here/train/claims/news.txt" \
    "$here"/train/claims/reports/*.txt
teach hints.py train "$minilm" "$out/hints.npz" "$sitrep" "$claims/train.docs.jsonl" "$claims/train.claims.jsonl" \
    "$claims/world-train.docs.jsonl" "$claims/world-train.claims.jsonl" "$out/coded.docs.jsonl" "$out/coded.claims.jsonl"
teach hints.py label "$minilm" "$out/hints.npz" "$out/silver.conllu" "$claims/train.docs.jsonl" "$claims/world-train.docs.jsonl" \
    "$out/coded.docs.jsonl" > "$out/hinted.conllu"

# The net that is shipped learns from both; hand-made trees twice each round.
"$tool" train epochs=6 every=2 seed=7 dropout=0.2 layers=c256,q256,c256 "$out/words" "$out/en.net" "$dev" \
    "$ewt" "$gum" "$ewt" "$gum" "$out/hinted.conllu@0.7"
"$tool" export "$out/en.net" "$out/words" "$vectors" "$here/codebooks/en/lemma.txt" "$out/en.model" \
    "$here/train/meta.txt" "$ewt" "$gum"
echo "made $out/en.model"
