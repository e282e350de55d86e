//! Who else is at the conversation just now, for the agents who look at it.

use super::Conversation;
use crate::objects::sockets::VISITORS;
use shared::protocol::{Author, CompanyFrame, ConversationFrame, Me};
use std::collections::BTreeMap;

impl Conversation {
    /// Tells the agents who look that somebody writes, and the visitor that an agent does.
    pub(super) fn tell_typing(&self, by: Author) {
        if let Author::Agent { name, .. } = &by {
            self.listeners.broadcast(&self.state, VISITORS, &ConversationFrame::Typing { name: name.clone() });
        }
        self.listeners.tell_company(&self.state, &CompanyFrame::Typing(by));
    }

    /// Tells the agents who look who they are. One with several pages is told once.
    pub(super) fn tell_looking(&self) {
        let looking: BTreeMap<_, _> = self.listeners.authors(&self.state).into_iter().filter_map(agent).collect();
        let looking = looking.into_iter().map(|(id, name)| Me { id, name }).collect();
        self.listeners.tell_company(&self.state, &CompanyFrame::Looking(looking));
    }
}

fn agent(author: Author) -> Option<(shared::ids::AgentId, String)> {
    if let Author::Agent { id, name } = author { Some((id, name)) } else { None }
}
