//! `cargo xtask`: sets up, builds, serves, tests and checks. The only place that knows about tools.

mod arguments;
mod bench;
mod build;
mod chaos;
mod ci;
mod content;
mod deploy;
mod fsck;
mod keep;
mod lint;
mod package;
mod places;
mod product;
mod run;
mod screen;
mod serve;
mod setup;
mod shots;
mod sim;
mod size;
mod stopping;
mod test;
mod tidy;
mod up;
mod workspace;

use arguments::Task;
use places::Places;
use screen::Screen;
use std::process::ExitCode;

/// What everything here gives. An error is a text for the person at the terminal: nobody else reads it.
pub(crate) type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Outcome {
    let task = arguments::parse(lexopt::Parser::from_env())?;
    stopping::install()?;
    let places = Places::find()?;
    let screen = Screen::new();
    match task {
        Task::Help => {
            println!("{}", arguments::HELP);
            Ok(())
        }
        Task::Up(options) => up::up(&places, &screen, &options),
        Task::Serve(options) => up::serve(&places, &screen, &options),
        Task::Workspace { name, options } => workspace::make(&places, &screen, &name, &options),
        Task::Build => build::build(&places, &screen).map(drop),
        Task::Package => package::package(&places, &screen),
        Task::Content(site) => content::content(&places, &site),
        Task::Test(only) => test::test(&places, &screen, only),
        Task::Shots => shots::shots(&places, &screen),
        Task::Sim(worlds) => sim::sim(&places, &screen, &worlds),
        Task::BenchInbox => bench::inbox(&places, &screen),
        Task::BenchPainting { as_json } => bench::painting(&places, &screen, as_json),
        Task::BenchOpening(opening) => bench::opening(&places, &screen, &opening),
        Task::BenchLighthouse { runs, as_json } => bench::lighthouse(&places, &screen, runs, as_json),
        Task::BenchCentre => bench::centre(&places, &screen),
        Task::Chaos(trial) => chaos::chaos(&places, &screen, &trial),
        Task::BenchEdge { only_messages } => bench::edge(&places, &screen, only_messages),
        Task::Keep { name } => keep::keep(&places, &screen, &name),
        Task::Fsck(wish) => fsck::fsck(&places, &screen, &wish),
        Task::Size => size::size(&places, &screen),
        Task::Bench(arguments) => bench::matching(&places, &screen, &arguments),
        Task::BenchTexts => bench::texts(&places, &screen),
        Task::Tidy => tidy::tidy(&places, &screen),
        Task::Lint => lint::lint(&places, &screen),
        Task::Watch => deploy::watch(&places, &screen),
        Task::Check => ci::check(&places, &screen),
        Task::Ci => ci::ci(&places, &screen),
    }
}
