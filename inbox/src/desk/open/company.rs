//! Who else is at the open conversation, and telling them that this agent writes.

use super::OpenConversations;
use crate::io::browser;
use crate::model::company::Company;
use leptos::prelude::*;
use shared::protocol::{AgentFrame, CompanyFrame, Event, TYPING_ENDS_MS, TYPING_EVERY_MS, What};

impl OpenConversations {
    /// The edge tells who is here.
    pub(super) fn take_company(self, frame: CompanyFrame) {
        let ends = matches!(frame, CompanyFrame::Typing(_));
        self.company.update(|company| company.take(frame, browser::now()));
        if ends {
            browser::later(TYPING_ENDS_MS, move || {
                let _ = self.company.try_update(|company| company.tick(browser::now()));
            })
            .forget();
        }
    }

    /// Words have come: their author no longer writes.
    pub(super) fn company_wrote(self, events: &[Event]) {
        let said = |event: &&Event| matches!(event.what, What::Said { .. });
        if events.iter().any(|event| said(&event)) {
            self.company.update(|company| events.iter().filter(said).for_each(|event| company.wrote(&event.by)));
        }
    }

    /// Another conversation is followed: its company is not known yet.
    pub(super) fn forget_company(self) {
        self.company.set(Company::default());
    }

    /// This agent writes. The others are told now and then.
    pub(crate) fn writes(self) {
        let now = browser::now();
        let told_lately = now.checked_sub(self.told_typing.get_value()).is_some_and(|since| since < TYPING_EVERY_MS);
        let live = self.socket.get_value().filter(|(_, socket)| socket.link().is_live());
        let Some((_, socket)) = live.filter(|_| !told_lately) else { return };
        self.told_typing.set_value(now);
        socket.send(&serde_json::to_string(&AgentFrame::Typing).unwrap_or_default());
    }
}
