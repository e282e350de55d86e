//! Cloudflare's own program for a developer's machine, serving what was built: its emulation of the platform runs the same workerd with
//! Cloudflare's settings, `wrangler.jsonc`.

use crate::caller::Caller;
use crate::document::{block, put_in};
use crate::folder::Folder;
use crate::tools;
use crate::waiting::eventually;
use crate::{Client, document};
use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The document whose commands are followed.
pub const DOCUMENT: &str = "README.md";
/// The operator's secret.
const OPERATOR_TOKEN: &str = "operator-token-of-the-tests";
/// The addresses and the workspace in the document.
const EDGE: &str = "https://help.example.com";
const PORT: &str = "8788";
const WORKSPACE: &str = "acme";

/// Wrangler at work in a folder that has what the project's own has for it. It ends when this is dropped.
pub struct Wrangler {
    process: Child,
    folder: Folder,
    port: u16,
}

impl Wrangler {
    /// Follows the document until it serves, with these words more on the command's line.
    pub fn start(more: &str) -> Self {
        let folder = Folder::new("wrangler");
        lay(folder.path());
        let port = free_port();
        let commands = block(DOCUMENT, "sh", "wrangler dev");
        let line = format!("--port {PORT}");
        let commands = put_in(&commands, &[(&line, &format!("--port {port} --inspector-port {} {more}", free_port()))]);
        let log = File::create(folder.path().join("log")).unwrap();
        let mut shell = shell(folder.path(), &commands, None);
        shell.stdout(log.try_clone().unwrap()).stderr(log).process_group(0);
        let mut wrangler = Self { process: shell.spawn().unwrap(), folder, port };
        let client = Client::new(&wrangler.origin());
        eventually("wrangler to serve", || {
            if let Some(status) = wrangler.process.try_wait().unwrap() {
                panic!("wrangler ended: {status}\n{}", wrangler.said());
            }
            client.get("/beforehand.js").try_send().ok().filter(|reply| reply.status == 200)
        });
        wrangler
    }

    /// What the document's commands with these words print; they have to succeed. `demo` takes the place of the document's workspace.
    pub fn follow(&self, words: &str, publish_token: Option<&str>) -> String {
        let commands = block(DOCUMENT, "sh", words).replace(EDGE, &self.origin()).replace(WORKSPACE, "demo");
        let output = shell(self.folder.path(), &commands, publish_token).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{commands}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    /// The edge's own origin, as the document says it.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// A browser on a page of the edge's own.
    pub fn caller<'a>(&self, host: &'a str, origin: &'a str) -> Caller<'a> {
        Caller { port: self.port, host, origin }
    }

    /// What wrangler and the worker have written so far.
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Wrangler {
    fn drop(&mut self) {
        // Its own processes are in a group with the shell's number.
        let group = format!("-{}", self.process.id());
        for signal in ["-TERM", "-KILL"] {
            let _gone = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
        }
        let _gone = self.process.wait();
        if std::thread::panicking() {
            eprintln!("wrangler said:\n{}", self.said());
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Lays a folder with the deployment's configuration, without the build, which was made: `wrangler deploy --dry-run` is a check of its
/// own. `npx` and `cargo` are there as a developer has them: they run the programs that the project has installed and built.
fn lay(folder: &Path) {
    let project = tools::dist().join("..").canonicalize().unwrap();
    let settings = document::text("wrangler.jsonc");
    let (build, kept): (Vec<&str>, Vec<&str>) = settings.lines().partition(|line| line.contains("\"build\":"));
    assert_eq!(build.len(), 1, "wrangler.jsonc builds in one line");
    fs::write(folder.join("wrangler.jsonc"), kept.join("\n")).unwrap();
    symlink(tools::dist(), folder.join("dist")).unwrap();
    let programs = folder.join("bin");
    fs::create_dir(&programs).unwrap();
    let (node, script, xtask) = (tools::node(), tools::wrangler(), tools::xtask());
    let (node, script, xtask) = (node.display(), script.display(), xtask.display());
    for (name, code) in [
        ("npx", format!("[ \"$1\" = wrangler ] && shift && exec '{node}' '{script}' \"$@\"")),
        (
            "cargo",
            format!(
                "export CARGO_MANIFEST_DIR='{}'; [ \"$1\" = xtask ] && shift && exec '{xtask}' \"$@\"",
                project.join("xtask").display()
            ),
        ),
    ] {
        let path = programs.join(name);
        fs::write(&path, format!("#!/bin/sh\n{code}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Commands of a document in such a folder.
fn shell(folder: &Path, commands: &str, publish_token: Option<&str>) -> Command {
    let path = std::env::var("PATH").unwrap();
    let mut shell = Command::new("sh");
    shell.current_dir(folder).args(["-euc", commands]).stdin(Stdio::null());
    shell.env("PATH", format!("{}:{path}", folder.join("bin").display()));
    shell.env("OPERATOR_TOKEN", OPERATOR_TOKEN);
    shell.envs(publish_token.map(|token| ("PUBLISH_TOKEN", token)));
    // It asks nobody for anything, and keeps its own things here.
    for (name, value) in [("CI", "true"), ("WRANGLER_SEND_METRICS", "false"), ("CLOUDFLARE_CF_FETCH_ENABLED", "false")]
    {
        shell.env(name, value);
    }
    shell.env("HOME", folder).env("XDG_CONFIG_HOME", folder.join("config"));
    shell
}
