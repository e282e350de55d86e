//! workerd: started, watched, started again when it has ended, and stopped.

use crate::Outcome;
use crate::folder;
use crate::house::House;
use crate::inside::ADDRESS;
use crate::log::{repeat, say};
use crate::settings::{ADDRESS_BINDING, Settings};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::signal::unix::{SignalKind, signal as listen};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

/// The first pause before it is started again, which doubles up to the longest.
const PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A process that has lived for this time has not died of its start.
const LIVED: Duration = Duration::from_secs(60);
/// How long it may take to close its databases. Stored messages need no more than a kill.
const PATIENCE: Duration = Duration::from_secs(4);

/// The keeper of workerd.
pub(crate) struct Engine {
    stop: watch::Sender<bool>,
    keeper: JoinHandle<()>,
}

/// Starts workerd. An error is that it cannot be started at all.
pub(crate) fn start(settings: Settings, house: Arc<House>) -> Outcome<Engine> {
    let first = spawn(&settings, &house)?;
    let (stop, stopped) = watch::channel(false);
    let keeper = tokio::spawn(keep(first, settings, house, stopped));
    Ok(Engine { stop, keeper })
}

impl Engine {
    /// Ends workerd: politely, which nothing hinders once no socket is open, and soon by force.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        let _ended = self.keeper.await;
    }
}

/// Waits for a signal to stop, or the end of the standard input if that counts; gives which it was.
pub(crate) async fn told_to_stop(until_stdin_ends: bool) -> Outcome<&'static str> {
    let (ends, ended) = oneshot::channel();
    let reader = until_stdin_ends.then(|| {
        // Nothing is read but the end, which comes with the end of the process that holds the other end.
        std::thread::spawn(move || {
            let _over = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
            let _nobody = ends.send(());
        })
    });
    let told = |error| format!("signals cannot be caught: {error}");
    let mut polite = listen(SignalKind::terminate()).map_err(told)?;
    let mut typed = listen(SignalKind::interrupt()).map_err(told)?;
    let mut closed = listen(SignalKind::hangup()).map_err(told)?;
    tokio::select! {
        _ = polite.recv() => Ok("SIGTERM"),
        _ = typed.recv() => Ok("SIGINT"),
        _ = closed.recv() => Ok("SIGHUP"),
        _ = ended, if reader.is_some() => Ok("the end of the standard input"),
    }
}

async fn keep(first: Child, settings: Settings, house: Arc<House>, mut stopped: watch::Receiver<bool>) {
    let mut pause = PAUSE;
    let mut child = Some(first);
    loop {
        let began = Instant::now();
        if let Some(mut running) = child.take() {
            let ended = tokio::select! {
                status = running.wait() => status,
                () = told(&mut stopped) => {
                    end(&mut running).await;
                    let _none = std::fs::remove_file(&house.inside);
                    return;
                }
            };
            house.gauge.watch(0);
            house.send_away();
            say(&format!("workerd has ended ({}); it starts again in {} ms", in_words(ended), pause.as_millis()));
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = told(&mut stopped) => return,
        }
        pause = if began.elapsed() >= LIVED { PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
        child = match spawn(&settings, &house) {
            Ok(child) => Some(child),
            Err(error) => {
                say(&error);
                None
            }
        };
    }
}

fn spawn(settings: &Settings, house: &Arc<House>) -> Outcome<Child> {
    // A socket that a killed one has left is in the way of the next.
    let _none = std::fs::remove_file(&house.inside);
    let folder = |name: &str, path: &Path| format!("{name}={}", path.display());
    let mut command = Command::new(&settings.workerd);
    command.arg("serve").arg(&settings.config);
    command.arg("--socket-addr").arg(format!("http=unix:{}", house.inside.display()));
    command.arg("--directory-path").arg(folder("assets", &settings.assets));
    command.arg("--directory-path").arg(folder("objects", &settings.data.join("objects")));
    if let Some(www) = &settings.www {
        command.arg("--directory-path").arg(folder("www", www));
    }
    if !house.address_is_told {
        command.env(ADDRESS_BINDING, ADDRESS);
    }
    // In a group of its own: a signal to the porter's group, as Ctrl-C is, must not end it before its visitors are told.
    command.process_group(0).kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child =
        command.spawn().map_err(|error| format!("{} does not start: {error}", settings.workerd.display()))?;
    if let Some(process) = child.id() {
        house.gauge.watch(process);
        folder::note(&settings.data, process);
    }
    if let Some(said) = child.stdout.take() {
        drop(tokio::spawn(repeat_all(said, Arc::clone(house))));
    }
    if let Some(said) = child.stderr.take() {
        drop(tokio::spawn(repeat_all(said, Arc::clone(house))));
    }
    Ok(child)
}

async fn end(child: &mut Child) {
    if let Some(process) = child.id().and_then(|process| i32::try_from(process).ok()) {
        let _gone = kill(Pid::from_raw(process), Signal::SIGTERM);
    }
    if tokio::time::timeout(PATIENCE, child.wait()).await.is_err() {
        say("workerd does not end by itself and is killed; nothing that was acknowledged is lost by that");
        let _gone = child.kill().await;
    }
}

/// Returns when it is to stop.
async fn told(stopped: &mut watch::Receiver<bool>) {
    // An error is the same: nobody is there to keep it for.
    let _gone = stopped.wait_for(|stop| *stop).await.map(drop);
}

async fn repeat_all(said: impl AsyncRead + Unpin, house: Arc<House>) {
    let mut lines = BufReader::new(said).split(b'\n');
    while let Ok(Some(line)) = lines.next_segment().await {
        let line = String::from_utf8_lossy(&line);
        // The addresses of a program without names tell nobody anything, and a full disk brings thousands.
        if !line.starts_with("stack: ") {
            house.health.hear(&line);
            repeat(&line);
        }
    }
}

fn in_words(ended: std::io::Result<ExitStatus>) -> String {
    ended.map_or_else(|error| error.to_string(), |status| status.to_string())
}
