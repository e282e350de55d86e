//! A network between people and the edge, which can be cut and can fall silent.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// How soon a connection sees that it was cut.
const LOOKS: Duration = Duration::from_millis(20);

/// The network; it ends when this is dropped.
pub(super) struct Wires {
    port: u16,
    state: Arc<State>,
}

struct State {
    to: u16,
    /// How often all was cut. A connection lives until the next time.
    cuts: AtomicU64,
    /// Nothing gets through, and nothing ends.
    silent: AtomicBool,
    over: AtomicBool,
}

impl Wires {
    pub(super) fn to(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let own = listener.local_addr().unwrap().port();
        let (cuts, silent, over) = (AtomicU64::new(0), AtomicBool::new(false), AtomicBool::new(false));
        let state = Arc::new(State { to: port, cuts, silent, over });
        let seen = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if seen.over.load(Ordering::Relaxed) {
                    return;
                }
                connect(stream, &seen);
            }
        });
        Self { port: own, state }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Ends every connection, in the midst of whatever it carries.
    pub(super) fn cut(&self) {
        self.state.cuts.fetch_add(1, Ordering::Relaxed);
    }

    /// Lets nothing through from now on, or everything again.
    pub(super) fn silence(&self, silent: bool) {
        self.state.silent.store(silent, Ordering::Relaxed);
    }
}

impl Drop for Wires {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::Relaxed);
        self.cut();
        let _woken = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn connect(client: TcpStream, state: &Arc<State>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", state.to)) else { return };
    let _quick = (client.set_nodelay(true), server.set_nodelay(true));
    let cuts = state.cuts.load(Ordering::Relaxed);
    let ends = [(&client, &server), (&server, &client)];
    for (from, to) in ends {
        let (Ok(from), Ok(to)) = (from.try_clone(), to.try_clone()) else { return };
        let state = Arc::clone(state);
        std::thread::spawn(move || carry(from, to, &state, cuts));
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, state: &State, cuts: u64) {
    let is_cut = || state.cuts.load(Ordering::Relaxed) != cuts;
    let mut part = [0; 4_096];
    let _known = from.set_read_timeout(Some(LOOKS));
    loop {
        let read = from.read(&mut part);
        while state.silent.load(Ordering::Relaxed) && !is_cut() {
            std::thread::park_timeout(LOOKS);
        }
        match read {
            _ if is_cut() => break,
            Ok(0) => {
                let _gone = to.shutdown(Shutdown::Write);
                return;
            }
            Ok(read) if to.write_all(&part[..read]).is_ok() => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Ok(_) | Err(_) => break,
        }
    }
    let _gone = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
