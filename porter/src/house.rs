//! The state that all parts of the porter share.

use crate::clock::Clock;
use crate::files::Gauge;
use crate::health::Health;
use crate::known::Known;
use crate::places::Places;
use crate::proxy::Told;
use crate::settings::{ADDRESS_BINDING, Settings};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::watch;

/// Files of this process that are no visitor's: its log, its socket, the runtime's own.
const OWN_FILES: u64 = 48;
/// A visitor's connection, and the one to workerd.
const FILES_EACH: u64 = 2;
/// More connections than that are a matter for several machines.
const MOST_PLACES: u64 = 100_000;
/// How long requests that are being answered may take once it is to stop, and sockets to say goodbye.
const GOODBYE: Duration = Duration::from_secs(3);

/// The state of the house.
pub(crate) struct House {
    pub(crate) places: Arc<Places>,
    pub(crate) gauge: Gauge,
    pub(crate) known: Known,
    pub(crate) health: Health,
    pub(crate) clock: Clock,
    /// What outlives the process.
    pub(crate) data: PathBuf,
    /// A workspace that has answered: its database is asked when somebody wants to know how things are.
    pub(crate) workspace: OnceLock<String>,
    /// Where workerd listens.
    pub(crate) inside: PathBuf,
    /// Whether a proxy in front of this process writes the visitor's address; otherwise the porter does.
    pub(crate) address_is_told: bool,
    /// What was said of that proxy.
    pub(crate) told: Told,
    stopping: AtomicBool,
    busy: AtomicUsize,
    leaving: watch::Sender<u64>,
}

/// Something that is being done, until it is dropped.
pub(crate) struct Busy(Arc<House>);

impl House {
    pub(crate) fn new(settings: &Settings, limit: u64) -> Self {
        let most = (limit.saturating_sub(OWN_FILES) / FILES_EACH).clamp(8, MOST_PLACES);
        Self {
            places: Places::new(usize::try_from(most).unwrap_or(usize::MAX)),
            gauge: Gauge::new(limit),
            known: Known::default(),
            health: Health::default(),
            clock: Clock::new(&settings.data.join("objects")),
            data: settings.data.clone(),
            workspace: OnceLock::new(),
            inside: inside(settings),
            address_is_told: std::env::var_os(ADDRESS_BINDING).is_some_and(|name| !name.is_empty()),
            told: Told::default(),
            stopping: AtomicBool::new(false),
            busy: AtomicUsize::new(0),
            leaving: watch::channel(0).0,
        }
    }

    /// Whether nobody new is taken any more.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Tells each time when open sockets are to be closed.
    pub(crate) fn leaving(&self) -> watch::Receiver<u64> {
        let mut leaving = self.leaving.subscribe();
        leaving.mark_unchanged();
        leaving
    }

    /// workerd has ended: everybody with a socket to it is told to come back.
    pub(crate) fn send_away(&self) {
        self.leaving.send_modify(|times| *times += 1);
    }

    /// Something is being done.
    pub(crate) fn busy(self: &Arc<Self>) -> Busy {
        self.busy.fetch_add(1, Ordering::Relaxed);
        Busy(Arc::clone(self))
    }

    /// Takes nobody new, tells who has a socket to come back, and lets what is being answered come to its end, for a while.
    pub(crate) async fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.send_away();
        let done = async {
            while self.busy.load(Ordering::Relaxed) > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let _late = tokio::time::timeout(GOODBYE, done).await;
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A socket of the file system, which only who may enter the data folder can open. Its path may have some hundred characters.
fn inside(settings: &Settings) -> PathBuf {
    const LONGEST: usize = 90;
    let beside = settings.data.join("workerd.socket");
    if beside.as_os_str().len() <= LONGEST {
        return beside;
    }
    std::env::temp_dir().join(format!("beforehand-{}.socket", std::process::id()))
}
