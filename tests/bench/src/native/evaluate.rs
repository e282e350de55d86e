//! Takes an engine through a set and reports.

use crate::asked::{Answer, ask, ask_misspelt};
use crate::cut::SHARES;
use crate::levels::levels;
use crate::mean::mean;
use crate::percentile::percentile;
use crate::rank::{SHOWN, reciprocal, success};
use crate::reliability::reliability;
use crate::replay::replay;
use crate::report::{ByShare, Report};
use crate::searcher::Searcher;
use crate::separation::{auroc, fpr_at_95};
use crate::set::{Question, Set};

/// At most this many questions with an answer, and as many without: enough for differences of a few points to be seen.
const MOST_QUESTIONS: usize = 500;
/// Questions searched before anything is timed, so that caches and just-in-time compilers are warm.
const WARM_UP: usize = 15;
/// The shares at which confidences are compared with what came true: where the visitor is half way, and at the end.
const RELIABILITY_SHARES: [u8; 2] = [50, 100];

/// All measures of one engine on one set. `replays` is the number of questions that are typed key by key.
pub fn evaluate(searcher: &mut dyn Searcher, set: &Set, replays: usize) -> Result<Report, String> {
    let in_scope: Vec<&Question> =
        set.queries.iter().filter(|query| query.is_in_scope()).take(MOST_QUESTIONS).collect();
    let no_answer: Vec<&Question> =
        set.queries.iter().filter(|query| !query.is_in_scope()).take(MOST_QUESTIONS).collect();
    for question in in_scope.iter().take(WARM_UP) {
        searcher.search(&question.text)?;
    }

    let index = searcher.index();
    let mut report = Report {
        set: set.name.clone(),
        engine: searcher.name().to_owned(),
        questions: in_scope.len(),
        index_bytes: index.bytes,
        index_gzip: index.gzip,
        compile_ms: index.compile_ms,
        reliability: searcher.scores_are_confidences().then(ByShare::new),
        ..Report::default()
    };
    for share in SHARES {
        let with = ask(searcher, &in_scope, share)?;
        let without = ask(searcher, &no_answer, share)?;
        report.s1.insert(share, over(&with, |rank| success(rank, 1)));
        report.s3.insert(share, over(&with, |rank| success(rank, SHOWN)));
        report.mrr.insert(share, over(&with, reciprocal));
        if let Some(tables) = report.reliability.as_mut().filter(|_| RELIABILITY_SHARES.contains(&share)) {
            tables.insert(share, reliability(&tops(&with, &without)));
        }
        // The last share is the whole question.
        (report.auroc, report.fpr95) = separation(&with, &without);
        report.levels = levels(&with, &without).filter(|_| searcher.scores_are_confidences());
    }

    report.typo_s3 = over(&ask_misspelt(searcher, &in_scope)?, |rank| success(rank, SHOWN));
    let replay = replay(searcher, in_scope.get(..replays).unwrap_or(&in_scope))?;
    report.typed = mean(&replay.typed);
    report.replaced_per_key = mean(&replay.replaced);
    report.keys = replay.times.len();
    report.p50_ms = percentile(&replay.times, 50);
    report.p95_ms = percentile(&replay.times, 95);
    report.p99_ms = percentile(&replay.times, 99);
    Ok(report)
}

fn over(answers: &[Answer], value: impl Fn(Option<usize>) -> f64) -> f64 {
    mean(&answers.iter().map(|answer| value(answer.rank)).collect::<Vec<_>>())
}

/// The first suggestions there were, each with its confidence and whether it was right.
fn tops(with: &[Answer], without: &[Answer]) -> Vec<(f64, bool)> {
    let all = with.iter().chain(without);
    all.filter_map(|answer| Some((answer.top.filter(|top| top.is_finite())?, answer.rank == Some(1)))).collect()
}

/// AUROC and the false positive rate; nothing for an engine without scores.
fn separation(with: &[Answer], without: &[Answer]) -> (Option<f64>, Option<f64>) {
    let scores = |answers: &[Answer]| answers.iter().map(|answer| answer.top).collect::<Option<Vec<f64>>>();
    match (scores(with), scores(without)) {
        (Some(with), Some(without)) => (auroc(&with, &without), fpr_at_95(&with, &without)),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::searcher::{Hit, IndexCost};

    /// Finds the document `a` as soon as the text has an "a", and nothing before.
    struct Letters;

    impl Searcher for Letters {
        fn name(&self) -> &str {
            "letters"
        }
        fn index(&self) -> IndexCost {
            IndexCost { bytes: 9, gzip: 8, compile_ms: 7.0 }
        }
        fn scores_are_confidences(&self) -> bool {
            true
        }
        fn search(&mut self, text: &str) -> Result<Vec<Hit>, String> {
            Ok(text.contains('a').then(|| Hit { id: "a".into(), score: Some(0.85) }).into_iter().collect())
        }
        fn start_question(&mut self) {}
        fn key(&mut self, text: &str) -> Result<(Vec<Hit>, Duration), String> {
            Ok((self.search(text)?, Duration::from_millis(2)))
        }
    }

    #[test]
    fn every_measure_is_in_the_report() {
        let question = |text: &str, relevant: &[&str]| Question {
            text: text.into(),
            relevant: relevant.iter().map(|id| String::from(*id)).collect(),
        };
        let queries = vec![question("xxxa", &["a"]), question("a", &["a"]), question("xa", &[]), question("x", &[])];
        let set = Set { name: "s".into(), lang: "en".into(), docs: Vec::new(), queries };
        let report = evaluate(&mut Letters, &set, 80).unwrap();

        assert_eq!((report.questions, report.keys, report.index_gzip), (2, 5, 8));
        assert_eq!((report.s3[&50], report.s1[&100], report.mrr[&25]), (0.5, 1.0, 0.5));
        assert_eq!((report.typed, report.replaced_per_key, report.p99_ms), (1.0, 0.0, 2.0));
        assert_eq!((report.auroc, report.fpr95), (Some(0.75), Some(0.5)));
        let tables = report.reliability.unwrap();
        assert_eq!((tables[&100][8].count, tables[&100][8].right), (3, Some(2.0 / 3.0)));
        assert_eq!(tables[&50][8].count, 1);
    }
}
