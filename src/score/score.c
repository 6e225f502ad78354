#include "score/score.h"

#include "score/compare.h"

bool score_run(arena *a, str gold_path, str system_path, const sitrep_score_options *options,
               score_report *report, error *e)
{
    score_loader l = {.a = a, .words = {.a = a}, .options = options};
    score_claim_array gold = {0}, system = {0};
    if (options->documents_path && !load_documents(&l, str_from(options->documents_path), e)) return false;
    if (!load_claims(&l, gold_path, &gold, e) || !load_claims(&l, system_path, &system, e)) return false;
    comparison c = compare_claims(a, &l.documents, &gold, &system, options);
    *report = (score_report){
        .gold_path = gold_path,
        .system_path = system_path,
        .totals = {.documents = c.n, .gold = gold.n, .system = system.n, .faults = l.faults},
        .by = options->by,
    };
    compare_figures(a, &c, &report->figures);
    if (options->agreement) compare_agreement(a, &c, &report->agreements);
    if (options->max_mistakes) compare_mistakes(a, &c, &report->mistakes);
    return true;
}
