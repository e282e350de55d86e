//! The browser that the tests drive.

use super::debian;
use crate::Outcome;
use crate::places::{Places, on_path};
use crate::screen::Screen;
use std::path::PathBuf;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Chromium and the program that drives it.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

impl Browser {
    pub(crate) fn ensure(places: &Places, screen: &Screen) -> Outcome<Self> {
        if let Some(browser) = Self::find() {
            return Ok(browser);
        }
        debian::ensure(places, screen, &["chromium", "chromium-driver"], "the browser tests")?;
        Self::find().ok_or_else(|| "neither chromium nor chromedriver is on PATH after their installation".to_owned())
    }

    fn find() -> Option<Self> {
        Some(Self { chromium: on_path(&BROWSERS)?, chromedriver: on_path(&["chromedriver"])? })
    }
}

/// What the browser is told by the tests of single crates, as their `webdriver.json`. It has no sandbox when we are root,
/// because it refuses to start with one then; and it is to ask nobody for anything.
pub(crate) fn webdriver_json() -> String {
    let mut arguments = vec![
        "--headless=new",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    if debian::is_root() {
        arguments.push("--no-sandbox");
    }
    serde_json::json!({ "goog:chromeOptions": { "args": arguments } }).to_string()
}
