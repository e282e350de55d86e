//! What a key costs the frame's thread, part by part, by Chromium's trace. Tracing costs time itself, so these keys are others than those that
//! are measured.

use super::centre::QUESTIONS;
use super::side::Side;
use serde_json::Value;
use std::collections::BTreeMap;

/// Questions that are typed for it: as many suggestions come and go in them as in all.
const TRACED: std::ops::Range<usize> = 1..4;

/// The parts in the order in which a key goes through them.
const PARTS: [&str; 9] = [
    "the browser's own work on a key",
    "our listener: reading and searching",
    "our listener: keeping the draft",
    "writing what is suggested",
    "style",
    "layout",
    "paint, and handing it on",
    "raster (other threads)",
    "drawing (another process)",
];

/// Milliseconds a key, by part.
pub(crate) type Parts = BTreeMap<&'static str, f64>;

/// What these keys cost in this field.
pub(crate) fn of(side: &mut Side) -> Parts {
    let mut inspector = side.inspector();
    side.time_drafts();
    let events = inspector.traced(|| QUESTIONS[TRACED].iter().for_each(|question| side.ask(question, 1)));
    let keys: usize = QUESTIONS[TRACED].iter().map(|question| question.chars().count()).sum();
    let spans: Vec<Span> = events.iter().filter_map(Span::of).collect();
    let typed = |span: &&Span| span.name == "input";
    let thread = spans.iter().find(typed).expect("a key is traced").thread;
    let mut own: Vec<&Span> = spans.iter().filter(|span| span.thread == thread).collect();
    own.sort_by(|a, b| a.begin.total_cmp(&b.begin).then(b.length.total_cmp(&a.length)));
    // Some have others of the same name in them.
    let named = |name: &str| {
        let (mut sum, mut end) = (0.0, 0.0);
        for span in own.iter().filter(|span| span.name == name) {
            if span.begin >= end {
                (sum, end) = (sum + span.length, span.begin + span.length);
            }
        }
        sum
    };

    let (mut searching, mut writing) = (0.0, 0.0);
    for input in own.iter().copied().filter(typed) {
        // First the bench's own listener, then the panel's, and behind that what follows what has changed.
        let calls: Vec<_> = own.iter().filter(|span| span.name == "FunctionCall" && input.has(span)).collect();
        searching += calls.get(1).map_or(0.0, |span| span.length);
        writing += calls.iter().skip(2).map(|span| span.length).sum::<f64>();
    }
    let drafts = side.taken_by_drafts();
    let events = ["keydown", "keypress", "keyup", "selectionchange"].map(named).iter().sum::<f64>();
    let within = |name: &str| {
        let pressed: Vec<_> = own.iter().filter(|span| span.name == "keypress").collect();
        let inside = |span: &&&Span| span.name == name && pressed.iter().any(|key| key.has(span));
        own.iter().filter(inside).map(|span| span.length).sum::<f64>()
    };
    let browser = events - searching - writing - within("UpdateLayoutTree") - within("Layout");
    let painting = ["PrePaint", "Paint", "Layerize", "Commit"].map(named).iter().sum();
    let raster = spans.iter().filter(|span| span.name == "RasterTask" && span.thread.0 == thread.0);
    let drawing = spans.iter().filter(|span| span.name == "DirectRenderer::DrawFrame");
    let sum = |spans: &mut dyn Iterator<Item = &Span>| spans.map(|span| span.length).sum::<f64>();
    let all = [
        browser,
        searching - drafts,
        drafts,
        writing,
        named("UpdateLayoutTree"),
        named("Layout"),
        painting,
        sum(&mut { raster }),
        sum(&mut { drawing }),
    ];
    PARTS.into_iter().zip(all.map(|part| part / keys as f64)).collect()
}

/// The parts of both fields side by side.
pub(crate) fn table(panel: &Parts, plain: &Parts) -> String {
    let row = |part: &str| format!("{part:>38} {:>8.2} {:>8.2}\n", panel[part], plain[part]);
    let head = format!("{:>38} {:>8} {:>8}\n", "ms a key, on average and traced", "panel", "plain");
    PARTS.into_iter().map(row).fold(head, |table, row| table + &row)
}

/// Something that took a time.
struct Span<'a> {
    name: &'a str,
    /// The process and the thread.
    thread: (u64, u64),
    begin: f64,
    /// In milliseconds.
    length: f64,
}

impl<'a> Span<'a> {
    fn of(event: &'a Value) -> Option<Self> {
        let name = event["name"].as_str().filter(|_| event["ph"] == "X")?;
        // An event is called by its type.
        let name = event["args"]["data"]["type"].as_str().filter(|_| name == "EventDispatch").unwrap_or(name);
        let begin = event["ts"].as_f64()? / 1_000.0;
        let thread = (event["pid"].as_u64()?, event["tid"].as_u64()?);
        Some(Self { name, thread, begin, length: event["dur"].as_f64()? / 1_000.0 })
    }

    fn has(&self, other: &Self) -> bool {
        self.begin <= other.begin && other.begin + other.length <= self.begin + self.length
    }
}
