//! Checks that what is built can be deployed to Cloudflare, and that the live-reload loop starts from it.

use crate::Outcome;
use crate::places::{Places, at};
use crate::run::run;
use crate::screen::Screen;
use crate::setup::programs::{TRUNK, WASM_BINDGEN};
use crate::setup::toolchain::Toolchain;
use crate::setup::{node, programs};
use crate::stopping;
use std::path::PathBuf;
use std::process::Command;

/// wrangler refuses an older Node.
const OLDEST_NODE: (u32, u32) = (22, 0);

/// Cloudflare's program, and the Node that runs it.
pub(crate) struct Wrangler {
    pub(crate) node: PathBuf,
    pub(crate) script: PathBuf,
}

impl Wrangler {
    /// Installs it from npm, unless it is there.
    pub(crate) fn ensure(places: &Places, screen: &Screen) -> Outcome<Self> {
        let folder = places.root.join(".ci");
        node::install(places, screen, &folder, "wrangler, for Cloudflare")?;
        Ok(Self {
            node: node::new_enough(&folder, OLDEST_NODE),
            script: folder.join("node_modules/wrangler/bin/wrangler.js"),
        })
    }
}

/// Lets wrangler bundle the worker as it would for a deployment. It talks to nobody.
pub(crate) fn dry_run(places: &Places, screen: &Screen) -> Outcome {
    let wrangler = Wrangler::ensure(places, screen)?;
    screen.step("Bundle for Cloudflare", "wrangler deploys without sending", |step| {
        let mut command = Command::new(wrangler.node);
        command
            .current_dir(&places.root)
            .arg(wrangler.script)
            .args(["deploy", "--dry-run", "--outdir"])
            .arg(places.work().join("wrangler"))
            .env("WRANGLER_SEND_METRICS", "false")
            .env("CI", "true");
        run(places, step, "wrangler", command).map(drop)
    })
}

/// Builds the panel as `trunk serve` would.
pub(crate) fn trunk_build(places: &Places, screen: &Screen) -> Outcome {
    let mut command = trunk(places, screen)?;
    command.args(["build", "--release"]);
    screen.step("Build the panel with trunk", "it is what its live reload does", |step| {
        run(places, step, "trunk", command).map(drop)
    })
}

/// Serves the panel with live reload until it is stopped. The edge has to run beside it.
pub(crate) fn watch(places: &Places, screen: &Screen) -> Outcome {
    let mut command = trunk(places, screen)?;
    command.arg("serve");
    stopping::serving();
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("trunk: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("trunk ended: {status}")) }
}

/// trunk with the project's own wasm-bindgen and wasm-opt on PATH, so that it downloads nothing.
fn trunk(places: &Places, screen: &Screen) -> Outcome<Command> {
    node::install(places, screen, &places.root, "workerd, esbuild and wasm-opt")?;
    programs::install(places, screen, &[&WASM_BINDGEN, &TRUNK])?;
    let toolchain = Toolchain::ensure(places, screen)?;
    let wasm_opt = node::wasm_opt(places)?;
    let wasm_opt = wasm_opt.parent().ok_or_else(|| at(&wasm_opt, "no folder"))?.to_owned();
    let program = TRUNK.folder(places).join("trunk");
    let mut command = toolchain.command(program, &[WASM_BINDGEN.folder(places), wasm_opt]);
    // trunk takes NO_COLOR for a flag that is true or false, and other programs take it for one that is set.
    command.current_dir(&places.root).env_remove("NO_COLOR");
    Ok(command)
}
