//! The visitor's proof, as it runs out and comes anew.

use crate::io::host;
use crate::panel::Panel;
use shared::client::{Progress, Transcript};
use shared::ids::{ConversationId, EventId};
use shared::protocol::{ApiError, ErrorCode};

impl Panel {
    /// Goes on where the old token has ended: what was refused for it is sent, and the thread is live again.
    pub(super) fn renewed(self) {
        self.expired.set(false);
        self.visit();
        let is_of_token = |progress: &Progress| matches!(progress, Progress::Refused(error) if is_of_identity(error));
        let refused: Vec<EventId> = self.outbox.peek(|outbox| {
            let refused = outbox.pending().iter().filter(|pending| is_of_token(&pending.progress));
            refused.map(|pending| pending.command.id.clone()).collect()
        });
        for id in refused {
            self.outbox.change(|outbox| outbox.retry(&id));
        }
        self.hurry();
        if let Some(id) = self.log.peek(|log| log.as_ref().map(Transcript::id).cloned()) {
            self.fetch(id);
        }
    }

    /// The edge does not take the visitor's proof any more. The thread stays readable, and the text that is written is kept. The
    /// host page hears of it, since it alone can sign another one.
    pub(super) fn sign_in_again(self, error: &ApiError) {
        self.leave();
        if !self.expired.now() {
            self.expired.set(true);
            if let Some(host) = self.host() {
                host::tell_error(&host, &error.code.name());
            }
        }
    }

    /// The edge refuses a thread for good.
    pub(super) fn turned_away(self, conversation: &ConversationId, error: &ApiError) {
        if is_of_identity(error) {
            self.sign_in_again(error);
        } else {
            self.leave();
            self.lost_thread(conversation);
        }
    }
}

/// Whether a refusal is for the visitor's proof.
pub(super) fn is_of_identity(error: &ApiError) -> bool {
    matches!(error.code, ErrorCode::IdentityExpired | ErrorCode::WrongToken | ErrorCode::NotSignedIn)
}
