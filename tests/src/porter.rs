//! The edge as it runs in production: behind the porter, which starts workerd and stands before it.

use crate::folder::Folder;
use crate::tools;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

/// How the porter is started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Porter {
    /// The limit of open files, soft and hard; the system's own if none.
    pub files: Option<u32>,
}

impl Porter {
    /// The command that serves a folder at a port.
    pub fn command(self, data: &Path, port: u16) -> Command {
        let dist = tools::dist();
        let mut command = match self.files {
            // Only a shell can lower a limit without code that the compiler cannot check.
            Some(files) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", "ulimit -n \"$1\" && shift && exec \"$@\"", "sh", &files.to_string()]);
                shell.arg(dist.join("porter"));
                shell
            }
            None => Command::new(dist.join("porter")),
        };
        command.arg("--workerd").arg(tools::workerd());
        command.arg("--config").arg(dist.join("../edge/workerd.capnp"));
        command.arg("--assets").arg(dist.join("assets"));
        command.arg("--www").arg(dist.join("www"));
        command.arg("--data").arg(data);
        command.args(["--listen", &format!("127.0.0.1:{port}")]);
        command.stdin(Stdio::null());
        command
    }

    /// Starts a second one on the same folder, which ends at once: how, and what it says.
    pub fn second(self, data: &Path) -> (ExitStatus, String) {
        let elsewhere = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let output = self.command(data, elsewhere).stderr(Stdio::null()).output().unwrap();
        (output.status, String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// The porter's command for what an operator does with a folder.
pub fn operator(words: &[&str]) -> Command {
    let mut command = Command::new(tools::dist().join("porter"));
    command.args(words);
    command
}

/// The workerd that serves a folder by now, as the porter has noted it.
pub fn workerd_of(data: &Path) -> Option<i32> {
    std::fs::read_to_string(data.join("process")).ok()?.lines().nth(1)?.trim().parse().ok()
}

/// Sends a signal to a process; false if it is not there.
pub fn signal(process: i32, name: &str) -> bool {
    Command::new("kill")
        .args([&format!("-{name}"), &process.to_string()])
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

/// How many files a process has open; none if it is not there.
pub fn open_files(process: i32) -> Option<usize> {
    Some(std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count())
}

/// A small disk of its own, which can be filled.
pub struct Disk {
    folder: Folder,
}

impl Disk {
    /// A disk of this size; none where this user may not mount one.
    pub fn new(megabytes: u32) -> Option<Self> {
        let folder = Folder::new("disk");
        let size = format!("size={megabytes}m");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "none"]).arg(folder.path()).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self { folder })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Fills what is left of it.
    pub fn fill(&self) {
        let mut file = File::options().create(true).append(true).open(self.filler()).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Gives it back.
    pub fn free(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> std::path::PathBuf {
        self.folder.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.folder.path()).status();
    }
}

/// Ends a porter and its workerd, however they are.
pub(crate) fn end(process: &mut Child, data: &Path) {
    let _ = process.kill();
    let _ = process.wait();
    if let Some(workerd) = workerd_of(data) {
        signal(workerd, "CONT");
        signal(workerd, "KILL");
    }
}
