//! What more articles cost: time for each key, bytes of the index, and time to compile it.

use crate::grown::{SIZES, grown};
use crate::in_browser::{Lab, Times};
use crate::ours::Ours;
use crate::percentile::percentile;
use crate::replay::replay;
use crate::searcher::Searcher;
use crate::set::{Question, Set};
use crate::table::kilobytes;
use serde::Serialize;
use std::fmt::Write;

/// The costs at one size.
#[derive(Debug, Clone, Serialize)]
pub struct Growth {
    pub articles: usize,
    pub keys: usize,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub index_bytes: usize,
    pub index_gzip: usize,
    pub compile_ms: f64,
    /// The same keys as WebAssembly in a browser, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_browser: Option<Times>,
}

/// Measures our engine at every size, also in a browser where there is one.
pub fn growth(sets: &[Set], lab: Option<&Lab>) -> Result<Vec<Growth>, String> {
    let sets: Option<Vec<Set>> = SIZES.into_iter().map(|size| grown(sets, size)).collect();
    sets.ok_or("the sets have no documents")?.iter().map(|set| at_one_size(set, lab)).collect()
}

fn at_one_size(set: &Set, lab: Option<&Lab>) -> Result<Growth, String> {
    let mut ours = Ours::new(&set.docs, &set.lang)?;
    let questions: Vec<&Question> = set.queries.iter().collect();
    let times = replay(&mut ours, &questions)?.times;
    let index = ours.index();
    Ok(Growth {
        articles: set.docs.len(),
        keys: times.len(),
        p50_ms: percentile(&times, 50),
        p99_ms: percentile(&times, 99),
        index_bytes: index.bytes,
        index_gzip: index.gzip,
        compile_ms: index.compile_ms,
        in_browser: lab.map(|lab| lab.measure(set, questions.len())).transpose()?,
    })
}

/// One line for each size.
pub fn lines(all: &[Growth]) -> String {
    let mut text = format!(
        "{:>9} {:>9} {:>9} {:>12} {:>9} {:>11} {:>23}\n",
        "articles", "p50 ms", "p99 ms", "index kB", "kB gzip", "compile ms", "in Chromium p50/p99 ms"
    );
    for one in all {
        let browser = one.in_browser.as_ref();
        let _ = writeln!(
            text,
            "{:>9} {:>9.3} {:>9.3} {:>12} {:>9} {:>11.0} {:>23}",
            one.articles,
            one.p50_ms,
            one.p99_ms,
            kilobytes(one.index_bytes),
            kilobytes(one.index_gzip),
            one.compile_ms,
            browser.map_or("-".to_owned(), |times| format!("{:.3}/{:.3}", times.p50_ms, times.p99_ms)),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::Doc;

    #[test]
    fn every_size_is_measured() {
        let doc = Doc { id: "a".into(), title: "Change the address".into(), ..Doc::default() };
        let asked = Question { text: "addr".into(), relevant: vec!["a".into()] };
        let set = Set { name: "s".into(), lang: "en".into(), docs: vec![doc], queries: vec![asked] };
        let one = at_one_size(&set, None).unwrap();
        assert_eq!((one.articles, one.keys), (1, 4));
        assert!(lines(&[one]).lines().nth(1).unwrap().ends_with('-'));
    }
}
