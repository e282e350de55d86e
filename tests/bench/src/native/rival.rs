//! A JavaScript library beside ours: a Node process that is asked over its standard input, a line for each text.

use crate::searcher::{Hit, IndexCost, Searcher};
use crate::set::Set;
use serde::Deserialize;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// MiniSearch with each example question as a record of its own.
pub const ONE_RECORD_AN_EXAMPLE: &str = "minisearch-records";

/// The libraries, by the names of their files in `rivals/engines/`, in the order of the tables.
pub const RIVALS: [&str; 7] =
    ["minisearch", ONE_RECORD_AN_EXAMPLE, "lunr", "orama-qps", "m31coding", "flexsearch-tolerant", "pagefind"];

/// One library that holds one set; its process ends with it.
pub struct Rival {
    name: String,
    index: IndexCost,
    process: Child,
    asks: ChildStdin,
    says: BufReader<ChildStdout>,
}

/// What the process says of a text.
#[derive(Deserialize)]
struct Found {
    ms: f64,
    hits: Vec<(String, Option<f64>)>,
}

/// What the process says of a set.
#[derive(Deserialize)]
struct Opened {
    bytes: usize,
    gzip: usize,
    compile_ms: f64,
}

impl Rival {
    /// Starts the library called `name` from the folder with `rival.js`, and gives it the set's documents.
    pub fn start(folder: &Path, name: &str, set: &Set) -> Result<Self, String> {
        let mut process = Command::new("node")
            .current_dir(folder)
            .args(["rival.js", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("node does not start: {error}"))?;
        let (asks, says) = match (process.stdin.take(), process.stdout.take()) {
            (Some(asks), Some(says)) => (asks, BufReader::new(says)),
            _ => return Err(format!("{name} has no pipes")),
        };
        let mut rival = Self { name: name.to_owned(), index: IndexCost::default(), process, asks, says };
        let opened: Opened = rival.ask(&json!({ "lang": set.lang, "docs": set.docs }))?;
        rival.index = IndexCost { bytes: opened.bytes, gzip: opened.gzip, compile_ms: opened.compile_ms };
        Ok(rival)
    }

    fn ask<T: for<'a> Deserialize<'a>>(&mut self, asked: &serde_json::Value) -> Result<T, String> {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", self.name);
        writeln!(self.asks, "{asked}").map_err(|error| failed(&error))?;
        let mut line = String::new();
        self.says.read_line(&mut line).map_err(|error| failed(&error))?;
        serde_json::from_str(&line).map_err(|error| failed(&error))
    }

    fn find(&mut self, text: &str) -> Result<Found, String> {
        self.ask(&json!(text))
    }
}

impl Searcher for Rival {
    fn name(&self) -> &str {
        &self.name
    }

    fn index(&self) -> IndexCost {
        self.index
    }

    fn scores_are_confidences(&self) -> bool {
        false
    }

    fn search(&mut self, text: &str) -> Result<Vec<Hit>, String> {
        Ok(hits(self.find(text)?.hits))
    }

    fn start_question(&mut self) {}

    fn key(&mut self, text: &str) -> Result<(Vec<Hit>, Duration), String> {
        let found = self.find(text)?;
        Ok((hits(found.hits), Duration::from_secs_f64(found.ms.max(0.0) / 1000.0)))
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn hits(found: Vec<(String, Option<f64>)>) -> Vec<Hit> {
    found.into_iter().map(|(id, score)| Hit { id, score }).collect()
}
