//! Runs what was built on this machine, and publishes the demo's articles in it.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, stopping};
use secrets::Secrets;
use serde_json::json;
use std::path::PathBuf;
use std::process::Child;

mod door;
pub(crate) mod secrets;
mod workerd;

pub(crate) use door::Door;

/// The workspace that the demo is published in.
pub(crate) const WORKSPACE: &str = "demo";

/// How the product is to be served.
pub(crate) struct Wish {
    pub(crate) port: u16,
    /// What outlives the process: conversations and secrets.
    pub(crate) data: PathBuf,
}

/// The product at work. It stops when this is dropped.
pub(crate) struct Running {
    pub(crate) door: Door,
    /// Opens the door to the first agent, once.
    pub(crate) setup_link: Option<String>,
    child: Child,
    log: PathBuf,
}

/// Starts the product and publishes the demo.
pub(crate) fn start(places: &Places, screen: &Screen, wish: &Wish) -> Outcome<Running> {
    let secrets = secrets::keep(&wish.data)?;
    let door = Door::new(wish.port);
    let log = places.logs().join("workerd.log");
    let mut child = screen.step("Start workerd", "until it answers", |_| {
        let mut child = workerd::start(places, wish, &secrets, &log)?;
        workerd::wait(&mut child, &door, &log)?;
        Ok(child)
    })?;
    let published = screen.step("Publish the demo's articles", "the edge compiles their search index", |step| {
        make_demo(&door, &secrets)?;
        door.publish(places, &secrets.publish).map(|said| step.result(said))
    });
    if let Err(error) = published {
        stopping::stop(&mut child);
        return Err(error);
    }
    let setup_link = door.needs_setup()?.then(|| door.setup_link(WORKSPACE, &secrets.setup));
    Ok(Running { door, setup_link, child, log })
}

/// Makes the demo's workspace, unless it is there.
fn make_demo(door: &Door, secrets: &Secrets) -> Outcome {
    let identity = secrets.identity.split_whitespace().next().unwrap_or_default();
    let given = json!({ "setup_token": secrets.setup, "publish_token": secrets.publish, "identity_key": identity });
    door.make(WORKSPACE, &secrets.operator, &given).map(drop)
}

impl Running {
    /// Returns only when the porter ends without having been asked to.
    pub(crate) fn wait(mut self) -> Outcome {
        let status = self.child.wait().map_err(|error| format!("the porter: {error}"))?;
        if stopping::is_stopping() {
            // The thread that caught the signal ends the process when all children are gone.
            loop {
                std::thread::park();
            }
        }
        Err(format!("the porter ended by itself ({status}):\n{}", workerd::said(&self.log)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        stopping::stop(&mut self.child);
    }
}
