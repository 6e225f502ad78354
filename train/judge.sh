#!/bin/sh
# Retrains the encoder and the judges of claims: judge.sh VECTORS NEWS CLAIMS TREEBANKS OUT (see claims/README.md). Leaves
# encoder.model, claims.model and claims-quick.model in OUT. SKIP_ENCODER=1: the one that OUT holds is kept.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 5 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
vectors=$1 news=$2 claims=$3 treebanks=$4 out=$5
tool=${SITREP_TRAIN:-$here/build/train/sitrep-train} sitrep=${SITREP:-$here/build/sitrep}
judge_tool=${SITREP_TRAIN_CLAIMS:-$here/build/train/claims/sitrep-train-claims}
mkdir -p "$out"

python3 "$here/train/claims/peaceful.py" "$news" 200 > "$out/peaceful.jsonl"
python3 "$here/train/claims/telling.py" "$news" "$here/train/claims/news.txt" "$sitrep" > "$out/telling.jsonl"
get() { # FOLDER REPOSITORY COMMIT
    [ -d "$out/$1" ] || { git clone -q "https://github.com/$2" "$out/$1" && git -C "$out/$1" checkout -q "$3"; }
}
get wikinews vanatteveldt/wikinews 347254178bf343f3801aac1d03c41cc09c35decb
get events igorbrigadir/newsir16-data cae620875bd351b5e05391d92616faf8bafbba1f
{ cat "$news"; python3 "$here/train/claims/open_news.py" "$out/wikinews" "$out/events" "$treebanks"; } > "$out/texts.jsonl"
coding() { python3 "$here/train/claims/coding.py" "$@"; }
coding expand "$out/passages" --news "$out/texts.jsonl" "$here/train/claims/news.txt" "$here/train/claims/open.txt"
coding expand "$out/invented" "$here"/train/claims/reports/*.txt
coding expand "$out/own" "$here"/train/claims/reports/judge/*.txt
coding split "$out/invented" 0/6 "$out/taught" "$out/kept"

# Real texts are dear: nets learn from all of them but one half, each half in its turn, so that the judge can hear of all of
# them from a net that has not read them (Wolpert 1992, "Stacked generalization"). Those who coded CLAIMS are followed.
cat "$claims/train.docs.jsonl" "$claims/world-train.docs.jsonl" > "$out/followed.docs.jsonl"
cat "$claims/train.claims.jsonl" "$claims/world-train.claims.jsonl" > "$out/followed.claims.jsonl"
for set in followed passages; do coding split "$out/$set" 0/2 "$out/$set.b" "$out/$set.a"; done
pair() { for set in "$@"; do printf '%s %s ' "$out/$set.docs.jsonl" "$out/$set.claims.jsonl"; done; }

# net OUT [OPTION VALUE…] LEARNED… --others LEARNED… [-- SCORED…]
if [ -z "${SKIP_ENCODER:-}" ]; then
    . "$here/train/teacher/setup.sh"
    get_mpnet
    net() { made=$1; shift; teach encoder.py train "$minilm" "$out/$made.pt" "$sitrep" --teacher "$mpnet" "$out/elder.pt" "$@"; }
    ship() {
        teach encoder.py export "$minilm" "$out/$1.pt" "$here/train/encoder-meta.txt" "$out/$1.enc"
        "$tool" encode-export "$out/$1.enc" "$out/$2.model"
    }
    teach encoder.py train "$mpnet" "$out/young.pt" "$sitrep" --others $(pair taught passages)
    teach encoder.py train "$mpnet" "$out/elder.pt" "$sitrep" --from "$out/young.pt" --times 2 $(pair followed) \
        --others $(pair taught passages own)
    # Two nets of each half: the second pair hears of uncoded news, too. The mean of all is better than each (Wortsman et al. 2022).
    net first --others $(pair taught)
    net second --from "$out/first.pt" --uncoded "$out/telling.jsonl" --others $(pair taught)
    net plain-a --from "$out/first.pt" --times 3 $(pair followed.b) --others $(pair taught passages.b)
    net plain-b --from "$out/first.pt" --times 3 $(pair followed.a) --others $(pair taught passages.a)
    net without-a --from "$out/second.pt" --times 3 $(pair followed.b) --uncoded "$out/telling.jsonl" --others $(pair passages.b)
    net without-b --from "$out/second.pt" --times 3 $(pair followed.a) --uncoded "$out/telling.jsonl" --others $(pair passages.a)
    mean() { made=$1; shift; teach encoder.py mean "$out/$made.pt" $(printf "$out/%s.pt " "$@"); }
    mean plain plain-a plain-b
    net whole --from "$out/plain.pt" --times 3 $(pair followed) --others $(pair taught passages)
    mean new without-a without-b
    mean five plain new whole
    coding split "$out/taught" 0/3 "$out/rest" "$out/third"
    net further --from "$out/five.pt" --times 3 $(pair followed) --uncoded "$out/telling.jsonl" --others $(pair passages third)
    mean seven five further
    coding split "$out/rest" 0/2 "$out/rest-2" "$out/half"
    net again --from "$out/seven.pt" --times 3 $(pair followed) --uncoded "$out/telling.jsonl" --others $(pair passages half)
    mean shipped seven again
    ship without-a without-a
    ship without-b without-b
    ship shipped encoder
fi

judge() {
    "$judge_tool" --data "$here" --vectors "$vectors" --peaceful "$out/peaceful.jsonl" "$@"
}
judge --held-out "$out/held-out.jsonl" --out "$out/claims.model" \
    --encoder "$out/without-a.model" $(pair followed.a) --encoder "$out/without-b.model" $(pair followed.b) --others \
    --encoder "$out/without-a.model" $(pair passages.a) --encoder "$out/without-b.model" $(pair passages.b) \
    --encoder "$out/encoder.model" $(pair own kept)
judge --held-out "$out/held-out-quick.jsonl" --out "$out/claims-quick.model" \
    $(pair followed) --others $(pair passages own kept taught)
