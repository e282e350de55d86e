//! Counts tests by what their runners print, and finds what they say of failures.

use crate::run::{Ran, tail};

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
    /// What to show of each program that failed.
    pub(super) failures: Vec<String>,
}

impl Tally {
    /// Adds what a runner's programs have printed. A run that failed without a failed test, or that ran no test at all,
    /// counts as one failure: otherwise it could go unseen.
    pub(super) fn add(&mut self, ran: &Ran) {
        let (passed, failed) = count(&ran.output);
        self.passed += passed;
        self.failed += failed;
        let ran_none = passed + failed == 0;
        if ran.succeeded && !ran_none {
            return;
        }
        if failed == 0 {
            self.failed += 1;
        }
        let said = failures(&ran.output).unwrap_or_else(|| tail(&ran.output));
        let head = if ran.succeeded { "ran no test".to_owned() } else { ran.failure.clone() };
        self.failures.push(format!("{head}\n\n{said}"));
    }

    pub(super) fn in_words(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

/// The sums over lines like `test result: ok. 3 passed; 0 failed; …`, which cargo's and wasm-bindgen's runners print.
fn count(output: &str) -> (u32, u32) {
    let mut sums = (0, 0);
    for line in output.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        sums.0 += number_before(line, " passed");
        sums.1 += number_before(line, " failed");
    }
    sums
}

fn number_before(line: &str, word: &str) -> u32 {
    let before = line.split_once(word).map_or("", |(before, _)| before);
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The parts of an output between `failures:` and the result, where messages of failed tests are.
fn failures(output: &str) -> Option<String> {
    let mut text = String::new();
    let mut is_inside = false;
    for line in output.lines() {
        is_inside = match line.trim() {
            "failures:" => true,
            end if end.starts_with("test result:") => false,
            _ => is_inside,
        };
        if is_inside {
            text.push_str(&format!("  {line}\n"));
        }
    }
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(succeeded: bool, output: &str) -> Ran {
        Ran { succeeded, output: output.to_owned(), failure: "it failed".to_owned() }
    }

    #[test]
    fn results_of_all_programs_of_a_run_are_summed() {
        let mut tally = Tally::default();
        tally.add(&ran(
            true,
            "test result: ok. 3 passed; 0 failed; 0 ignored\n\ntest result: ok. 12 passed; 0 failed; 0 ignored; finished\n",
        ));
        assert_eq!(tally, Tally { passed: 15, failed: 0, failures: Vec::new() });
    }

    #[test]
    fn a_failed_test_is_counted_and_its_message_kept() {
        let mut tally = Tally::default();
        tally.add(&ran(
            false,
            "test a ... ok\nfailures:\n\n---- b ----\nleft is not right\n\ntest result: FAILED. 1 passed; 1 failed; x\nmore",
        ));
        assert_eq!((tally.passed, tally.failed), (1, 1));
        let [failure] = tally.failures.as_slice() else { panic!("{:?}", tally.failures) };
        assert!(failure.contains("left is not right") && !failure.contains("more"), "{failure}");
    }

    #[test]
    fn a_run_that_does_not_compile_or_runs_nothing_is_a_failure() {
        for (succeeded, output) in
            [(false, "error: it does not compile"), (true, "test result: ok. 0 passed; 0 failed;")]
        {
            let mut tally = Tally::default();
            tally.add(&ran(succeeded, output));
            assert_eq!((tally.passed, tally.failed, tally.failures.len()), (0, 1, 1), "{output}");
        }
    }
}
