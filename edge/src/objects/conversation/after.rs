//! What follows from a change: the assistant's look at new messages, routing, telling the lists, and the clock.

use super::Conversation;
use crate::calls::conversation::Sought;
use crate::calls::inbox::Seat;
use crate::calls::visitor::{History, Remember};
use crate::calls::workspace::{Match, Matched, Route, Routed};
use crate::calls::{self, Inbox, Visitor, Workspace, inbox, visitor};
use crate::failure::Failure;
use crate::platform::now;
use futures_util::future::{join_all, try_join};
use shared::assistant::{Rules, VisitorContext};
use shared::conversation::{Line, Meta, Output, RETRY_MS, Store, Target};
use shared::ids::AgentId;
use shared::protocol::{Millis, Placement};
use shared::routing::Assignment;

/// Which lists are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// All that lack something.
    All,
    /// Those that may not wait.
    Due,
}

/// What came of telling a list.
struct Telling {
    target: Target,
    revision: u32,
    /// Why it does not have it.
    lost: Option<Failure>,
}

/// Somebody who settles, for as long as that takes, whatever ends it.
pub(super) struct Settling<'a>(&'a Conversation);

impl<'a> Settling<'a> {
    pub(super) fn new(conversation: &'a Conversation) -> Self {
        conversation.settling.set(conversation.settling.get() + 1);
        Self(conversation)
    }

    /// Whether nobody else settles, and the conversation lasts: then this one may tell the lists.
    pub(super) fn is_alone(&self) -> bool {
        self.0.settling.get() == 1 && !self.0.ending.get()
    }
}

impl Drop for Settling<'_> {
    fn drop(&mut self) {
        self.0.settling.set(self.0.settling.get().saturating_sub(1));
        if self.0.ending.get() {
            self.0.bell.ring();
        }
    }
}

impl Conversation {
    /// What the clock makes happen. If it cannot be found out, it is tried again soon.
    pub(super) fn time_or_log(&self) {
        let outputs = self.machine.borrow_mut().handle_timeout(&self.log, now());
        match outputs {
            Ok(outputs) => self.send(outputs),
            Err(failure) => {
                failure.log();
                self.arm_or_log(now() + RETRY_MS);
            }
        }
    }

    /// When the alarm is to ring for what is left to do. If that cannot be found out, soon.
    pub(super) fn rings_next_or_soon(&self) -> Option<Millis> {
        let next = self.machine.borrow_mut().rings_next(&self.log, now());
        next.unwrap_or_else(|failure| {
            failure.log();
            Some(now() + RETRY_MS)
        })
    }

    pub(super) fn arm_or_log(&self, at: Millis) {
        if let Err(failure) = self.log.arm(at) {
            failure.log();
        }
    }

    /// What was asked for is stored already: that something after it has failed is not the caller's business. The alarm
    /// tries it again.
    pub(super) async fn settle_or_log(&self, lists: Lists) {
        if let Err(failure) = self.settle(lists).await {
            failure.log();
        }
    }

    async fn settle(&self, lists: Lists) -> Result<(), Failure> {
        if self.ending.get() {
            return Ok(());
        }
        let settling = Settling::new(self);
        let Some(meta) = self.log.meta()? else { return Ok(()) };
        let followed = self.follow_up(&meta).await;
        if self.machine.borrow_mut().state(&self.log)?.waiting_since.is_some() {
            let _known = self.agree_or_log().await;
        }
        self.tell(&settling, &meta, lists).await?;
        followed?;
        self.machine.borrow_mut().settled();
        Ok(())
    }

    async fn follow_up(&self, meta: &Meta) -> Result<(), Failure> {
        loop {
            // Bound first, so that the machine is free again while another object is asked.
            let next = self.machine.borrow_mut().owed(&self.log)?;
            match next {
                Some(Output::Search { about, text, locale, page }) => {
                    let question = Match { text, locale, page, products: self.known_products() };
                    // Both or neither: who is not to be automated is known by the visitor's object alone.
                    let looked = self.search(meta, question).await;
                    let (found, rules, visitor) = match &looked {
                        Ok((matched, History { questions, profile, .. })) => {
                            let visitor = VisitorContext::of(profile.clone(), *questions);
                            (Some(matched.found.as_slice()), matched.rules.clone(), visitor)
                        }
                        Err(_) => (None, Rules::default(), VisitorContext::default()),
                    };
                    let outputs = self.machine.borrow_mut().found(&self.log, &about, found, &rules, &visitor, now())?;
                    self.send(outputs);
                    looked?;
                }
                Some(Output::Route { about }) => {
                    let place = self.place(meta).await?;
                    let outputs = self.machine.borrow_mut().routed(&self.log, &about, place, now())?;
                    self.send(outputs);
                }
                Some(Output::Broadcast(_) | Output::Tell { .. }) | None => return Ok(()),
            }
        }
    }

    /// Searches for a message and asks what is known of its visitor, at once.
    async fn search(&self, meta: &Meta, question: Match) -> Result<(Matched, History), Failure> {
        let workspace = Workspace::of(&self.env, &meta.workspace)?;
        let (matched, history) = try_join(workspace.ask(&question), self.history(meta)).await?;
        let products = history.profile.as_ref().map(|profile| profile.products.clone()).unwrap_or_default();
        if products == question.products {
            return Ok((matched, history));
        }
        // The conversation has not heard from the site since it woke: the search goes by what the visitor's object knows.
        Ok((workspace.ask(&Match { products, ..question }).await?, history))
    }

    /// The products that the visitor uses, as the site has said here.
    fn known_products(&self) -> Vec<String> {
        self.known.borrow().as_ref().map(|said| said.profile.products.clone()).unwrap_or_default()
    }

    /// Where the conversation belongs: the workspace's rules say which team, and the inbox knows who of it has room. It lies
    /// with the escalations until then, so what is refused leaves it where somebody looks.
    async fn place(&self, meta: &Meta) -> Result<Option<Placement>, Failure> {
        let Some(routed) = self.route(meta).await? else { return Ok(None) };
        let assignee = self.seat(meta, &routed).await?;
        Ok(Some(routed.decision.placement(assignee)))
    }

    /// Looks again for somebody of the team in whose list it waits.
    pub(super) async fn seek(&self) -> Result<Sought, Failure> {
        self.require_lasting()?;
        let Some(meta) = self.log.meta()? else { return Ok(Sought::Elsewhere) };
        let waits = self.machine.borrow_mut().state(&self.log)?.waits_for_room().cloned();
        let Some(team) = waits else { return Ok(Sought::Elsewhere) };
        let Some(routed) = self.route(&meta).await?.filter(|routed| routed.decision.team.as_ref() == Some(&team))
        else {
            return Ok(Sought::Elsewhere);
        };
        if routed.decision.assign == Assignment::Queue {
            return Ok(Sought::Elsewhere);
        }
        let Some(agent) = self.seat(&meta, &routed).await? else { return Ok(Sought::Full) };
        self.require_lasting()?;
        let outputs = self.machine.borrow_mut().seated(&self.log, &team, agent, now())?;
        self.send(outputs);
        self.settle_or_log(Lists::All).await;
        Ok(Sought::Given)
    }

    /// Which team the rules say; none if they cannot be asked.
    async fn route(&self, meta: &Meta) -> Result<Option<Routed>, Failure> {
        let history = self.history(meta).await?;
        let case = self.machine.borrow_mut().case(&self.log, history.helped_by)?;
        let case = case.knowing(history.profile.unwrap_or_default(), now());
        match Workspace::of(&self.env, &meta.workspace)?.ask(Route { case: Box::new(case) }).await {
            Ok(routed) => Ok(Some(routed)),
            Err(Failure::Refused(error)) if !error.passes() => Ok(None),
            Err(broken) => Err(broken),
        }
    }

    /// Who of the team gets it; none if it waits in the list.
    async fn seat(&self, meta: &Meta, routed: &Routed) -> Result<Option<AgentId>, Failure> {
        match &routed.decision.assign {
            Assignment::Queue => Ok(None),
            assignment => {
                let (conversation, assignment) = (meta.conversation.clone(), assignment.clone());
                let seat = Seat { conversation, assignment, members: routed.members.clone() };
                Inbox::of(&self.env, &meta.workspace)?.ask(seat).await
            }
        }
    }

    /// What other conversations, and the site, tell of the visitor.
    async fn history(&self, meta: &Meta) -> Result<History, Failure> {
        let but = meta.conversation.clone();
        Visitor::of(&self.env, &meta.workspace, &meta.visitor)?.ask(Remember { but }).await
    }

    /// Tells the lists, once at a time: whoever comes while that goes on is told of by the one who is at it, or by the alarm.
    async fn tell(&self, settling: &Settling<'_>, meta: &Meta, lists: Lists) -> Result<(), Failure> {
        if !settling.is_alone() {
            return Ok(());
        }
        let mut targets = if lists == Lists::All { Target::ALL.to_vec() } else { self.due()? };
        loop {
            let tells = self.machine.borrow_mut().tells(&self.log, &targets, now())?;
            if tells.is_empty() {
                return Ok(());
            }
            let calls = tells.into_iter().filter_map(|tell| match tell {
                Output::Tell { revision, line } => Some(self.tell_of(meta, revision, line)),
                Output::Broadcast(_) | Output::Search { .. } | Output::Route { .. } => None,
            });
            let results = join_all(calls).await;
            let mut machine = self.machine.borrow_mut();
            let told: Vec<_> =
                results.iter().filter(|one| one.lost.is_none()).map(|one| (one.target, one.revision)).collect();
            machine.told(&self.log, &told)?;
            let mut lost = None;
            for one in results {
                if let Some(failure) = one.lost {
                    machine.not_told(one.target);
                    lost = Some(failure);
                }
            }
            drop(machine);
            if let Some(failure) = lost {
                // The alarm may have rung meanwhile, and been set as if they had it.
                if let Some(at) = self.rings_next_or_soon() {
                    self.arm_or_log(at);
                }
                return Err(failure);
            }
            targets = self.due()?;
        }
    }

    async fn tell_of(&self, meta: &Meta, revision: u32, line: Line) -> Telling {
        let target = line.target();
        Telling { target, revision, lost: self.send_line(meta, revision, line).await.err() }
    }

    async fn send_line(&self, meta: &Meta, revision: u32, line: Line) -> Result<(), Failure> {
        match line {
            Line::Inbox { summary, facts } => {
                let object = calls::Conversation::name_of(&meta.workspace, &meta.conversation);
                Inbox::of(&self.env, &meta.workspace)?.ask(inbox::Take { summary, facts, object }).await
            }
            Line::Visitor { thread, helped } => {
                let visitor = Visitor::of(&self.env, &meta.workspace, &meta.visitor)?;
                visitor.ask(visitor::Take { revision, thread, helped, draw: None }).await
            }
        }
    }
}
