//! The command line: serving, and what is done without a server.

use crate::Outcome;
use crate::settings::{self, Settings};
use lexopt::{Arg, Parser};
use std::path::PathBuf;

const HELP: &str = "\
porter backup --data DIR --to FILE        everything of a data folder in one file, also while it is served
porter restore --data DIR --from FILE     such a file put into an empty data folder
porter fsck --data DIR [--repair]         whether the data folder of a stopped product is whole";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Serve(Settings),
    Backup { data: PathBuf, to: PathBuf },
    Restore { data: PathBuf, from: PathBuf },
    Fsck { data: PathBuf, repair: bool },
}

impl Task {
    pub(crate) fn read() -> Outcome<Self> {
        parse(Parser::from_env())
    }

    /// What `--help` prints.
    pub(crate) fn help() -> String {
        format!("{}\n\n{HELP}", settings::HELP)
    }
}

fn parse(mut parser: Parser) -> Outcome<Task> {
    // A server is what it is without a word, as it stands in the units of its operators.
    let is_word = parser.try_raw_args().is_some_and(|args| args.peek().is_some_and(|word| !starts_with_dash(word)));
    if !is_word {
        return Ok(settings::parse(parser)?.map_or(Task::Help, Task::Serve));
    }
    let word = match parser.next().map_err(told)? {
        Some(Arg::Value(word)) => word.to_string_lossy().into_owned(),
        _ => return Ok(Task::Help),
    };
    let (mut data, mut file, mut repair) = (None, None, false);
    let named = match word.as_str() {
        "backup" => "to",
        "restore" => "from",
        "fsck" => "",
        other => return Err(format!("there is no command {other}\n\n{}", Task::help())),
    };
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("data") => data = Some(PathBuf::from(parser.value().map_err(told)?)),
            Arg::Long("repair") if word == "fsck" => repair = true,
            Arg::Long(name) if name == named => file = Some(PathBuf::from(parser.value().map_err(told)?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(Task::Help),
            other => return Err(told(other.unexpected())),
        }
    }
    let needed = |what: Option<PathBuf>, name: &str| what.ok_or_else(|| format!("--{name} is missing\n\n{HELP}"));
    let data = needed(data, "data")?;
    match word.as_str() {
        "backup" => Ok(Task::Backup { data, to: needed(file, named)? }),
        "restore" => Ok(Task::Restore { data, from: needed(file, named)? }),
        _ => Ok(Task::Fsck { data, repair }),
    }
}

fn starts_with_dash(word: &std::ffi::OsStr) -> bool {
    word.as_encoded_bytes().first() == Some(&b'-')
}

fn told(error: lexopt::Error) -> String {
    format!("{error}\n\n{}", Task::help())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn read(line: &str) -> Outcome<Task> {
        parse(Parser::from_iter(["porter"].into_iter().chain(line.split_whitespace())))
    }

    #[test]
    fn a_line_without_a_word_serves_and_what_is_missing_is_named() {
        assert!(matches!(read("--workerd w --config c --assets a --data d").unwrap(), Task::Serve(_)));
        let (data, file) = (PathBuf::from("d"), PathBuf::from("f"));
        assert_eq!(read("backup --data d --to f").unwrap(), Task::Backup { data: data.clone(), to: file.clone() });
        assert_eq!(read("restore --from f --data d").unwrap(), Task::Restore { data: data.clone(), from: file });
        assert_eq!(read("fsck --data d --repair").unwrap(), Task::Fsck { data, repair: true });
        for (line, part) in [
            ("backup --data d", "--to is missing"),
            ("restore --data d --to f", "--to"),
            ("backup --repair --data d --to f", "--repair"),
            ("fsck", "--data is missing"),
            ("bakcup", "no command bakcup"),
            ("", "--workerd is missing"),
        ] {
            assert!(read(line).unwrap_err().contains(part), "{line}: {:?}", read(line));
        }
    }
}
