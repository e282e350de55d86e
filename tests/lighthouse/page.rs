//! A page of the demo on a server of its own, and Lighthouse's look at it.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tests::folder::Folder;
use tests::site::{self, Page};
use tests::{Edge, eventually, tools};

/// The tag as the demo's pages have it.
const TAG: &str = "<script async src=\"{{edge}}/beforehand.js\" data-workspace=\"demo\"></script>\n";

/// No window, no sandbox (which root cannot have), nothing of the browser's own on the network, and a debugger on a free port.
const ARGUMENTS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-extensions",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
];

/// The demo's page of a product.
pub(crate) struct HostPage {
    port: u16,
}

impl HostPage {
    /// Serves it. Pages with and without the tag have the same address on two ports, and differ in nothing else.
    pub(crate) fn serve(edge: &Edge, tagged: bool) -> Self {
        let www = tools::dist().join("www");
        let html = text(&www.join("plain/index.html"));
        assert!(html.contains(TAG), "the demo's page has another tag");
        let tag = if tagged { TAG.replace("{{edge}}", &edge.origin()) } else { String::new() };
        let mut pages = BTreeMap::from([(String::from("/"), Page::html(html.replace(TAG, &tag)))]);
        let pictures = std::fs::read_dir(www.join("img")).unwrap().flatten().map(|entry| entry.path());
        for path in pictures.chain(["site.css", "site.js"].map(|name| www.join(name))) {
            let kind = match path.extension().and_then(|ending| ending.to_str()) {
                Some("svg") => "image/svg+xml",
                Some("css") => "text/css",
                _ => "text/javascript",
            };
            let address = format!("/{}", path.strip_prefix(&www).unwrap().display());
            pages.insert(address, Page { kind, body: text(&path), ..Page::default() });
        }
        Self { port: site::serve(pages) }
    }

    /// Lighthouse's report of it as a phone loads it, in a browser that has never been there.
    pub(crate) fn report(&self) -> Value {
        let folder = Folder::new("lighthouse");
        let chromium = Chromium::start(folder.path());
        let (report, log) = (folder.path().join("report.json"), folder.path().join("lighthouse.log"));
        let said = File::create(&log).unwrap();
        let status = Command::new(tools::node())
            .arg(tools::lighthouse())
            .arg(format!("http://localhost:{}/", self.port))
            .args(["--only-categories=performance", "--output=json", "--quiet", "--no-enable-error-reporting"])
            .arg(format!("--port={}", chromium.port))
            .arg(format!("--output-path={}", report.display()))
            .env("TMPDIR", folder.path())
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .status()
            .unwrap();
        assert!(status.success(), "Lighthouse ended: {status}\n{}", text(&log));
        serde_json::from_str(&text(&report)).unwrap()
    }
}

/// A browser for one report. Lighthouse would start its own in a process group that outlives an interruption.
struct Chromium {
    process: Child,
    port: u16,
}

impl Chromium {
    fn start(folder: &Path) -> Self {
        let profile = folder.join("chromium");
        let process = Command::new(tools::chromium())
            .args(ARGUMENTS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut chromium = Self { process, port: 0 };
        chromium.port = eventually("Chromium to tell its port", || {
            let told = std::fs::read_to_string(profile.join("DevToolsActivePort")).ok()?;
            told.split_once('\n')?.0.parse().ok()
        });
        chromium
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
