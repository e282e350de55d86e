//! Carries a WebSocket, frame by frame, within what callers may.

use crate::frames::{Fault, Incoming, Stream};
use crate::house::House;
use crate::places::{Doing, Place};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

type End = TokioIo<Upgraded>;

/// Frames are short; what is longer comes in parts.
const PART: usize = 8 * 1_024;
/// An end that takes nothing for so long has gone.
const STUCK: Duration = Duration::from_secs(30);
/// How long a caller may take to answer the edge's goodbye.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long the other end may take to hear why it is closed.
const GOODBYE: Duration = Duration::from_millis(500);
/// Far enough away to be never.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Carries what each end says to the other until one ends, or the caller does what none may.
pub(crate) async fn carry(outside: OnUpgrade, inside: OnUpgrade, place: Arc<Place>, house: Arc<House>) {
    let _busy = house.busy();
    place.is(Doing::Nothing);
    let (Ok(outside), Ok(inside)) = (outside.await, inside.await) else { return };
    let (mut outside, mut inside) = (TokioIo::new(outside), TokioIo::new(inside));
    let mut told = Stream::default();
    let fault = tokio::select! {
        fault = both(&mut outside, &mut inside, &mut told, &place, &house) => fault,
        () = place.given_away() => Some(Fault::TooSlow),
    };
    drop(inside);
    if let Some(fault) = fault.filter(|_| told.is_between()) {
        let _late = timeout(GOODBYE, close(&mut outside, fault)).await;
    }
}

/// Carries both directions. None if an end has ended by itself.
async fn both(outside: &mut End, inside: &mut End, told: &mut Stream, place: &Place, house: &House) -> Option<Fault> {
    let mut incoming = Incoming::new(Instant::now());
    let mut leaving = house.leaving();
    if house.is_stopping() {
        return Some(Fault::Leaving);
    }
    let (mut from_outside, mut from_inside) = ([0; PART], [0; PART]);
    let mut closes = None;
    loop {
        if told.is_closed && told.is_between() && closes.is_none() {
            closes = Some(Instant::now() + FAREWELL);
        }
        let deadline = incoming.deadline().into_iter().chain(closes).min().unwrap_or_else(|| Instant::now() + NEVER);
        tokio::select! {
            read = outside.read(&mut from_outside) => {
                let part = from_outside.get(..read.ok()?).filter(|part| !part.is_empty())?;
                let greeted = incoming.has_greeted();
                if let Err(fault) = incoming.take(part, Instant::now()) {
                    return Some(fault);
                }
                if !greeted && incoming.has_greeted() {
                    place.is(Doing::Something);
                }
                timeout(STUCK, inside.write_all(part)).await.ok()?.ok()?;
            }
            read = inside.read(&mut from_inside) => {
                let part = from_inside.get(..read.ok()?).filter(|part| !part.is_empty())?;
                // Frames of the edge are as long as they are.
                told.take(part, None).ok()?;
                timeout(STUCK, outside.write_all(part)).await.ok()?.ok()?;
            }
            // The edge has said why it closes; who does not answer that is told nothing more.
            () = tokio::time::sleep_until(deadline.into()) => return closes.is_none().then_some(Fault::TooSlow),
            _ = leaving.changed() => return Some(Fault::Leaving),
        }
    }
}

/// Says why, and waits for the other end to have heard it: a connection that is closed over something unread takes that with it.
async fn close(outside: &mut End, fault: Fault) -> std::io::Result<()> {
    let [high, low] = fault.code().to_be_bytes();
    // A final close frame with a code (RFC 6455, section 5.5.1).
    outside.write_all(&[0x88, 2, high, low]).await?;
    outside.shutdown().await?;
    let mut rest = [0; PART];
    while outside.read(&mut rest).await? > 0 {}
    Ok(())
}
