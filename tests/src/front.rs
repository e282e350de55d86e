//! nginx and Caddy, the real programs, before an edge: each with the configuration in `docs/proxy.md`, in which only the port, the
//! certificate and the edge's own port are put in.

use crate::document::{block, put_in};
use crate::edge::Edge;
use crate::folder::Folder;
use crate::porter::Porter;
use crate::tools;
use crate::tunnel::Certificate;
use crate::waiting::eventually;
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The document with the configurations.
pub const DOCUMENT: &str = "docs/proxy.md";
/// The host's name in it.
pub const HOST: &str = "help.example.com";
/// The edge's port in it.
const EDGE_PORT: &str = "127.0.0.1:8787";

/// A program that ends TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nginx,
    Caddy,
}

/// A proxy at work before an edge; both end when it is dropped.
pub struct Front {
    kind: Kind,
    process: Option<Child>,
    folder: Folder,
    port: u16,
    pub certificate: Certificate,
    pub edge: Edge,
}

/// What is set for the edge behind a proxy, as the document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Its origin and the header with the visitor's address.
    All,
    /// The header alone: the origin is what the proxy passes on.
    Header,
    /// Nothing.
    Nothing,
}

impl Front {
    /// Starts a proxy as the document says, and an edge behind it.
    pub fn start(kind: Kind, told: Told) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let origin = origin(port);
        let bindings = [("ORIGIN", origin.as_str()), ("ADDRESS_HEADER", "X-Forwarded-For")];
        let bindings = match told {
            Told::All => &bindings,
            Told::Header => &bindings[1..],
            Told::Nothing => &[],
        };
        let edge = Edge::behind(Porter::default(), None, bindings);
        let folder = Folder::new("front");
        let certificate = Certificate::new(HOST);
        certificate.write(folder.path());
        let mut front = Self { kind, process: None, folder, port, certificate, edge };
        front.serve(&[]);
        front
    }

    /// Starts the proxy anew with other words in the place of some of the document's. The edge goes on as it is.
    pub fn otherwise(&mut self, changes: &[(&str, &str)]) {
        self.stop();
        self.serve(changes);
    }

    fn serve(&mut self, changes: &[(&str, &str)]) {
        let (kind, port) = (self.kind, self.port);
        let said = match kind {
            Kind::Nginx => nginx_settings(self.folder.path(), port, self.edge.port()),
            Kind::Caddy => caddy_settings(self.folder.path(), port, self.edge.port()),
        };
        std::fs::write(self.folder.path().join("settings"), put_in(&said, changes)).unwrap();
        let mut process = command(kind, self.folder.path()).spawn().unwrap();
        eventually("the proxy to take connections", || {
            if let Some(status) = process.try_wait().unwrap() {
                panic!("{kind:?} ended: {status}\n{}", self.said());
            }
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        self.process = Some(process);
    }

    fn stop(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        // nginx's workers end with their master only if it is asked to end.
        let _gone = Command::new("kill").args(["-TERM", &process.id().to_string()]).status();
        eventually("the proxy to end", || process.try_wait().unwrap());
    }

    /// The address that browsers show.
    pub fn origin(&self) -> String {
        origin(self.port)
    }

    /// What a browser writes as `Host`.
    pub fn host(&self) -> String {
        format!("{HOST}:{}", self.port)
    }

    /// The port at which it takes encrypted connections.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A port at which plain requests are taken and carried to the proxy, from these addresses in turn.
    pub fn tunnel(&self, sources: Vec<Ipv4Addr>) -> u16 {
        self.certificate.tunnel(self.port, sources)
    }

    /// The certificate's file.
    pub fn certificate_file(&self) -> std::path::PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// What the proxy has written so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.stop();
        if std::thread::panicking() {
            eprintln!("{:?} said:\n{}", self.kind, self.said());
        }
    }
}

fn origin(port: u16) -> String {
    format!("https://{HOST}:{port}")
}

/// The document's server, within what a whole configuration needs.
fn nginx_settings(folder: &Path, port: u16, edge: u16) -> String {
    let certificate = format!("ssl_certificate {};", folder.join("certificate.pem").display());
    let key = format!("ssl_certificate_key {};", folder.join("key.pem").display());
    // Not every machine has the newer addresses.
    let newer = match TcpListener::bind(("::1", 0)) {
        Ok(_) => format!("listen [::1]:{port} ssl http2;"),
        Err(_) => String::new(),
    };
    let server = put_in(
        &block(DOCUMENT, "nginx", "server_name"),
        &[
            ("listen 443", &format!("listen 127.0.0.1:{port}")),
            ("listen [::]:443 ssl http2;", &newer),
            ("ssl_certificate /etc/ssl/help.example.com.pem;", &certificate),
            ("ssl_certificate_key /etc/ssl/help.example.com.key;", &key),
            (EDGE_PORT, &format!("127.0.0.1:{edge}")),
        ],
    );
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {};\n", folder.join(name).display()))
        .concat();
    let pid = folder.join("pid").display().to_string();
    format!("daemon off;\npid {pid};\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{server}}}\n")
}

fn caddy_settings(folder: &Path, port: u16, edge: u16) -> String {
    let [certificate, key] = ["certificate.pem", "key.pem"].map(|name| folder.join(name).display().to_string());
    let site = put_in(
        &block(DOCUMENT, "", "reverse_proxy"),
        &[
            ("help.example.com {", &format!("help.example.com:{port} {{\n  bind 127.0.0.1\n  tls {certificate} {key}")),
            (EDGE_PORT, &format!("127.0.0.1:{edge}")),
        ],
    );
    format!("{{\n  admin off\n  auto_https disable_redirects\n}}\n{site}")
}

fn command(kind: Kind, folder: &Path) -> Command {
    let settings = folder.join("settings");
    let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    let mut command = match kind {
        Kind::Nginx => {
            let mut command = Command::new(tools::nginx());
            command.arg("-p").arg(folder).arg("-e").arg(folder.join("log")).arg("-c").arg(settings);
            command
        }
        Kind::Caddy => {
            let mut command = Command::new(tools::caddy());
            command.args(["run", "--adapter", "caddyfile", "--config"]).arg(settings);
            command
        }
    };
    // Caddy keeps its own things in the user's folders.
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, folder);
    }
    command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    command
}
