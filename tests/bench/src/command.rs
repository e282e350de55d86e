//! From the command line to what is printed.

use bench::arguments::{self, Arguments, Form};
use bench::evaluate::evaluate;
use bench::growth::{growth, lines};
use bench::in_browser::Lab;
use bench::markdown::markdown;
use bench::ours::Ours;
use bench::pages;
use bench::plot::plot;
use bench::report::Report;
use bench::rival::{ONE_RECORD_AN_EXAMPLE, Rival};
use bench::set::{self, Set};
use bench::table::{browser_table, levels_table, reliability_table, table};
use bench::written;
use serde::Serialize;
use std::fs;
use std::path::PathBuf;

/// Does what the command line asks for.
pub(crate) fn run() -> Result<(), String> {
    let Some(arguments) = arguments::parse(lexopt::Parser::from_env())? else {
        println!("{}", arguments::HELP);
        return Ok(());
    };
    let sets = read(&arguments)?;
    let lab = if arguments.wasm { Some(Lab::open(&folder("BEFOREHAND_BENCH_PAGE")?)?) } else { None };
    if arguments.growth {
        let all = growth(&sets, lab.as_ref())?;
        return if arguments.form == Form::Json { print_json(&all) } else { print_text(&lines(&all)) };
    }
    let reports = measure(&arguments, &sets, lab.as_ref())?;
    if let Some(path) = &arguments.svg {
        fs::write(path, plot(&reports)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    match arguments.form {
        Form::Json => print_json(&reports),
        Form::Markdown => print_text(&markdown(&reports)),
        Form::Table => {
            let tables =
                [table(&reports), reliability_table(&reports), levels_table(&reports), browser_table(&reports)];
            print_text(&tables.join("\n"))
        }
    }
}

/// Ours first on every set, then the rivals.
fn measure(arguments: &Arguments, sets: &[Set], lab: Option<&Lab>) -> Result<Vec<Report>, String> {
    let mut reports = Vec::new();
    for set in sets {
        let mut ours = evaluate(&mut Ours::new(&set.docs, &set.lang)?, set, arguments.replays)?;
        if let Some(lab) = lab {
            ours.in_browser = Some(lab.compare(set, arguments.replays)?);
        }
        reports.push(ours);
        let has_examples = set.docs.iter().any(|doc| !doc.examples.is_empty() || !doc.keywords.is_empty());
        // Without examples, a record for each of them is a record for each article.
        for name in arguments.rivals.iter().filter(|name| has_examples || *name != ONE_RECORD_AN_EXAMPLE) {
            // A library that cannot hold a set is no reason to lose what the others did with it.
            match rival(name, set, arguments.replays) {
                Ok(report) => reports.push(report),
                Err(error) => eprintln!("{}: {name}: {error}", set.name),
            }
        }
    }
    Ok(reports)
}

fn rival(name: &str, set: &Set, replays: usize) -> Result<Report, String> {
    eprintln!("{}: {name}", set.name);
    evaluate(&mut Rival::start(&folder("BEFOREHAND_BENCH_RIVALS")?, name, set)?, set, replays)
}

/// A folder that `cargo xtask bench` has made and named.
fn folder(variable: &str) -> Result<PathBuf, String> {
    let value = std::env::var_os(variable);
    value.map(PathBuf::from).ok_or_else(|| format!("{variable} is not set: run this by `cargo xtask bench matching`"))
}

/// The wanted sets of all files.
fn read(arguments: &Arguments) -> Result<Vec<Set>, String> {
    let mut all = Vec::new();
    for path in &arguments.files {
        if path.is_dir() {
            all.extend(pages::sets(path)?);
        } else {
            let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            all.extend(set::parse(&text)?);
        }
    }
    let sets = set::named(all, &arguments.sets)?;
    if arguments.written.is_empty() {
        return Ok(sets);
    }
    let mut all = Vec::new();
    for path in &arguments.written {
        let told = |error: String| format!("{}: {error}", path.display());
        all.extend(written::parse(&fs::read_to_string(path).map_err(|error| told(error.to_string()))?).map_err(told)?);
    }
    Ok(written::variants(sets, &all))
}

fn print_json(values: &[impl Serialize]) -> Result<(), String> {
    for value in values {
        println!("{}", serde_json::to_string(value).map_err(|error| error.to_string())?);
    }
    Ok(())
}

fn print_text(text: &str) -> Result<(), String> {
    print!("{text}");
    Ok(())
}
