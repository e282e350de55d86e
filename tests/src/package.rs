//! The npm package as its owner has it: installed by npm into an empty folder, and run by its own command.

use crate::porter::signal;
use crate::tools;
use crate::waiting::{eventually, eventually_within};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// npm waits for its registry, and unpacks 150 MB.
const NPM: Duration = Duration::from_secs(120);

/// The folder's name, before the process that has made it.
const NAME: &str = "beforehand-package-";

/// An installed package.
pub struct Package {
    folder: PathBuf,
}

/// What a command has come to.
pub struct Done {
    pub status: ExitStatus,
    /// Both of its outputs.
    pub said: String,
}

impl Package {
    /// Installs it, once for all tests of a program, with an empty cache.
    pub fn installed() -> &'static Self {
        static INSTALLED: OnceLock<Package> = OnceLock::new();
        INSTALLED.get_or_init(|| {
            // It outlives the tests, which all use it; the next ones clear it away.
            clear();
            let folder = std::env::temp_dir().join(format!("{NAME}{}", std::process::id()));
            std::fs::create_dir_all(&folder).unwrap();
            let mut npm = Command::new("npm");
            npm.current_dir(&folder).args(["install", "--no-audit", "--no-fund", "--cache"]).arg(folder.join("cache"));
            let begun = Instant::now();
            let done = done(npm.arg(tools::package()));
            assert!(done.status.success(), "{}", done.said);
            println!("installed in {:.1} s", begun.elapsed().as_secs_f32());
            Package { folder }
        })
    }

    /// Where npm has put it.
    pub fn root(&self) -> PathBuf {
        self.folder.join("node_modules/beforehand")
    }

    /// The cache that npm filled.
    pub fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    /// Its command with these words.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(self.folder.join("node_modules/.bin/beforehand"));
        command.current_dir(&self.folder).args(words).stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    pub fn run(&self, words: &[&str]) -> Done {
        done(&mut self.command(words))
    }

    /// Serves a folder at a port.
    pub fn serve(&self, data: &Path, port: u16, more: &[&str]) -> Served {
        let listen = format!("127.0.0.1:{port}");
        let mut command = self.command(&["serve", "--data", data.to_str().unwrap(), "--listen", &listen]);
        Served::start(command.args(more), data)
    }
}

/// Removes what earlier tests have installed.
fn clear() {
    for entry in std::fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap_or_default();
        let process = name.strip_prefix(NAME).and_then(|process| process.parse::<u32>().ok());
        if process.is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists()) {
            let _left = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Runs a command to its end.
pub fn done(command: &mut Command) -> Done {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Done { status: output.status, said: String::from_utf8_lossy(&said).into_owned() }
}

/// A product at work. It is killed when this is dropped, with all that it has started.
pub struct Served {
    process: Child,
    data: PathBuf,
    said: Arc<Mutex<String>>,
    /// How long it took until it said that it runs.
    pub took: Duration,
}

impl Served {
    /// Starts it, and waits until it says that it runs.
    pub fn start(command: &mut Command, data: &Path) -> Self {
        let begun = Instant::now();
        let mut served = Self::begin(command, data);
        eventually_within("it to run", NPM, || {
            if let Some(status) = served.process.try_wait().unwrap() {
                panic!("it ended: {status}\n{}", served.said());
            }
            served.said().contains("Ctrl-C stops everything").then_some(())
        });
        served.took = begun.elapsed();
        served
    }

    /// Starts it.
    pub fn begin(command: &mut Command, data: &Path) -> Self {
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        hear(process.stdout.take().unwrap(), &said);
        hear(process.stderr.take().unwrap(), &said);
        Self { process, data: data.to_owned(), said, took: Duration::ZERO }
    }

    /// All that it has said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// The line that has this in it.
    pub fn line(&self, part: &str) -> Option<String> {
        self.said().lines().find(|line| line.contains(part)).map(|line| line.trim().to_owned())
    }

    pub fn pid(&self) -> i32 {
        self.process.id().cast_signed()
    }

    /// The porter that it has started, as that has noted itself.
    pub fn porter(&self) -> Option<i32> {
        std::fs::read_to_string(self.data.join("process")).ok()?.lines().next()?.trim().parse().ok()
    }

    /// Sends a signal and waits for the end.
    pub fn stop(mut self, name: &str) -> (ExitStatus, String) {
        assert!(signal(self.pid(), name));
        let status = self.wait();
        (status, self.said())
    }

    /// Waits for the end.
    pub fn wait(&mut self) -> ExitStatus {
        eventually("it to end", || self.process.try_wait().unwrap())
    }

    /// Ends all of it as a power cut would.
    pub fn kill(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
        let note = std::fs::read_to_string(self.data.join("process")).unwrap_or_default();
        for process in note.lines().filter_map(|line| line.trim().parse().ok()) {
            signal(process, "KILL");
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if !matches!(self.process.try_wait(), Ok(Some(_))) {
            self.kill();
        }
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.data.join("log/beforehand.log")).unwrap_or_default();
            eprintln!("it said:\n{}\nits log:\n{log}", self.said());
        }
    }
}

fn hear(from: impl std::io::Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            said.lock().unwrap().push_str(&format!("{line}\n"));
        }
    });
}
