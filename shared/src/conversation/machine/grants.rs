//! What a visitor may still say. The visitor's object and the address's count; a conversation asks them for several messages
//! at once, so that most messages ask nobody.

use super::flights::Errand;
use super::others::{Denied, Lost};
use super::work::{Step, Work};
use super::{Feed, Machine, Tuning, begun};
use crate::conversation::store::{Held, Meta, Mirror, Store, Write};
use crate::protocol::{ApiError, ErrorCode, Millis};

/// What is paid for. It can be used once both have paid.
#[derive(Debug, Clone, Default)]
pub(super) struct Grants {
    /// How many messages are left; as it is stored, if none.
    left: Option<u32>,
    /// How many more the visitor's object has given.
    visitor_paid: u32,
    /// How many more the address's object has given.
    address_paid: u32,
    /// The address for which more are to be asked for before they are needed.
    ahead: Option<String>,
}

impl Grants {
    /// A conversation begins: the address has given the first grant with it.
    pub(super) fn begin(&mut self, tuning: &Tuning) {
        *self = Self { left: Some(tuning.included), address_paid: tuning.grant, ..Self::default() };
    }

    pub(super) fn left(&self, meta: &Meta) -> u32 {
        self.left.unwrap_or(meta.granted)
    }
}

impl<F: Feed> Machine<F> {
    /// Takes one message from the grant, and remembers to ask for more when the grant is nearly used up.
    pub(super) fn spend(&mut self, meta: &Meta, from: &str) -> Result<(), ApiError> {
        let left = self.grants.left(meta).checked_sub(1).ok_or_else(|| ApiError::new(ErrorCode::Internal))?;
        self.grants.left = Some(left);
        if left == self.tuning.ahead {
            self.grants.ahead = Some(String::from(from));
        }
        Ok(())
    }

    pub(super) fn draw_for_message<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        from: &str,
        now: Millis,
    ) -> Result<Step<F>, S::Error> {
        self.require_lasting(now)?;
        let meta = begun(store)?;
        if self.grants.left(&meta) > 0 { Ok(Step::Done) } else { self.draw(store, from, now) }
    }

    /// Asks once for the next grant before a message has to wait for it. If there is none, the message that needs it asks again.
    pub(super) fn draw_ahead<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        now: Millis,
    ) -> Result<Option<Step<F>>, S::Error> {
        if self.flights.has(&Errand::Draw, now) {
            return Ok(None);
        }
        let Some(from) = self.grants.ahead.clone() else { return Ok(None) };
        self.draw(store, &from, now).map(Some)
    }

    /// The visitor first: one who writes too much takes nothing from their neighbours. Once, however often the address refuses
    /// then. The address is asked for twice as much, every second time: to wake an object and have it write costs as much as
    /// six messages.
    fn draw<S: Store<Feed = F>>(&mut self, store: &S, from: &str, now: Millis) -> Result<Step<F>, S::Error> {
        if self.flights.has(&Errand::Draw, now) {
            return Ok(Step::Wait);
        }
        let count = self.tuning.grant;
        let work = if self.grants.visitor_paid < count {
            Work::DrawOfVisitor { count, update: self.update_along(store, now)? }
        } else {
            Work::DrawOfAddress { address: String::from(from), count: count.saturating_mul(2) }
        };
        self.flights.start(Errand::Draw, 0, now);
        Ok(Step::Do(work))
    }

    pub(super) fn drawn_of_visitor<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        told: Option<u32>,
        answer: Result<Option<Held>, Denied>,
        now: Millis,
    ) -> Result<(), S::Error> {
        self.flights.land(&Errand::Draw, 0);
        // An update that cannot be noted is sent again; a payment counts all the same.
        let noted = told.map_or(Ok(()), |revision| {
            let held = answer.as_ref().ok().copied().flatten().ok_or(Lost);
            self.told(store, Mirror::Visitor, revision, held, now)
        });
        self.paid(answer.map(drop))?;
        self.grants.visitor_paid = self.grants.visitor_paid.saturating_add(self.tuning.grant);
        self.credit(store)?;
        noted
    }

    pub(super) fn drawn_of_address<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        count: u32,
        answer: Result<(), Denied>,
    ) -> Result<(), S::Error> {
        self.flights.land(&Errand::Draw, 0);
        self.paid(answer)?;
        self.grants.address_paid = self.grants.address_paid.saturating_add(count);
        self.credit(store)
    }

    /// A measurement goes on without being paid for.
    fn paid(&mut self, answer: Result<(), Denied>) -> Result<(), ApiError> {
        match answer {
            Ok(()) => Ok(()),
            Err(Denied::Refused(_)) if self.tuning.unpaced => Ok(()),
            Err(denied) => {
                self.grants.ahead = None;
                Err(match denied {
                    Denied::Refused(error) => error,
                    Denied::Lost => ApiError::new(ErrorCode::Internal),
                })
            }
        }
    }

    /// Grants what both have paid for. Stored at once: a conversation that sleeps before the next message would pay again.
    fn credit<S: Store<Feed = F>>(&mut self, store: &S) -> Result<(), S::Error> {
        let meta = begun(store)?;
        let count = self.tuning.grant;
        let both = self.grants.visitor_paid.min(self.grants.address_paid);
        if both < count {
            return Ok(());
        }
        self.grants.visitor_paid -= count;
        self.grants.address_paid -= count;
        let left = self.grants.left(&meta).saturating_add(count);
        self.grants.left = Some(left);
        self.grants.ahead = None;
        store.write(&[Write::Granted(left)])
    }
}
