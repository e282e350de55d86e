//! Makes all of `dist/`, doing at the same time what does not need each other.

use crate::Outcome;
use crate::places::Places;
use crate::screen::Screen;
use crate::setup::programs::{WASM_BINDGEN, WASM_SPLIT, WORKER_BUILD};
use crate::setup::toolchain::Toolchain;
use crate::setup::{node, programs};
use crate::stopping;
use std::sync::{Mutex, PoisonError};
use std::thread;

pub(crate) mod apps;
pub(crate) mod asset;
mod binary;
mod compile;
mod loader;
mod names;
mod paths;
pub(crate) mod porter;
mod silence;
mod split;
pub(crate) mod stamp;
mod words;
mod worker;

/// Sets up what is missing and builds everything that is out of date.
pub(crate) fn build(places: &Places, screen: &Screen) -> Outcome<Toolchain> {
    let failed = FirstFailure::default();

    // Downloads wait for the network and the compiler for the processor, so they run side by side.
    let toolchain = thread::scope(|scope| {
        scope.spawn(|| failed.keep(node::install(places, screen, &places.root, "workerd, esbuild and wasm-opt")));
        scope.spawn(|| failed.keep(programs::install(places, screen, &[&WASM_BINDGEN, &WASM_SPLIT, &WORKER_BUILD])));
        scope.spawn(|| failed.keep(demo(places, screen)));
        failed.keep(Toolchain::ensure(places, screen).and_then(|toolchain| {
            compile::release(places, screen, &toolchain)?;
            Ok(toolchain)
        }))
    });
    failed.outcome()?;
    let toolchain = toolchain.ok_or("there is no compiler")?;

    thread::scope(|scope| {
        scope.spawn(|| failed.keep(porter::make(places, screen, &toolchain)));
        scope.spawn(|| failed.keep(worker::make(places, screen, &toolchain)));
        for app in &apps::APPS {
            scope.spawn(|| failed.keep(apps::make(places, screen, app)));
        }
        failed.keep(loader::make(places, screen));
    });
    failed.outcome()?;
    Ok(toolchain)
}

fn demo(places: &Places, screen: &Screen) -> Outcome {
    screen.step("Build the demo site", "articles and pages from www/", |_| {
        www::build(&places.root.join("www"), &places.dist().join("www"), &places.dist().join("content.json"))
    })
}

/// The first thing that went wrong among things that run side by side. The others are stopped then: what they say
/// would only hide it.
#[derive(Default)]
struct FirstFailure(Mutex<Option<String>>);

impl FirstFailure {
    fn keep<T>(&self, outcome: Outcome<T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                stopping::give_up();
                None
            }
        }
    }

    fn outcome(&self) -> Outcome {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}
