//! The edge's worker: worker-build wraps the compiled module for workerd and Cloudflare.

use std::process::Command;

use super::apps::WASM_FEATURES;
use super::compile::PACKAGES;
use super::stamp::Stamp;
use crate::Outcome;
use crate::places::Places;
use crate::run::run;
use crate::screen::{Screen, Step};
use crate::setup::node;
use crate::setup::programs::{WASM_BINDGEN, WORKER_BUILD};
use crate::setup::toolchain::{TARGET, Toolchain};

pub(crate) fn make(places: &Places, screen: &Screen, toolchain: &Toolchain) -> Outcome {
    let compiled = places.target.join(TARGET).join("release/edge.wasm");
    let stamp = Stamp::new(places.work().join("worker.stamp"))
        .text(include_str!("worker.rs"))
        .file(&places.root.join("package-lock.json"))?
        .file(&compiled)?;
    if stamp.is_fresh() && places.dist().join("worker/index.js").is_file() {
        return Ok(());
    }
    screen.step("Make the worker", "worker-build wraps the edge for workerd", |step| {
        let bindgen = WASM_BINDGEN.folder(places).join("wasm-bindgen");
        let program = WORKER_BUILD.folder(places).join("worker-build");
        let mut command = toolchain.command(program, &[]);
        command
            .current_dir(places.root.join("edge"))
            .args(["--release", "--out-dir", "../dist/worker", ".", "--"])
            .args(PACKAGES)
            // It would download these otherwise.
            .env("WASM_BINDGEN_BIN", bindgen)
            .env("WASM_OPT_BIN", node::wasm_opt(places)?)
            .env("ESBUILD_BIN", node::esbuild(places)?);
        run(places, step, "worker-build", command)?;
        shrink(places, step)?;
        stamp.keep()
    })
}

/// Takes the names of functions out, which are a tenth of what a deployment sends: they are for the traces of panics only,
/// and on the edge nothing panics. Functions of one crate side by side compress better.
fn shrink(places: &Places, step: &Step) -> Outcome {
    let module = places.dist().join("worker/index_bg.wasm");
    let mut command = Command::new(node::wasm_opt(places)?);
    command.arg(&module).arg("-o").arg(&module);
    command.args(["--reorder-functions-by-name", "--strip-debug", "--strip-producers"]).args(WASM_FEATURES);
    run(places, step, "wasm-opt-worker", command).map(drop)
}
