//! A request's body on its way in. Until it has been said to its end, its connection may give way to a newcomer: who sends slowly
//! holds no place.

use crate::places::{Doing, Place};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The body, which tells its connection's place when it has come to its end.
pub(crate) struct Said {
    body: Incoming,
    place: Arc<Place>,
}

impl Said {
    pub(crate) fn new(body: Incoming, place: Arc<Place>) -> Self {
        let said = Self { body, place };
        said.look();
        said
    }

    fn look(&self) {
        if self.body.is_end_stream() {
            self.place.is(Doing::Something);
        }
    }
}

impl Body for Said {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match polled {
            Poll::Ready(None) => self.place.is(Doing::Something),
            Poll::Ready(Some(Ok(_))) => self.look(),
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
