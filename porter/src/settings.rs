//! The command line.

use crate::Outcome;
use lexopt::{Arg, Parser, ValueExt};
use std::path::PathBuf;

pub(crate) const HELP: &str = "\
porter --workerd FILE --config FILE --assets DIR --data DIR [--www DIR] [--listen ADDRESS] [--log FILE] [--until-stdin-ends]

  Serves Beforehand: starts workerd, stands before it, and starts it again when it has ended.

  --workerd FILE    the program
  --config FILE     edge/workerd.capnp
  --assets DIR      what visitors load (dist/assets)
  --data DIR        what outlives the process; one process at a time
  --www DIR         the demo (dist/www)
  --listen ADDRESS  127.0.0.1:8787
  --log FILE        the standard output, if not said. A file is begun anew at 10 MB, and four older ones are kept
  --until-stdin-ends  stop when the standard input ends, so with the process that holds its other end

  OPERATOR_TOKEN, ORIGIN, ADDRESS_HEADER and the other bindings of the configuration are read from the environment.";

/// The binding that names the header of the visitor's address, if a proxy in front of this process writes one.
pub(crate) const ADDRESS_BINDING: &str = "ADDRESS_HEADER";

/// What is to be served, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) workerd: PathBuf,
    pub(crate) config: PathBuf,
    pub(crate) assets: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) www: Option<PathBuf>,
    pub(crate) listen: String,
    /// The standard output, if none.
    pub(crate) log: Option<PathBuf>,
    pub(crate) until_stdin_ends: bool,
}

/// None if the command line only asks for help.
pub(crate) fn parse(mut parser: Parser) -> Outcome<Option<Settings>> {
    let (mut workerd, mut config, mut assets, mut data, mut www, mut log) = (None, None, None, None, None, None);
    let mut until_stdin_ends = false;
    let mut listen = String::from("127.0.0.1:8787");
    let told = |error: lexopt::Error| format!("{error}\n\n{HELP}");
    while let Some(argument) = parser.next().map_err(told)? {
        let place = match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Long("until-stdin-ends") => {
                until_stdin_ends = true;
                continue;
            }
            Arg::Long("listen") => {
                listen = parser.value().and_then(|value| value.string()).map_err(told)?;
                continue;
            }
            Arg::Long("workerd") => &mut workerd,
            Arg::Long("config") => &mut config,
            Arg::Long("assets") => &mut assets,
            Arg::Long("data") => &mut data,
            Arg::Long("www") => &mut www,
            Arg::Long("log") => &mut log,
            other => return Err(told(other.unexpected())),
        };
        *place = Some(PathBuf::from(parser.value().map_err(told)?));
    }
    let needed = |what: Option<PathBuf>, name: &str| what.ok_or_else(|| format!("--{name} is missing\n\n{HELP}"));
    Ok(Some(Settings {
        workerd: needed(workerd, "workerd")?,
        config: needed(config, "config")?,
        assets: needed(assets, "assets")?,
        data: needed(data, "data")?,
        www,
        listen,
        log,
        until_stdin_ends,
    }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn read(line: &str) -> Outcome<Option<Settings>> {
        parse(Parser::from_iter(["porter"].into_iter().chain(line.split_whitespace())))
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let all = "--workerd w --config c --assets a --data d";
        let settings = read(all).unwrap().unwrap();
        assert_eq!((settings.data, settings.www), (PathBuf::from("d"), None));
        assert_eq!(settings.listen, "127.0.0.1:8787");
        for name in ["workerd", "config", "assets", "data"] {
            let short = all.replace(&format!("--{name}"), "--www");
            assert!(read(&short).unwrap_err().starts_with(&format!("--{name} is missing")), "{name}");
        }
        assert!(read(&format!("{all} --prot 1")).unwrap_err().contains("--prot"));
    }
}
