//! Our engine as WebAssembly beside MiniSearch, in one page of a browser, on the same keys.

use crate::engine::compile;
use crate::percentile::percentile;
use crate::served::Served;
use crate::set::{Question, Set};
use ::tests::Browser;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// Times of a key in a browser, in milliseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InBrowser {
    pub keys: usize,
    pub ours: Times,
    pub minisearch: Times,
    /// How many times as long MiniSearch's p99 is as ours.
    pub p99_ratio: f64,
}

/// What half, most and nearly all keys are below.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Times {
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
}

/// One question's keys, as the page gives them.
#[derive(Deserialize)]
struct Replayed {
    ours: Vec<f64>,
    rival: Vec<f64>,
}

/// Questions typed before anything counts: both engines are compiled by the browser while they run.
const WARM_UP: usize = 15;

const PAGE: &str = "<!doctype html><html lang=en><title>Benchmark</title><link rel=icon href=data:,>\
    <script type=module src=/page.js></script></html>";

/// A browser with the page; both end with it.
pub struct Lab {
    served: Served,
    browser: Browser,
}

impl Lab {
    /// Opens a browser beside a server of what `cargo xtask bench` has built into a folder.
    pub fn open(built: &Path) -> Result<Self, String> {
        let served = Served::start()?;
        for (name, content_type) in [("page.js", "text/javascript"), ("page.wasm", "application/wasm")] {
            let path: PathBuf = built.join(name);
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            served.put(&format!("/{name}"), content_type, bytes);
        }
        served.put("/", "text/html", PAGE.as_bytes().to_vec());
        let browser = Browser::beside(served.port());
        Ok(Self { served, browser })
    }

    /// Types questions of a set into both engines.
    pub fn compare(&self, set: &Set, replays: usize) -> Result<InBrowser, String> {
        let (ours, rival) = self.times(set, replays, true)?;
        Ok(summary(&ours, &rival))
    }

    /// Types questions of a set into our engine alone: others take longer than a page may to hold many articles.
    pub fn measure(&self, set: &Set, replays: usize) -> Result<Times, String> {
        Ok(times(&self.times(set, replays, false)?.0))
    }

    /// Milliseconds for each key, ours and the rival's.
    fn times(&self, set: &Set, replays: usize, with_rival: bool) -> Result<(Vec<f64>, Vec<f64>), String> {
        let questions: Vec<&str> = typed_in(set, replays).map(|question| question.text.as_str()).collect();
        let told = json!({ "lang": set.lang, "docs": set.docs, "questions": questions });
        self.served.put("/set.json", "application/json", told.to_string().into_bytes());
        self.served.put("/index", "application/octet-stream", compile(&set.docs, &set.lang));
        self.browser.go(&format!("http://127.0.0.1:{}/", self.served.port()));
        if self.browser.script("return bench.isolated()", &[]) != json!(true) {
            return Err("the page is not isolated, so its clock is too coarse".to_owned());
        }
        self.browser.script("return bench.prepare(arguments[0])", &[json!(with_rival)]);
        for number in 0..WARM_UP.min(questions.len()) {
            self.replay(number)?;
        }
        let [mut ours, mut rival] = [Vec::new(), Vec::new()];
        for number in 0..questions.len() {
            let replayed = self.replay(number)?;
            ours.extend(replayed.ours);
            rival.extend(replayed.rival);
        }
        self.browser.expect_quiet("the benchmark's page");
        Ok((ours, rival))
    }

    fn replay(&self, number: usize) -> Result<Replayed, String> {
        let times = self.browser.script("return bench.replay(arguments[0])", &[json!(number)]);
        serde_json::from_value(times).map_err(|error| error.to_string())
    }
}

/// The same questions that are typed natively.
fn typed_in(set: &Set, replays: usize) -> impl Iterator<Item = &Question> {
    set.queries.iter().filter(|question| question.is_in_scope()).take(replays)
}

fn summary(ours: &[f64], rival: &[f64]) -> InBrowser {
    let (keys, ours, minisearch) = (ours.len(), times(ours), times(rival));
    let p99_ratio = if ours.p99_ms > 0.0 { minisearch.p99_ms / ours.p99_ms } else { 0.0 };
    InBrowser { keys, ours, minisearch, p99_ratio }
}

fn times(all: &[f64]) -> Times {
    Times { p50_ms: percentile(all, 50), p95_ms: percentile(all, 95), p99_ms: percentile(all, 99) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_says_how_many_times_as_long_the_rival_takes() {
        let both = summary(&[1.0, 2.0], &[3.0, 8.0]);
        assert_eq!((both.keys, both.ours.p50_ms, both.p99_ratio), (2, 2.0, 4.0));
        assert_eq!(summary(&[], &[]).p99_ratio, 0.0);
    }
}
