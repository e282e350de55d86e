//! `cargo xtask up`: everything from a fresh checkout to a product that runs.

use crate::places::{Places, on_path};
use crate::screen::Screen;
use crate::serve::{Running, WORKSPACE, Wish};
use crate::{Outcome, build, run, serve, stopping};
use std::path::PathBuf;
use std::process::Command;

/// The port of all addresses in the documentation.
const PORT: u16 = 8787;

/// What the command line says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) port: u16,
    /// Relative to the project.
    pub(crate) data: PathBuf,
    /// Whether to open a browser.
    pub(crate) open: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: PORT, data: PathBuf::from("data"), open: false }
    }
}

/// Sets up, builds and serves.
pub(crate) fn up(places: &Places, screen: &Screen, options: &Options) -> Outcome {
    build::build(places, screen)?;
    serve(places, screen, options)
}

/// Serves what is built.
pub(crate) fn serve(places: &Places, screen: &Screen, options: &Options) -> Outcome {
    let wish = Wish { port: options.port, data: places.root.join(&options.data) };
    let running = serve::start(places, screen, &wish)?;
    stopping::serving();
    screen.say(&addresses(&running));
    if options.open {
        open(&running.door.site());
    }
    running.wait()
}

fn addresses(running: &Running) -> String {
    let (site, edge) = (running.door.site(), running.door.edge());
    let agent = match &running.setup_link {
        Some(link) => format!(
            "To be the first agent, open this link once and choose a name and a password:\n    {link}\n  \
             After that, sign in at {edge}/inbox?workspace={WORKSPACE}"
        ),
        None => format!("To answer as an agent, sign in at {edge}/inbox?workspace={WORKSPACE}"),
    };
    format!(
        "\nBeforehand is running.\n
  The demo, as a visitor sees it:
    {site}/           the help centre
    {site}/plain/     a plain page
    {site}/app/       a single-page app
    {site}/strict/    a page under a strict content security policy
\n  {agent}
\n  For a workspace of your own: cargo xtask workspace NAME (docs/workspaces.md). The demo's secrets are in secrets.json of the
  data folder.
\n  The edge itself is {edge}. Ctrl-C stops everything.\n"
    )
}

fn open(address: &str) {
    if let Some(program) = on_path(&["xdg-open", "open"]) {
        let mut command = Command::new(program);
        command.arg(address);
        let _ = run::quietly(command);
    }
}
