//! One network address: how much everybody behind it may still do. It knows nothing of who they are, and ends itself when
//! there is nothing left to remember.

use super::allowance;
use super::shell::{Object, durable};
use crate::calls::Draw;
use crate::calls::address::{self, Allow, Asked, Spend};
use crate::calls::reply::Answer;
use crate::failure::Failure;
use crate::platform::now;
use crate::tables::{Layout, Tables};
use shared::limits::Scope;
use shared::protocol::Millis;
use std::cell::Cell;
use std::time::Duration;
use worker::{Env, State, durable_object};

const LAYOUT: Layout = Layout { steps: &[&[allowance::FIRST]], mend: |_| Ok(()) };

/// The object.
#[durable_object(alarm)]
pub struct Address {
    state: State,
    tables: Tables,
    /// Whether the alarm is set.
    ends: Cell<bool>,
}

/// How long an address is remembered after its limits are full again. Most addresses come again soon, and making and deleting a
/// database costs more than all that is counted in it.
const LINGER_MS: Millis = 60 * 60 * 1_000;

durable!(Address);

impl Object for Address {
    type Class = address::Address;

    fn open(state: State, _env: Env) -> Self {
        let tables = Tables::new(state.storage(), &LAYOUT);
        Self { state, tables, ends: Cell::new(false) }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        match asked {
            Asked::Spend(Spend { draws }, reply) => reply.with(self.spend(&draws).await),
            Asked::Allow(Allow { draws }, reply) => reply.with(self.allow(&draws)),
        }
    }

    /// Ends the object, or waits for longer.
    async fn ring(&self) -> Result<(), Failure> {
        let storage = self.state.storage();
        self.ends.set(false);
        self.tables.ensure()?;
        let wait = (allowance::full_at(&storage, Scope::Address)? + LINGER_MS).saturating_sub(now());
        if wait == 0 {
            self.tables.look_again();
            storage.delete_all().await?;
        } else {
            storage.set_alarm(Duration::from_millis(wait)).await?;
        }
        Ok(())
    }
}

impl Address {
    async fn spend(&self, draws: &[Draw]) -> Result<(), Failure> {
        let storage = self.state.storage();
        self.tables.ensure()?;
        if !self.ends.get() {
            if storage.get_alarm().await?.is_none() {
                storage.set_alarm(Duration::from_millis(LINGER_MS)).await?;
            }
            self.ends.set(true);
        }
        allowance::take(&storage, Scope::Address, draws)
    }

    fn allow(&self, draws: &[Draw]) -> Result<(), Failure> {
        if self.tables.exist()? { allowance::allow(&self.state.storage(), Scope::Address, draws) } else { Ok(()) }
    }
}
