//! Requests that the edge has taken and not answered yet. A client gives one up after a while, and so does the network of
//! one whose object has died.

use super::frames::Request;
use super::net::REQUEST_TIMEOUT;
use super::{Happening, World};
impl World {
    /// Notes a request, if somebody hears the answer.
    pub(crate) fn open_request(&mut self, request: &Request, is_heard: bool) -> u64 {
        self.requests += 1;
        let number = self.requests;
        if is_heard {
            self.open_requests.insert(number, request.clone());
            self.after(REQUEST_TIMEOUT, Happening::GivenUp(number));
        }
        number
    }

    /// The requests of an object.
    pub(crate) fn requests_of(&self, object: usize) -> Vec<u64> {
        let is_of = |request: &&u64| {
            self.open_requests.get(*request).is_some_and(|request| self.ends[request.end].object == object)
        };
        self.open_requests.keys().filter(is_of).copied().collect()
    }

    /// Nobody answers it any more.
    pub(crate) fn give_up_request(&mut self, number: u64) {
        let Some(request) = self.open_requests.remove(&number) else { return };
        if self.has(crate::Bug::AckBeforeWrite) {
            let nothing = shared::protocol::Events { events: Vec::new(), read: Default::default(), base: None };
            return self.answer(request, Some(Ok(nothing)));
        }
        self.answer(request, None);
    }
}
