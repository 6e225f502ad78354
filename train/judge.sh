#!/bin/sh
# Retrains the encoder and the judges of claims: judge.sh VECTORS NEWS CLAIMS OUT (see claims/README.md). Leaves
# encoder.model, claims.model and claims-quick.model in OUT. SKIP_ENCODER=1: the one that OUT holds is kept.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 4 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
vectors=$1 news=$2 claims=$3 out=$4
tool=${SITREP_TRAIN:-$here/build/train/sitrep-train} sitrep=${SITREP:-$here/build/sitrep}
judge_tool=${SITREP_TRAIN_CLAIMS:-$here/build/train/claims/sitrep-train-claims}
mkdir -p "$out"

python3 "$here/train/claims/peaceful.py" "$news" 200 > "$out/peaceful.jsonl"
python3 "$here/train/claims/coding.py" expand "$out/coded" --news "$news" "$here/train/claims/news.txt" \
    "$here"/train/claims/reports/*.txt
python3 "$here/train/claims/coding.py" expand "$out/own" "$here"/train/claims/reports/judge/*.txt
python3 "$here/train/claims/coding.py" split "$out/coded" 0/6 "$out/taught" "$out/kept"
set -- "$claims/train.docs.jsonl" "$claims/train.claims.jsonl" "$claims/world-train.docs.jsonl" "$claims/world-train.claims.jsonl"

# The encoder and its teacher learn from five of six coded documents; from the others the judge learns how far to believe
# it.
if [ -z "${SKIP_ENCODER:-}" ]; then
    . "$here/train/teacher/setup.sh"
    get_mpnet
    teach encoder.py train "$mpnet" "$out/elder.pt" "$sitrep" "$out/taught.docs.jsonl" "$out/taught.claims.jsonl" -- "$@"
    teach encoder.py train "$minilm" "$out/first.pt" "$sitrep" "$out/taught.docs.jsonl" "$out/taught.claims.jsonl" -- "$@"
    teach encoder.py train "$minilm" "$out/encoder.pt" "$sitrep" --from "$out/first.pt" --teacher "$mpnet" "$out/elder.pt" \
        "$out/taught.docs.jsonl" "$out/taught.claims.jsonl" -- "$@"
    teach encoder.py export "$minilm" "$out/encoder.pt" "$here/train/encoder-meta.txt" "$out/encoder.enc"
    "$tool" encode-export "$out/encoder.enc" "$out/encoder.model"
fi

judge() {
    "$judge_tool" --data "$here" --vectors "$vectors" --peaceful "$out/peaceful.jsonl" "$@"
}
judge --held-out "$out/held-out.jsonl" --encoder "$out/encoder.model" --out "$out/claims.model" "$@" \
    "$out/kept.docs.jsonl" "$out/kept.claims.jsonl" "$out/own.docs.jsonl" "$out/own.claims.jsonl"
judge --held-out "$out/held-out-quick.jsonl" --out "$out/claims-quick.model" "$@" \
    "$out/coded.docs.jsonl" "$out/coded.claims.jsonl" "$out/own.docs.jsonl" "$out/own.claims.jsonl"
