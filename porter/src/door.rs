//! Takes connections.

use crate::Outcome;
use crate::answers::{Body, unavailable_bytes};
use crate::house::House;
use crate::log::say;
use crate::pass;
use crate::places::{Doing, Place};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use shared::address::address_name;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;

/// How long a request's head may take. After it, how long the next one may be waited for on the same connection.
const HEAD: Duration = Duration::from_secs(10);
/// A caller that takes nothing of its answer for so long has gone, and the answer waits in memory until then.
const TAKES: Duration = Duration::from_secs(30);
/// A head of that size is none of ours: the longest has an identity of 4 kB in it.
const MAX_HEAD: usize = 32 * 1_024;
/// After a connection could not be taken; usually for want of a file.
const AGAIN: Duration = Duration::from_millis(50);
/// When one that finds no place is worth another try.
const FULL_MS: u64 = 5_000;

/// Opens the address that is to be served.
pub(crate) async fn listen(address: &str) -> Outcome<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        format!("{address} cannot be served ({error}). If another program has it, choose another one with --listen.")
    })
}

/// Takes connections for ever.
pub(crate) async fn keep(listener: TcpListener, house: Arc<House>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => match house.places.take(address(peer.ip(), &house), Instant::now()) {
                Some(place) => drop(tokio::spawn(serve(stream, peer.ip(), Arc::new(place), Arc::clone(&house)))),
                None => drop(tokio::spawn(refuse(stream))),
            },
            Err(error) => {
                say(&format!("a connection could not be taken: {error}"));
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

/// Serves one connection until it ends or gives way.
async fn serve(stream: TcpStream, peer: IpAddr, place: Arc<Place>, house: Arc<House>) {
    let _quick = stream.set_nodelay(true);
    let seat = Arc::clone(&place);
    let service = service_fn(move |request| answer(request, peer, Arc::clone(&seat), Arc::clone(&house)));
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(MAX_HEAD);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(TAKES));
    let connection = builder.serve_connection(TokioIo::new(Box::pin(stream)), service).with_upgrades();
    tokio::select! {
        // A failure of the connection is between its two ends.
        _ended = connection => {}
        () = place.given_away() => {}
    }
}

async fn answer(
    request: Request<Incoming>,
    peer: IpAddr,
    place: Arc<Place>,
    house: Arc<House>,
) -> Result<Response<Body>, Infallible> {
    let _busy = house.busy();
    let response = pass::answer(request, peer, &place, &house).await;
    if response.status() != hyper::StatusCode::SWITCHING_PROTOCOLS {
        place.is(Doing::Nothing);
    }
    Ok(response)
}

/// The address by which a connection is counted; none where all are a proxy's.
fn address(peer: IpAddr, house: &House) -> Option<String> {
    if house.address_is_told { None } else { address_name(&peer.to_string()) }
}

/// Tells a caller who finds no place when to come back. The request is read as far as it is there, because a connection that is closed
/// over something unread takes the answer with it.
async fn refuse(mut stream: TcpStream) {
    const PATIENCE: Duration = Duration::from_millis(500);
    let told = async {
        let mut asked = [0; 4_096];
        let _nothing = stream.read(&mut asked).await;
        let _gone = stream.write_all(&unavailable_bytes(FULL_MS)).await;
        let _gone = stream.shutdown().await;
    };
    let _late = tokio::time::timeout(PATIENCE, told).await;
}
