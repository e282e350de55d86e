//! The edge's worker: worker-build wraps the compiled module for workerd and Cloudflare.

use super::compile::PACKAGES;
use super::stamp::Stamp;
use crate::Outcome;
use crate::places::Places;
use crate::run::run;
use crate::screen::Screen;
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
        stamp.keep()
    })
}
