//! The evaluator's command line.

use crate::rival::RIVALS;
use lexopt::{Arg, Parser, ValueExt};
use std::path::PathBuf;

pub const HELP: &str = "\
--file F         the sets: F.jsonl, or a folder with help pages as Debian ships them; may be given again
--set A,B        only these of them
--written F      only sets about which F has what a language model wrote, each also with that; may be given again
--replay N       how many questions of a set are typed key by key (80)
--rivals         also the JavaScript libraries, each in a process of its own
--peers A,B      only these of them
--wasm           also our engine as WebAssembly beside MiniSearch, in a browser
--growth         instead: what 100, 1,000 and 10,000 articles cost
--json           print one JSON object a line instead of a table
--markdown       print a table for documentation
--svg FILE       also draw S@3 against the share typed";

/// Enough keys, some thousands, for a p99, and few enough for the slowest engines to finish.
const REPLAYS: usize = 80;

/// What is to be measured, and how it is told.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    pub files: Vec<PathBuf>,
    /// What a model wrote about their documents.
    pub written: Vec<PathBuf>,
    /// Only these sets; all when there are none.
    pub sets: Vec<String>,
    pub replays: usize,
    /// The libraries to measure beside ours.
    pub rivals: Vec<String>,
    pub wasm: bool,
    pub growth: bool,
    pub form: Form,
    pub svg: Option<PathBuf>,
}

/// How the measures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Table,
    Json,
    Markdown,
}

impl Default for Arguments {
    fn default() -> Self {
        let [sets, rivals] = [Vec::new(), Vec::new()];
        let [files, written] = [Vec::new(), Vec::new()];
        let (svg, form) = (None, Form::Table);
        Self { files, written, sets, replays: REPLAYS, rivals, wasm: false, growth: false, form, svg }
    }
}

/// Reads the command line; none when only help is asked for. An error is a text for the person who wrote it.
pub fn parse(mut parser: Parser) -> Result<Option<Arguments>, String> {
    let mut arguments = Arguments::default();
    let (mut with_rivals, mut peers) = (false, Vec::new());
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("file") => arguments.files.push(parser.value().map_err(told)?.into()),
            Arg::Long("written") => arguments.written.push(parser.value().map_err(told)?.into()),
            Arg::Long("set") => arguments.sets.extend(names(&mut parser)?),
            Arg::Long("replay") => arguments.replays = parser.value().and_then(|value| value.parse()).map_err(told)?,
            Arg::Long("rivals") => with_rivals = true,
            Arg::Long("peers") => peers.extend(names(&mut parser)?),
            Arg::Long("wasm") => arguments.wasm = true,
            Arg::Long("growth") => arguments.growth = true,
            Arg::Long("json") => arguments.form = Form::Json,
            Arg::Long("markdown") => arguments.form = Form::Markdown,
            Arg::Long("svg") => arguments.svg = Some(parser.value().map_err(told)?.into()),
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            other => return Err(told(other.unexpected())),
        }
    }
    if let Some(unknown) = peers.iter().find(|peer| !RIVALS.contains(&peer.as_str())) {
        return Err(format!("there is no rival {unknown}; there are {}", RIVALS.join(", ")));
    }
    if with_rivals {
        arguments.rivals = if peers.is_empty() { RIVALS.map(String::from).to_vec() } else { peers };
    }
    if arguments.files.is_empty() { Err(format!("--file is missing\n\n{HELP}")) } else { Ok(Some(arguments)) }
}

fn names(parser: &mut Parser) -> Result<Vec<String>, String> {
    let names = parser.value().and_then(|value| value.string()).map_err(told)?;
    Ok(names.split(',').map(str::to_owned).collect())
}

fn told(error: lexopt::Error) -> String {
    format!("{error}\n\n{HELP}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<Arguments, &str>) {
        let outcome = parse(Parser::from_iter(["bench"].into_iter().chain(line.split_whitespace())));
        match (outcome, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, Some(expected), "{line}"),
            (Err(error), Err(part)) => assert!(error.contains(part), "{line}: {error}"),
            (found, expected) => panic!("{line}: {found:?}, not {expected:?}"),
        }
    }

    #[test]
    fn a_line_says_what_to_measure_or_what_is_wrong_with_it() {
        let all = || Arguments { files: vec!["a".into()], ..Arguments::default() };
        check("--file a", Ok(all()));
        check("--file a --set x,y", Ok(Arguments { sets: vec!["x".into(), "y".into()], ..all() }));
        check("--file a --json --replay 3", Ok(Arguments { replays: 3, form: Form::Json, ..all() }));
        check("--file a --written w", Ok(Arguments { written: vec!["w".into()], ..all() }));
        check("--file a --wasm --growth", Ok(Arguments { wasm: true, growth: true, ..all() }));
        check("--file a --markdown --svg p", Ok(Arguments { form: Form::Markdown, svg: Some("p".into()), ..all() }));
        check("--file a --rivals", Ok(Arguments { rivals: RIVALS.map(String::from).to_vec(), ..all() }));
        check("--file a --rivals --peers lunr", Ok(Arguments { rivals: vec!["lunr".into()], ..all() }));
        check("", Err("--file is missing"));
        check("--file", Err("--file"));
        check("--file a --fiel", Err("--fiel"));
        check("--file a --peers lnur", Err("no rival lnur"));
    }

    #[test]
    fn help_needs_no_file() {
        assert_eq!(parse(Parser::from_iter(["bench", "--help"])), Ok(None));
    }
}
