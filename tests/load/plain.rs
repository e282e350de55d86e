//! The plain chat as a process.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tests::folder::Folder;
use tests::{Client, eventually, tools};

/// Stopped when dropped.
pub(crate) struct Plain {
    port: u16,
    process: Child,
    _folder: Folder,
}

impl Plain {
    pub(crate) fn start() -> Self {
        let folder = Folder::new("plain");
        let objects = folder.path().join("objects");
        std::fs::create_dir(&objects).unwrap();
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let process = Command::new(tools::workerd())
            .arg("serve")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("load/plain.capnp"))
            .args(["--socket-addr", &format!("http=127.0.0.1:{port}")])
            .args(["--directory-path", &format!("objects={}", objects.display())])
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let plain = Self { port, process, _folder: folder };
        let client = Client::new(&format!("http://127.0.0.1:{port}"));
        eventually("the plain chat to answer", || client.get("/").try_send().ok().filter(|reply| reply.status == 200));
        plain
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
