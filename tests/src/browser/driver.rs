//! The WebDriver server's process.

use crate::tools;
use crate::waiting::eventually;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running chromedriver; stopped when dropped.
pub(super) struct Driver {
    process: Child,
    port: u16,
}

/// What chromedriver writes when it has taken a free port.
const STARTED: &str = "was started successfully on port ";

impl Driver {
    pub(super) fn start(folder: &Path) -> Self {
        let path = folder.join("chromedriver.log");
        let log = File::create(&path).unwrap();
        let process = Command::new(tools::chromedriver())
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let port = eventually("chromedriver to tell its port", || {
            let said = std::fs::read_to_string(&path).unwrap();
            let (_, after) = said.split_once(STARTED)?;
            let (port, _) = after.split_once('.')?;
            port.parse().ok()
        });
        Self { process, port }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
