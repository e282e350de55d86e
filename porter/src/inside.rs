//! Connections to workerd, within the machine.

use crate::house::House;
use crate::settings::ADDRESS_BINDING;
use http_body_util::Empty;
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1::handshake;
use hyper::header::HOST;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::net::UnixStream;

/// The header in which the visitor's address is told to the worker, as the binding names it.
pub(crate) const ADDRESS: &str = "x-beforehand-address";
/// How long workerd may take to start again while a request waits for it: it needs a fifth of a second.
const STARTS: Duration = Duration::from_secs(5);
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// A database that takes longer keeps visitors waiting.
const DATABASE_ANSWERS: Duration = Duration::from_secs(5);

/// A connection to workerd, which may just be starting.
pub(crate) async fn connect(house: &House) -> Option<UnixStream> {
    let until = tokio::time::Instant::now() + STARTS;
    loop {
        match UnixStream::connect(&house.inside).await {
            Ok(stream) => return Some(stream),
            Err(_) if tokio::time::Instant::now() >= until || house.is_stopping() => return None,
            Err(_) => tokio::time::sleep(LOOK_AGAIN).await,
        }
    }
}

/// Sends a request over a connection of its own: to open one within the machine costs less than to know whether another still holds.
pub(crate) async fn send<B>(stream: UnixStream, request: Request<B>) -> hyper::Result<Response<Incoming>>
where
    B: Body<Data = Bytes> + Send + Unpin + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    // It ends with the answer's last byte, or becomes a socket.
    drop(tokio::spawn(connection.with_upgrades()));
    sender.send_request(request).await
}

/// Asks the database of a workspace that has answered before; an error is a sentence. No workspace was asked yet where nobody came.
pub(crate) async fn asks_database(house: &House) -> Result<(), String> {
    let Some(workspace) = house.workspace.get() else { return Ok(()) };
    let asked = async {
        let stream = UnixStream::connect(&house.inside).await.ok()?;
        let (header, address) = own_address();
        let request =
            Request::get(format!("/api/w/{workspace}/setup")).header(HOST, "localhost").header(header, address);
        send(stream, request.body(Empty::<Bytes>::new()).ok()?).await.ok()
    };
    match tokio::time::timeout(DATABASE_ANSWERS, asked).await {
        Ok(Some(response)) if response.status().is_server_error() => {
            Err(format!("A workspace cannot be read (status {}). The log says why.", response.status().as_u16()))
        }
        // It has ended just now, and starts again.
        Ok(_) => Ok(()),
        Err(_late) => Err(format!("A workspace does not answer within {} seconds.", DATABASE_ANSWERS.as_secs())),
    }
}

/// The header by which the worker tells addresses apart, and what this process writes there when it asks for itself: an entry for each proxy.
fn own_address() -> (String, String) {
    /// More are a mistake.
    const MOST_PROXIES: usize = 16;
    let header = std::env::var(ADDRESS_BINDING).ok().filter(|name| !name.is_empty()).unwrap_or_else(|| ADDRESS.into());
    let proxies = std::env::var("ADDRESS_PROXIES").ok().and_then(|count| count.trim().parse().ok()).unwrap_or(1);
    (header, vec!["127.0.0.1"; proxies.min(MOST_PROXIES)].join(", "))
}
