//! Runs a program to its end. What it says goes to a log file; the end of that is shown when it fails.

use crate::Outcome;
use crate::places::{Places, at};
use crate::screen::Step;
use crate::stopping;
use std::fs::File;
use std::io::{BufRead, BufReader, Write, pipe};
use std::process::{Command, Stdio};

/// How many of the last lines are shown of a program that failed: a compiler's error fits, a build's history does not.
const TAIL: usize = 40;

/// Runs a command as a part of a step and gives all it printed.
pub(crate) fn run(places: &Places, step: &Step, log: &str, command: Command) -> Outcome<String> {
    let ran = attempt(places, step, log, command)?;
    if ran.succeeded { Ok(ran.output) } else { Err(format!("{}\n\n{}", ran.failure, tail(&ran.output))) }
}

/// What became of a program that ran.
pub(crate) struct Ran {
    pub(crate) succeeded: bool,
    pub(crate) output: String,
    /// Which command failed, and where all it said is.
    pub(crate) failure: String,
}

/// Runs a command whose failure is no reason to stop. An error is that it could not run at all.
pub(crate) fn attempt(places: &Places, step: &Step, log: &str, mut command: Command) -> Outcome<Ran> {
    let path = places.logs().join(format!("{log}.log"));
    let mut file = File::create(&path).map_err(|error| at(&path, error))?;
    let (reader, writer) = pipe().map_err(|error| format!("no pipe: {error}"))?;
    let both = writer.try_clone().map_err(|error| format!("no pipe: {error}"))?;
    command.stdin(Stdio::null()).stdout(writer).stderr(both);
    let what = describe(&command);
    let _ = writeln!(file, "$ {what}");

    let mut child = stopping::start(&mut command)?;
    // The command holds the pipe's writing end, and the reader below ends only when nobody does.
    drop(command);
    let mut output = String::new();
    let mut units = 0_u32;
    for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        let _ = writeln!(file, "{line}");
        step.note(&in_short(&line, &mut units));
        output.push_str(&line);
        output.push('\n');
    }
    let status = child.wait().map_err(|error| format!("{what}: {error}"))?;
    stopping::ended(&child);
    let failure = format!("{what}\n  failed ({status}). All it said is in {}; the end of it:", path.display());
    Ok(Ran { succeeded: status.success(), output, failure })
}

/// What a program that only tells something prints, or nothing when it fails or is not there.
pub(crate) fn quietly(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Cargo says one line for each crate; a number tells more of the progress than a name alone.
fn in_short(line: &str, units: &mut u32) -> String {
    let Some(name) = line.trim_start().strip_prefix("Compiling ") else {
        return line.to_owned();
    };
    *units += 1;
    format!("crate {units}: {name}")
}

/// The last lines, indented.
pub(crate) fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    lines.iter().skip(lines.len().saturating_sub(TAIL)).map(|line| format!("  {line}\n")).collect()
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiled_crate_is_counted_and_other_lines_are_shown_as_they_are() {
        let mut units = 7;
        assert_eq!(in_short("   Compiling leptos v0.8.23", &mut units), "crate 8: leptos v0.8.23");
        assert_eq!(in_short("   Finished release", &mut units), "   Finished release");
    }

    #[test]
    fn only_the_end_of_a_long_output_is_shown() {
        let output: String = (0..100).map(|line| format!("line {line}\n")).collect();
        let tail = tail(&output);
        assert!(tail.starts_with("  line 60\n") && tail.ends_with("  line 99\n"), "{tail}");
    }
}
