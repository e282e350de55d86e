//! A slow line to a server of this machine, as a phone has it. The browser's own emulation of one does not reach the requests of every frame,
//! so what slows is a process that the bytes go through.

use crate::waiting::lasting;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What goes through the line in each direction, for all connections together: 1.6 Mbit/s.
pub const BYTES_PER_SECOND: u32 = 200_000;
/// How long a byte is on its way; there and back it is 150 ms.
pub const DELAY: Duration = Duration::from_millis(75);
/// As much as goes in one piece. Connections take turns after each.
const PIECE: usize = 1_460;

/// One direction of the line: when it has sent all that it was given.
struct Way(Mutex<Instant>);

impl Way {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Instant::now())))
    }

    /// Sends a number of bytes behind all that was given before, and says when the last of them has left.
    fn send(&self, bytes: usize) -> Instant {
        let mut free = self.0.lock().unwrap();
        *free = free.max(Instant::now()) + Duration::from_secs(1) * bytes as u32 / BYTES_PER_SECOND;
        *free
    }
}

/// Opens a port that is the far end of a line to this port. It ends with the program.
pub fn start(to: u16) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (up, down) = (Way::new(), Way::new());
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let (up, down) = (up.clone(), down.clone());
            std::thread::spawn(move || {
                let _one_of_them_has_gone = join(&client, to, up, &down);
            });
        }
    });
    port
}

fn join(client: &TcpStream, to: u16, up: Arc<Way>, down: &Way) -> std::io::Result<()> {
    // The system has answered the client at once. Over the line that takes a round trip, and nothing can be sent before.
    let connected = Instant::now() + 2 * DELAY;
    let server = TcpStream::connect(("127.0.0.1", to))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_server) = (client.try_clone()?, server.try_clone()?);
    std::thread::spawn(move || {
        until(connected);
        carry(from_client, to_server, &up);
    });
    carry(server, client.try_clone()?, down);
    Ok(())
}

/// Carries all that comes from one to the other. A piece is taken only when the one before it has left, so what waits is held back at its
/// sender, as on a real line, and no connection takes the line for itself.
fn carry(mut from: TcpStream, to: TcpStream, way: &Way) {
    let (travelling, arriving) = channel();
    let out = to.try_clone();
    let arrivals = std::thread::spawn(move || arrive(&arriving, to));
    let mut piece = [0; PIECE];
    while let Ok(count) = from.read(&mut piece)
        && count > 0
    {
        let sent = way.send(count);
        until(sent);
        if travelling.send((sent + DELAY, piece[..count].to_vec())).is_err() {
            break;
        }
    }
    drop(travelling);
    let _ = arrivals.join();
    if let Ok(out) = out {
        let _it_has_gone = out.shutdown(Shutdown::Write);
    }
}

fn arrive(pieces: &Receiver<(Instant, Vec<u8>)>, mut to: TcpStream) {
    for (at, piece) in pieces {
        until(at);
        if to.write_all(&piece).is_err() {
            return;
        }
    }
}

fn until(moment: Instant) {
    lasting(moment.saturating_duration_since(Instant::now()));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that gives each connection this number of bytes for one.
    fn giving(bytes: usize) -> u16 {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for mut client in listener.incoming().flatten() {
                std::thread::spawn(move || {
                    client.read_exact(&mut [0]).unwrap();
                    client.write_all(&vec![7; bytes]).unwrap();
                });
            }
        });
        port
    }

    #[test]
    fn connections_share_one_slow_line() {
        let bytes = 20_000;
        let port = start(giving(bytes));
        let begun = Instant::now();
        let takes = [0; 2].map(|_| {
            std::thread::spawn(move || {
                let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
                server.write_all(&[1]).unwrap();
                let mut given = Vec::new();
                server.read_to_end(&mut given).unwrap();
                given
            })
        });
        for take in takes {
            assert_eq!(take.join().unwrap(), vec![7; bytes]);
        }
        // The connection, the question and the answer, and what both are given.
        let least = 4 * DELAY + Duration::from_secs(1) * 2 * bytes as u32 / BYTES_PER_SECOND;
        let taken = begun.elapsed();
        assert!(taken >= least && taken < 4 * least, "{taken:?}, not {least:?}");
    }
}
