//! The process that serves: the porter, which keeps workerd with `edge/workerd.capnp`.

use super::secrets::Secrets;
use super::{Door, WORKSPACE, Wish};
use crate::build::porter;
use crate::places::{Places, at};
use crate::setup::node;
use crate::{Outcome, stopping};
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// It answers in about a second; on a machine that is compiling something else it may take several.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn start(places: &Places, wish: &Wish, secrets: &Secrets, log: &Path) -> Outcome<Child> {
    let address = format!("127.0.0.1:{}", wish.port);
    // Asked beforehand, because workerd's own words on a taken port are about a system call.
    TcpListener::bind(&address).map_err(|_| {
        format!("{address} is taken by another program. Choose another port: cargo xtask up --port {}", wish.port + 1)
    })?;
    let file = File::create(log).map_err(|error| at(log, error))?;
    let both = file.try_clone().map_err(|error| at(log, error))?;

    let mut command = Command::new(porter::program(places));
    command
        .arg("--workerd")
        .arg(node::workerd(places)?)
        .arg("--config")
        .arg(places.root.join("edge/workerd.capnp"))
        .arg("--assets")
        .arg(places.dist().join("assets"))
        .arg("--www")
        .arg(places.dist().join("www"))
        .arg("--data")
        .arg(&wish.data)
        .arg("--listen")
        .arg(&address)
        .env("OPERATOR_TOKEN", &secrets.operator)
        .env("SETUP_TOKEN", &secrets.setup)
        .env("PUBLISH_TOKEN", &secrets.publish)
        .env("IDENTITY_SECRET", format!("{WORKSPACE}:{}", secrets.identity))
        .env("DEMO_HOST", super::door::SITE_HOST)
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(both);
    stopping::start(&mut command)
}

/// Waits until it answers.
pub(super) fn wait(child: &mut Child, door: &Door, log: &Path) -> Outcome {
    let deadline = Instant::now() + PATIENCE;
    while !door.answers() {
        let ended = child.try_wait().map_err(|error| format!("workerd: {error}"))?;
        if let Some(status) = ended {
            stopping::ended(child);
            return Err(format!("it ended at its start ({status}):\n{}", said(log)));
        }
        if Instant::now() > deadline {
            stopping::stop(child);
            return Err(format!("workerd does not answer:\n{}", said(log)));
        }
        stopping::pause();
    }
    Ok(())
}

/// What the porter and workerd have said.
pub(super) fn said(log: &Path) -> String {
    fs::read_to_string(log).unwrap_or_default()
}
