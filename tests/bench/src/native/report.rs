//! What was measured for one engine on one set.

use crate::in_browser::InBrowser;
use crate::levels::AtLevel;
use crate::reliability::Bucket;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value for each share typed, in percent.
pub type ByShare<T = f64> = BTreeMap<u8, T>;

/// All measures of one engine on one set. Shares are from 0 to 1, times in milliseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Report {
    pub set: String,
    pub engine: String,
    /// How many questions with an answer were asked.
    pub questions: usize,
    /// The right document is the first.
    pub s1: ByShare,
    /// The right document is among the first three.
    pub s3: ByShare,
    /// The mean of one over its rank.
    pub mrr: ByShare,
    /// The mean share of a question that is typed until the right document is shown and stays.
    pub typed: f64,
    /// S@3 on whole questions with one typing error each.
    pub typo_s3: f64,
    /// The mean share of the suggestions that a key replaces.
    pub replaced_per_key: f64,
    /// How many keys were timed.
    pub keys: usize,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
    /// The index as it travels, and after gzip -9.
    pub index_bytes: usize,
    pub index_gzip: usize,
    pub compile_ms: f64,
    /// How well the first score tells questions with an answer from those without; nothing where the set has none of those,
    /// or the engine gives no scores.
    pub auroc: Option<f64>,
    pub fpr95: Option<f64>,
    /// Only for an engine whose scores are confidences.
    pub reliability: Option<ByShare<Vec<Bucket>>>,
    /// What happens at the product's levels, where the set has questions that nothing here answers.
    pub levels: Option<Vec<AtLevel>>,
    /// The same keys in a browser, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_browser: Option<InBrowser>,
}
