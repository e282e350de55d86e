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
        // It takes a free port of one kind of address, and gives up if somebody has the same one of the other kind: then
        // another try is all that it needs.
        eventually("chromedriver to start", || Self::try_start(&path))
    }

    /// A chromedriver that has told its port; none if it ended instead.
    fn try_start(path: &Path) -> Option<Self> {
        let log = File::create(path).unwrap();
        let process = Command::new(tools::chromedriver())
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut driver = Self { process, port: 0 };
        let port = eventually("chromedriver to tell its port, or to end", || {
            let ended = driver.process.try_wait().unwrap().is_some();
            let said = std::fs::read_to_string(path).unwrap();
            let told = said.split_once(STARTED).and_then(|(_, after)| after.split_once('.')?.0.parse().ok());
            (told.is_some() || ended).then_some(told)
        });
        driver.port = port?;
        Some(driver)
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
