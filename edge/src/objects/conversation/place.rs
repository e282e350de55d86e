//! Where the conversation belongs, and who of a team has room for it.

use super::Conversation;
use crate::calls::conversation::Sought;
use crate::calls::inbox::Seat;
use crate::calls::visitor::{History, Remember};
use crate::calls::workspace::{Route, Routed};
use crate::calls::{Inbox, Visitor, Workspace};
use crate::failure::Failure;
use crate::platform::now;
use shared::conversation::{Aim, Input, Meta, Store};
use shared::ids::AgentId;
use shared::protocol::Placement;
use shared::routing::{Assignment, Case};

impl Conversation {
    /// The workspace's rules say which team, and the inbox knows who of it has room. The conversation lies with the escalations
    /// until then, so what is refused leaves it where somebody looks.
    pub(super) async fn place(&self, case: Case) -> Result<Option<Placement>, Failure> {
        let meta = self.require_begun()?;
        let Some(routed) = self.route(&meta, case).await? else { return Ok(None) };
        let assignee = self.seat(&meta, &routed).await?;
        Ok(Some(routed.decision.placement(assignee)))
    }

    /// The same for what people get before the assistant answers; none if the assistant answers first.
    pub(super) async fn place_before_assistant(&self, case: Case) -> Result<Option<Placement>, Failure> {
        let meta = self.require_begun()?;
        let first = |routed: &Routed| routed.decision.before_assistant;
        let Some(routed) = self.route(&meta, case).await?.filter(first) else { return Ok(None) };
        let assignee = self.seat(&meta, &routed).await?;
        Ok(Some(routed.decision.placement(assignee)))
    }

    /// Looks again for somebody of the team in whose list it waits.
    pub(super) async fn seek(&self) -> Result<Sought, Failure> {
        let sought = self.machine.borrow_mut().seeks(&self.log, now())?;
        let Some((team, case)) = sought else { return Ok(Sought::Elsewhere) };
        let meta = self.require_begun()?;
        let routed = self.route(&meta, case).await?;
        let of_team = routed.filter(|routed| routed.decision.team.as_ref() == Some(&team));
        let Some(routed) = of_team.filter(|routed| routed.decision.assign != Assignment::Queue) else {
            return Ok(Sought::Elsewhere);
        };
        let Some(agent) = self.seat(&meta, &routed).await? else { return Ok(Sought::Full) };
        self.tell_machine(Input::Seated { team, agent })?;
        self.drive_or_log(Aim::Everything).await;
        Ok(Sought::Given)
    }

    /// The agent whose it is has gone.
    pub(super) async fn vacate(&self, agent: AgentId) -> Result<(), Failure> {
        if self.log.meta()?.is_some() {
            self.tell_machine(Input::Vacated { agent })?;
            self.drive_or_log(Aim::Everything).await;
        }
        Ok(())
    }

    /// Which team the rules say; none if they cannot be asked.
    async fn route(&self, meta: &Meta, case: Case) -> Result<Option<Routed>, Failure> {
        let history = self.history(meta).await?;
        let case = Case { helped_by: history.helped_by, ..case };
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
    pub(super) async fn history(&self, meta: &Meta) -> Result<History, Failure> {
        let but = meta.conversation.clone();
        Visitor::of(&self.env, &meta.workspace, &meta.visitor)?.ask(Remember { but }).await
    }
}
