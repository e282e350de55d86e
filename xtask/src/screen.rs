//! What a person sees while waiting: each step, its time, and why it waits.
//!
//! On a terminal the running steps have a spinner and the last thing their program said. Elsewhere each step is a plain
//! line when it begins and one when it ends.

use crate::Outcome;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// How often a spinner turns: often enough to look alive, seldom enough to cost nothing.
const TURN: Duration = Duration::from_millis(120);

/// Steps that took less are done before anybody could read of them, so their time is not shown.
const WORTH_TELLING: Duration = Duration::from_millis(300);

/// The longest part of a program's output that is shown beside a spinner, in characters.
const NOTE_WIDTH: usize = 60;

pub(crate) struct Screen {
    bars: MultiProgress,
    is_terminal: bool,
}

impl Screen {
    pub(crate) fn new() -> Self {
        Self { bars: MultiProgress::new(), is_terminal: io::stdout().is_terminal() && io::stderr().is_terminal() }
    }

    /// Does one step. `why` says in a few words what it is for or why it takes its time.
    pub(crate) fn step<T>(&self, title: &str, why: &str, work: impl FnOnce(&Step) -> Outcome<T>) -> Outcome<T> {
        let step = self.begin(title, why);
        let started = Instant::now();
        let outcome = work(&step);
        if let Some(bar) = &step.bar {
            bar.finish_and_clear();
        }
        let mark = if outcome.is_ok() { "✔" } else { "✘" };
        let extra = step.result.take().map(|result| format!(" · {result}")).unwrap_or_default();
        self.say(&format!("{mark} {title}{extra}{}", in_words(started.elapsed())));
        outcome
    }

    /// A line of its own, above the running steps.
    pub(crate) fn say(&self, line: &str) {
        if self.is_terminal {
            self.bars.suspend(|| println!("{line}"));
        } else {
            println!("{line}");
        }
    }

    fn begin(&self, title: &str, why: &str) -> Step {
        if !self.is_terminal {
            println!("· {title}: {why}");
            return Step { bar: None, result: Cell::default() };
        }
        let bar = self.bars.add(ProgressBar::new_spinner());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {elapsed} · {wide_msg}") {
            bar.set_style(style.tick_chars("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ "));
        }
        bar.set_prefix(title.to_owned());
        bar.set_message(why.to_owned());
        bar.enable_steady_tick(TURN);
        Step { bar: Some(bar), result: Cell::default() }
    }
}

/// A step that is running.
pub(crate) struct Step {
    bar: Option<ProgressBar>,
    result: Cell<Option<String>>,
}

impl Step {
    /// Shows what is being done right now.
    pub(crate) fn note(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(text.trim().chars().take(NOTE_WIDTH).collect::<String>());
        }
    }

    /// What to say of the step when it is done, beside its time.
    pub(crate) fn result(&self, text: String) {
        self.result.set(Some(text));
    }
}

fn in_words(time: Duration) -> String {
    if time < WORTH_TELLING {
        return String::new();
    }
    match time.as_secs() {
        0..60 => format!(" ({:.1} s)", time.as_secs_f32()),
        seconds => format!(" ({} min {} s)", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_a_person_would() {
        let check = |millis, expected| assert_eq!(in_words(Duration::from_millis(millis)), expected);
        check(90, "");
        check(4_210, " (4.2 s)");
        check(119_900, " (1 min 59 s)");
        check(125_000, " (2 min 5 s)");
    }
}
