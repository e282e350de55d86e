//! The command line.

use crate::Outcome;
use crate::bench::Opening;
use crate::chaos::Trial;
use crate::fsck;
use crate::sim::Worlds;
use crate::test::Kind;
use crate::up::Options;
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) const HELP: &str = "\
cargo xtask COMMAND

  up     set up what is missing, build, and serve the product with its demo
           --port N    (8787)
           --data DIR  where conversations are kept (data)
           --open      open it in the browser
  test   run every test and sum them up
           --only native|wasm|edge|package|browser
  sim    live through seeded worlds with lost frames, crashes and late alarms
           --seeds N   (20000)
           --seed S    only this one, with its story
  chaos  kill, cut, fill and restore the product while people write, and count what they were told
           --minutes N (10)
           --seed S    other chances
  build  make dist/, everything that a deployment needs
  package   make dist/beforehand-VERSION.tgz, an npm package that serves the product on a machine with Node
  serve  serve what is built; takes what `up` takes
  workspace NAME   make a workspace in the running edge, and show its secrets; takes --port and --data
  content ORIGIN   print the demo's help centre as a document to publish, for a site at this origin
  watch  serve the panel with live reload, beside a running `up`
  size   weigh what travels, against the ceilings in size.json
  bench  matching --file F.jsonl: measure the engine on real questions
           --help      how to choose sets, rivals, the browser, and what is written
         edge: put load on the edge, beside a plain chat on the same engine
           --only messages   just how many of them it takes
         texts: what 8,000 characters cost in each script, beside English
         inbox: the agents' page with few and with a hundred thousand conversations
         painting: from a key to its painted suggestions, beside a field that paints its text
           --json      for a program
         opening: from a click on the launcher until the composer takes text, on a slow device and a slow line
           --against DIST    in turn with an older build; fails unless this one takes at most 0.9 of its time.
                       DIST is the dist folder in a checkout of the older commit, made there by `cargo xtask build`
           --runs N    (5) of each
           --json      for a program
         lighthouse: what the tag costs a page, by Lighthouse's phone
           --runs N    (3) of each
           --json      for a program
         help-centre: publish the help of GNOME and of LibreOffice, and list what was dropped
  keep   NAME: keep a data folder as this build writes it, for every later build to open (tests/stored)
  fsck   DATA: look whether the data folder of a stopped edge is whole
           --repair    have conversations tell their lists anew where these do not agree
  shots  make pictures of the panel's main states, in docs/shots
  tidy   check the repository's own rules
  lint   check format and lints
  check  all of the checks but the tests
  ci     all of the checks, and the tests";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Up(Options),
    Serve(Options),
    Workspace {
        name: String,
        options: Options,
    },
    Build,
    Shots,
    Package,
    Content(String),
    Test(Option<Kind>),
    Sim(Worlds),
    BenchInbox,
    BenchCentre,
    BenchPainting {
        as_json: bool,
    },
    BenchOpening(Opening),
    BenchLighthouse {
        runs: u32,
        as_json: bool,
    },
    Chaos(Trial),
    BenchEdge {
        only_messages: bool,
    },
    Keep {
        name: String,
    },
    Fsck(fsck::Wish),
    Size,
    BenchTexts,
    /// The evaluator reads its own arguments.
    Bench(Vec<OsString>),
    Tidy,
    Lint,
    Watch,
    Check,
    Ci,
}

pub(crate) fn parse(mut parser: Parser) -> Outcome<Task> {
    let task = match parser.next().map_err(told)? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Task::Help),
        Some(Arg::Value(task)) => task.string().map_err(told)?,
        Some(other) => return Err(told(other.unexpected())),
    };
    match task.as_str() {
        "help" => Ok(Task::Help),
        "up" => Ok(Task::Up(serving(parser)?)),
        "serve" => Ok(Task::Serve(serving(parser)?)),
        "workspace" => workspace(parser),
        "test" => Ok(Task::Test(kind(parser)?)),
        "sim" => Ok(Task::Sim(worlds(parser)?)),
        "chaos" => Ok(Task::Chaos(trial(parser)?)),
        "content" => content(parser),
        "build" => nothing_more(parser, Task::Build),
        "package" => nothing_more(parser, Task::Package),
        "bench" => bench(parser),
        "keep" => keep(parser),
        "fsck" => folder(parser),
        "size" => nothing_more(parser, Task::Size),
        "shots" => nothing_more(parser, Task::Shots),
        "tidy" => nothing_more(parser, Task::Tidy),
        "lint" => nothing_more(parser, Task::Lint),
        "watch" => nothing_more(parser, Task::Watch),
        "check" => nothing_more(parser, Task::Check),
        "ci" => nothing_more(parser, Task::Ci),
        other => Err(format!("there is no command {other}\n\n{HELP}")),
    }
}

fn serving(mut parser: Parser) -> Outcome<Options> {
    let mut options = Options::default();
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("port") => options.port = parser.value().and_then(|value| value.parse()).map_err(told)?,
            Arg::Long("data") => options.data = parser.value().map(PathBuf::from).map_err(told)?,
            Arg::Long("open") => options.open = true,
            other => return Err(told(other.unexpected())),
        }
    }
    Ok(options)
}

fn workspace(mut parser: Parser) -> Outcome<Task> {
    let name = match parser.next().map_err(told)? {
        Some(Arg::Value(name)) => name.string().map_err(told)?,
        _ => return Err(String::from("The workspace needs a name: small letters, digits and hyphens.")),
    };
    Ok(Task::Workspace { name, options: serving(parser)? })
}

fn content(mut parser: Parser) -> Outcome<Task> {
    match parser.next().map_err(told)? {
        Some(Arg::Value(site)) => nothing_more(parser, Task::Content(site.string().map_err(told)?)),
        _ => Err(format!("for which site? Name its origin, such as https://www.example.com\n\n{HELP}")),
    }
}

fn kind(mut parser: Parser) -> Outcome<Option<Kind>> {
    let mut only = None;
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("only") => {
                let name = parser.value().and_then(|value| value.string()).map_err(told)?;
                let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
                only = Some(kind.ok_or_else(|| format!("there is no kind of tests called {name}\n\n{HELP}"))?);
            }
            other => return Err(told(other.unexpected())),
        }
    }
    Ok(only)
}

fn worlds(mut parser: Parser) -> Outcome<Worlds> {
    let mut worlds = Worlds::default();
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("seeds") => worlds.seeds = parser.value().and_then(|value| value.parse()).map_err(told)?,
            Arg::Long("seed") => worlds.seed = Some(parser.value().and_then(|value| value.parse()).map_err(told)?),
            other => return Err(told(other.unexpected())),
        }
    }
    Ok(worlds)
}

fn trial(mut parser: Parser) -> Outcome<Trial> {
    let mut trial = Trial::default();
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("minutes") => trial.minutes = parser.value().and_then(|value| value.parse()).map_err(told)?,
            Arg::Long("seed") => trial.seed = parser.value().and_then(|value| value.parse()).map_err(told)?,
            other => return Err(told(other.unexpected())),
        }
    }
    Ok(trial)
}

fn bench(mut parser: Parser) -> Outcome<Task> {
    match parser.next().map_err(told)? {
        Some(Arg::Value(what)) if what == "matching" => Ok(Task::Bench(parser.raw_args().map_err(told)?.collect())),
        Some(Arg::Value(what)) if what == "edge" => {
            let rest: Vec<_> = parser.raw_args().map_err(told)?.collect();
            match rest.iter().map(|word| word.to_str().unwrap_or_default()).collect::<Vec<_>>()[..] {
                [] => Ok(Task::BenchEdge { only_messages: false }),
                ["--only", "messages"] => Ok(Task::BenchEdge { only_messages: true }),
                _ => Err(format!("of the edge, just this can be measured by itself: --only messages\n\n{HELP}")),
            }
        }
        Some(Arg::Value(what)) if what == "texts" => Ok(Task::BenchTexts),
        Some(Arg::Value(what)) if what == "inbox" => nothing_more(parser, Task::BenchInbox),
        Some(Arg::Value(what)) if what == "painting" => match parser.next().map_err(told)? {
            None => Ok(Task::BenchPainting { as_json: false }),
            Some(Arg::Long("json")) => nothing_more(parser, Task::BenchPainting { as_json: true }),
            Some(other) => Err(told(other.unexpected())),
        },
        Some(Arg::Value(what)) if what == "opening" => opening(parser),
        Some(Arg::Value(what)) if what == "lighthouse" => lighthouse(parser),
        Some(Arg::Value(what)) if what == "help-centre" => nothing_more(parser, Task::BenchCentre),
        _ => Err(format!(
            "what can be measured is: matching, edge, texts, inbox, painting, opening, lighthouse, help-centre\n\n{HELP}"
        )),
    }
}

fn opening(mut parser: Parser) -> Outcome<Task> {
    let mut opening = Opening::default();
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("against") => opening.against = Some(parser.value().map(PathBuf::from).map_err(told)?),
            Arg::Long("runs") => opening.runs = runs(&mut parser)?,
            Arg::Long("json") => opening.as_json = true,
            other => return Err(told(other.unexpected())),
        }
    }
    Ok(Task::BenchOpening(opening))
}

fn lighthouse(mut parser: Parser) -> Outcome<Task> {
    let (mut times, mut as_json) = (3, false);
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("runs") => times = runs(&mut parser)?,
            Arg::Long("json") => as_json = true,
            other => return Err(told(other.unexpected())),
        }
    }
    Ok(Task::BenchLighthouse { runs: times, as_json })
}

/// How often something is measured: at least once.
fn runs(parser: &mut Parser) -> Outcome<u32> {
    match parser.value().and_then(|value| value.parse()).map_err(told)? {
        0 => Err(format!("without a run there is nothing to print\n\n{HELP}")),
        runs => Ok(runs),
    }
}

fn keep(mut parser: Parser) -> Outcome<Task> {
    match parser.next().map_err(told)? {
        Some(Arg::Value(name)) => nothing_more(parser, Task::Keep { name: name.string().map_err(told)? }),
        _ => Err(format!("the folder needs a name, such as the day of the release\n\n{HELP}")),
    }
}

fn folder(mut parser: Parser) -> Outcome<Task> {
    let (mut data, mut repair) = (None, false);
    while let Some(argument) = parser.next().map_err(told)? {
        match argument {
            Arg::Long("repair") => repair = true,
            Arg::Value(path) if data.is_none() => data = Some(PathBuf::from(path)),
            other => return Err(told(other.unexpected())),
        }
    }
    let data = data.ok_or_else(|| format!("which data folder?\n\n{HELP}"))?;
    Ok(Task::Fsck(fsck::Wish { data, repair }))
}

fn nothing_more(mut parser: Parser, task: Task) -> Outcome<Task> {
    match parser.next().map_err(told)? {
        None => Ok(task),
        Some(argument) => Err(told(argument.unexpected())),
    }
}

fn told(error: lexopt::Error) -> String {
    format!("{error}\n\n{HELP}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<Task, &str>) {
        let outcome = parse(Parser::from_iter(["xtask"].into_iter().chain(line.split_whitespace())));
        match (outcome, expected) {
            (Ok(task), Ok(expected)) => assert_eq!(task, expected, "{line}"),
            (Err(error), Err(part)) => assert!(error.contains(part), "{line}: {error}"),
            (outcome, expected) => panic!("{line}: {outcome:?}, not {expected:?}"),
        }
    }

    #[test]
    fn a_line_becomes_a_task_or_an_error_that_names_what_is_wrong() {
        let wish = Options { port: 9000, data: PathBuf::from("/tmp/d"), open: true };
        check("", Ok(Task::Help));
        check("up", Ok(Task::Up(Options::default())));
        check("up --port 9000 --data /tmp/d --open", Ok(Task::Up(wish)));
        check("up --port 90000", Err("90000"));
        check("up --prot 1", Err("--prot"));
        check("build now", Err("now"));
        check("package", Ok(Task::Package));
        check("test --only package", Ok(Task::Test(Some(Kind::Package))));
        check("test", Ok(Task::Test(None)));
        check("test --only edge", Ok(Task::Test(Some(Kind::Edge))));
        check("test --only doors", Err("doors"));
        check("sim", Ok(Task::Sim(Worlds { seeds: 20_000, seed: None })));
        check("sim --seeds 5 --seed 3", Ok(Task::Sim(Worlds { seeds: 5, seed: Some(3) })));
        check("sim --seeds many", Err("many"));
        check("chaos", Ok(Task::Chaos(Trial { minutes: 10, seed: 20_261 })));
        check("chaos --minutes 2 --seed 9", Ok(Task::Chaos(Trial { minutes: 2, seed: 9 })));
        let handed_on = ["--file", "a.jsonl", "--wasm"].map(OsString::from).to_vec();
        check("bench matching --file a.jsonl --wasm", Ok(Task::Bench(handed_on)));
        check("bench inbox", Ok(Task::BenchInbox));
        check("bench help-centre", Ok(Task::BenchCentre));
        check("bench painting", Ok(Task::BenchPainting { as_json: false }));
        check("bench painting --json", Ok(Task::BenchPainting { as_json: true }));
        check("bench painting --quick", Err("--quick"));
        let against = Opening { against: Some(PathBuf::from("/old/dist")), runs: 7, as_json: true };
        check("bench opening", Ok(Task::BenchOpening(Opening::default())));
        check("bench opening --against /old/dist --runs 7 --json", Ok(Task::BenchOpening(against)));
        check("bench opening --against", Err("--against"));
        check("bench opening --runs 0", Err("without a run"));
        check("bench lighthouse", Ok(Task::BenchLighthouse { runs: 3, as_json: false }));
        check("bench lighthouse --runs 1 --json", Ok(Task::BenchLighthouse { runs: 1, as_json: true }));
        check("bench lighthouse --against a", Err("--against"));
        check("bench edge", Ok(Task::BenchEdge { only_messages: false }));
        check("bench edge --only messages", Ok(Task::BenchEdge { only_messages: true }));
        check("bench edge --only size", Err("--only messages"));
        check("bench", Err("what can be measured"));
        check("bench texts", Ok(Task::BenchTexts));
        check("bench size", Err("what can be measured"));
        check("check", Ok(Task::Check));
        let options = Options { port: 9000, ..Options::default() };
        check("workspace acme --port 9000", Ok(Task::Workspace { name: String::from("acme"), options }));
        check("workspace", Err("needs a name"));
        check("workspace --port 9000", Err("needs a name"));
        check("keep 2026-11-29", Ok(Task::Keep { name: String::from("2026-11-29") }));
        check("keep", Err("needs a name"));
        let site = String::from("https://www.example.com");
        check("content https://www.example.com", Ok(Task::Content(site)));
        check("content", Err("for which site"));
        check("content a b", Err("b"));
        let data = PathBuf::from("/tmp/d");
        check("fsck /tmp/d", Ok(Task::Fsck(fsck::Wish { data: data.clone(), repair: false })));
        check("fsck --repair /tmp/d", Ok(Task::Fsck(fsck::Wish { data, repair: true })));
        check("fsck", Err("which data folder"));
        check("keep a b", Err("b"));
        check("biuld", Err("no command biuld"));
    }
}
