//! The edge as it runs on anybody's machine: workerd with the built worker, on a port and in a folder of its own.

use crate::folder::Folder;
use crate::http::{Reply, Request};
use crate::porter::{self, Porter};
use crate::waiting::eventually;
use crate::{Client, tools};
use serde_json::Value;
use shared::protocol::{NewWorkspace, Published, WorkspaceSecrets};
use std::cell::RefCell;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running edge; stopped when dropped.
pub struct Edge {
    port: u16,
    folder: Folder,
    process: RefCell<Option<Child>>,
    bindings: Vec<(&'static str, String)>,
    /// What stands before it, if anything does.
    porter: Option<Porter>,
    /// Where it is stored, if not in its own folder.
    data: Option<PathBuf>,
    /// The built product that is served.
    dist: PathBuf,
}

/// What a proxy tells of the tests themselves, for an edge that stands behind one.
const PROXY_HEADER: &str = "X-Forwarded-For";
const OWN_ADDRESS: &str = "127.0.0.1";
/// The operator's token, which makes workspaces.
pub const OPERATOR_TOKEN: &str = "operator-token-of-the-tests";
/// The secrets of the workspaces, which are random in life; here nobody is to be kept out. The environment has them as well, for
/// data folders of the time before workspaces had secrets of their own.
pub const SETUP_TOKEN: &str = "setup-token-of-the-tests";
pub const PUBLISH_TOKEN: &str = "publish-token-of-the-tests";
/// The demo's key for identities, and the one of a workspace that may not be there.
pub const IDENTITY_KEY: &str = "identity-key-of-the-demo-in-the-tests";
pub const OTHERS_IDENTITY_KEY: &str = "identity-key-of-others-in-the-tests";

impl Edge {
    /// Serves the demo with its content published.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Serves the demo with these bindings beside the usual ones.
    pub fn start_with(bindings: &[(&'static str, &str)]) -> Self {
        let edge = Self::start_empty_with(bindings);
        edge.make("demo");
        edge.publish(&edge.content());
        edge
    }

    /// Serves the demo behind the porter, from a folder of its own or from this one.
    pub fn behind(porter: Porter, data: Option<&Path>, bindings: &[(&'static str, &str)]) -> Self {
        let mut edge = Self::stopped_in(bindings, |_| {});
        (edge.porter, edge.data) = (Some(porter), data.map(Path::to_owned));
        edge.serve();
        // A folder that has served before has its workspace.
        let asked = edge.client().get("/api/w/demo/setup").header(PROXY_HEADER, OWN_ADDRESS).send();
        if asked.status != 200 {
            edge.make("demo");
        }
        edge.publish(&edge.content());
        edge
    }

    /// Serves another build, which may be older, with nothing published.
    pub fn of_build(dist: PathBuf) -> Self {
        let mut edge = Self::stopped_in(&[], |folder| std::fs::create_dir(folder.join("objects")).unwrap());
        edge.dist = dist;
        edge.serve();
        // Builds that make no workspaces have the demo's already. Where there is none, publishing says so.
        let _made = edge.try_make("demo").json(&secrets_of("demo")).send();
        edge
    }

    /// Publishes the demo's content of whatever build this is, for host pages of this origin.
    pub fn publish_for(&self, site: &str) {
        let reply = self.try_publish(&self.content_for(site));
        assert!((200..300).contains(&reply.status), "{}", reply.text());
    }

    /// An edge behind the porter that does not run yet, and serves this folder when it is started.
    pub fn stopped_behind(porter: Porter, data: &Path) -> Self {
        let mut edge = Self::stopped_in(&[], |_| {});
        (edge.porter, edge.data) = (Some(porter), Some(data.to_owned()));
        edge
    }

    /// Serves, without a workspace.
    pub fn start_empty() -> Self {
        Self::start_empty_with(&[])
    }

    /// Serves with these bindings, without a workspace.
    pub fn start_empty_with(bindings: &[(&'static str, &str)]) -> Self {
        let edge = Self::stopped_in(bindings, |folder| std::fs::create_dir(folder.join("objects")).unwrap());
        edge.serve();
        edge
    }

    /// An edge that does not run yet, in a folder that `fill` puts the objects into.
    pub fn stopped_in(bindings: &[(&'static str, &str)], fill: impl FnOnce(&Path)) -> Self {
        let folder = Folder::new("edge");
        fill(folder.path());
        // The system gives a free port; nobody else takes it in the moment until workerd has it.
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let bindings = bindings.iter().map(|(name, value)| (*name, String::from(*value))).collect();
        Self { port, folder, process: RefCell::new(None), bindings, porter: None, data: None, dist: tools::dist() }
    }

    /// Where everything is stored; the objects lie in `objects`.
    pub fn folder(&self) -> &Path {
        self.data.as_deref().unwrap_or(self.folder.path())
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The edge's own origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The origin of the demo's host pages: another host name, so another origin.
    pub fn site(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// A client of the edge's own origin.
    pub fn client(&self) -> Client {
        Client::new(&self.origin())
    }

    /// The demo's content, as `PUT content` takes it.
    pub fn content(&self) -> Value {
        self.content_for(&self.site())
    }

    fn content_for(&self, site: &str) -> Value {
        let text = std::fs::read_to_string(self.dist.join("content.json")).unwrap();
        serde_json::from_str(&text.replace("{{site}}", site)).unwrap()
    }

    /// Makes a workspace with the secrets above.
    pub fn make(&self, workspace: &str) -> WorkspaceSecrets {
        let reply = self.try_make(workspace).json(&secrets_of(workspace)).send();
        assert_eq!(reply.status, 201, "{}", reply.text());
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// A request that makes a workspace, with random secrets as it is.
    pub fn try_make(&self, workspace: &str) -> Request {
        self.client()
            .request("PUT", &format!("/api/w/{workspace}"))
            .bearer(OPERATOR_TOKEN)
            .header(PROXY_HEADER, OWN_ADDRESS)
    }

    pub fn publish(&self, content: &Value) -> Published {
        self.try_publish(content).ok()
    }

    pub fn try_publish(&self, content: &Value) -> Reply {
        self.client()
            .request("PUT", "/api/w/demo/content")
            .bearer(PUBLISH_TOKEN)
            .header(PROXY_HEADER, OWN_ADDRESS)
            .json(content)
            .send()
    }

    /// Ends the process as a power cut would: with no chance to finish anything.
    pub fn kill(&self) {
        let mut process = self.process.borrow_mut().take().expect("the edge runs");
        // On Unix this is SIGKILL.
        if self.porter.is_some() {
            // A power cut ends both.
            porter::end(&mut process, self.folder());
            return;
        }
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Serves again from the same data at the same address.
    pub fn restart(&self) {
        assert!(self.process.borrow().is_none(), "the edge still runs");
        self.serve();
    }

    fn serve(&self) {
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let mut command = match self.porter {
            Some(porter) => porter.command(self.folder(), self.port),
            None => self.bare(),
        };
        let process = command
            .env("OPERATOR_TOKEN", OPERATOR_TOKEN)
            .env("SETUP_TOKEN", SETUP_TOKEN)
            .env("PUBLISH_TOKEN", PUBLISH_TOKEN)
            .env("DEMO_HOST", "localhost")
            .env("IDENTITY_SECRET", format!("demo:{IDENTITY_KEY} fresh:{OTHERS_IDENTITY_KEY}"))
            .envs(self.bindings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        self.process.replace(Some(process));
        let client = self.client();
        eventually("the edge to answer", || {
            if let Some(status) = self.process.borrow_mut().as_mut().unwrap().try_wait().unwrap() {
                panic!("workerd ended: {status}\n{}", self.said());
            }
            client.get("/beforehand.js").try_send().ok().filter(|reply| reply.status == 200)
        });
    }

    /// The product's own configuration, but where a test has servers of its own that the worker may reach.
    fn config(&self) -> PathBuf {
        let is_local = self.bindings.iter().any(|(name, _)| *name == "LOCAL_SERVERS");
        if is_local {
            return PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/local.capnp"));
        }
        self.dist.join("../edge/workerd.capnp")
    }

    /// workerd alone.
    fn bare(&self) -> Command {
        let dist = &self.dist;
        let folder = |name: &str, path: PathBuf| format!("{name}={}", path.display());
        let mut command = Command::new(tools::workerd());
        command
            .arg("serve")
            .arg(self.config())
            .args(["--socket-addr", &format!("http=127.0.0.1:{}", self.port)])
            .args(["--directory-path", &folder("assets", dist.join("assets"))])
            .args(["--directory-path", &folder("www", dist.join("www"))])
            .args(["--directory-path", &folder("objects", self.folder().join("objects"))]);
        command
    }

    /// Ends the process as an operator would, so that it closes its files. It waits for open sockets to be closed.
    pub fn stop(&self) {
        let mut process = self.process.borrow_mut().take().expect("the edge runs");
        let told = Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap();
        assert!(told.success());
        eventually("the edge to end; is a socket still open?", || process.try_wait().unwrap());
    }

    /// The process that serves, which is the caller's to end from now on.
    pub fn take_process(&self) -> Child {
        self.process.borrow_mut().take().expect("the edge runs")
    }

    /// The process that serves.
    pub fn pid(&self) -> u32 {
        self.process.borrow().as_ref().expect("the edge runs").id()
    }

    /// The names of the stored files in which these bytes are, wherever in them: in rows, in the room of deleted rows, in
    /// logs. Each is an object's database or what belongs to it.
    pub fn files_with(&self, bytes: &[u8]) -> Vec<String> {
        // A file may end while it is looked for.
        let has = |path: &PathBuf| {
            let content = std::fs::read(path).unwrap_or_default();
            content.windows(bytes.len()).any(|window| window == bytes)
        };
        let name = |path: PathBuf| path.strip_prefix(self.folder()).unwrap().display().to_string();
        let mut found: Vec<String> = self.files().into_iter().filter(has).map(name).collect();
        found.sort();
        found
    }

    /// Writes other bytes in the place of some, wherever they are stored, as another build may have left them; the edge has been
    /// stopped. Gives how many there were.
    pub fn overwrite(&self, bytes: &[u8], with: &[u8]) -> usize {
        assert!(bytes.len() == with.len() && self.process.borrow().is_none());
        let mut found = 0;
        for path in self.files() {
            let mut content = std::fs::read(&path).unwrap();
            let places: Vec<usize> = content
                .windows(bytes.len())
                .enumerate()
                .filter(|(_, window)| *window == bytes)
                .map(|(at, _)| at)
                .collect();
            for at in &places {
                content[*at..at + with.len()].copy_from_slice(with);
            }
            if !places.is_empty() {
                std::fs::write(&path, content).unwrap();
            }
            found += places.len();
        }
        found
    }

    /// The files of the store.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder().join("objects")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("workerd.log")
    }

    /// What workerd has written so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }
}

fn secrets_of(workspace: &str) -> NewWorkspace {
    let key = if workspace == "demo" { IDENTITY_KEY } else { OTHERS_IDENTITY_KEY };
    NewWorkspace {
        setup_token: Some(SETUP_TOKEN.into()),
        publish_token: Some(PUBLISH_TOKEN.into()),
        identity_key: Some(key.into()),
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.borrow_mut().take() {
            if self.porter.is_some() {
                porter::end(&mut process, self.folder());
            } else {
                let _ = process.kill();
                let _ = process.wait();
            }
        }
        if std::thread::panicking() {
            eprintln!("workerd said:\n{}", self.said());
        }
    }
}
