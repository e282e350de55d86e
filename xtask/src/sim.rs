//! `cargo xtask sim`: lives through many seeded worlds and tells the story of the first in which a promise is broken.

use crate::Outcome;
use crate::places::Places;
use crate::run::attempt;
use crate::screen::Screen;
use std::process::Command;

/// The worlds that have to hold before a change is taken.
const IN_CI: u64 = 20_000;

/// Which worlds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Worlds {
    /// How many.
    pub(crate) seeds: u64,
    /// Only this one.
    pub(crate) seed: Option<u64>,
}

impl Default for Worlds {
    fn default() -> Self {
        Self { seeds: IN_CI, seed: None }
    }
}

/// As many as CI wants.
pub(crate) fn many(places: &Places, screen: &Screen) -> Outcome {
    sim(places, screen, &Worlds::default())
}

pub(crate) fn sim(places: &Places, screen: &Screen, worlds: &Worlds) -> Outcome {
    let (name, value) = match worlds.seed {
        Some(seed) => ("--seed", seed),
        None => ("--seeds", worlds.seeds),
    };
    screen.step("Simulate", "visitors, agents, objects, network and clocks in seeded worlds", |step| {
        let mut command = Command::new("cargo");
        command.current_dir(&places.root);
        command.args(["run", "--profile", "sim", "-p", "beforehand-sim", "--", name]).arg(value.to_string());
        let ran = attempt(places, step, "sim", command)?;
        let told = told(&ran.output);
        if !ran.succeeded {
            return Err(format!("{}\n\n{told}", ran.failure));
        }
        step.result(told);
        Ok(())
    })
}

/// What the simulation itself said, without cargo's lines before it.
fn told(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let start = lines.iter().rposition(|line| line.trim_start().starts_with("Running ")).map_or(0, |at| at + 1);
    lines.get(start..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_simulations_own_words_are_told() {
        let output = "   Compiling sim\n     Running `target/sim/sim`\n20 worlds, no promise broken, 0.1 s\n";
        assert_eq!(told(output), "20 worlds, no promise broken, 0.1 s");
        assert_eq!(told("error: no such crate"), "error: no such crate");
    }
}
