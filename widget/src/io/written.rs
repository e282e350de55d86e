//! Writes what travels around a command. serde writes the command itself; it would write each of these as well, with code of its
//! own for each. Identifiers have no character that JSON would have to write otherwise.

use super::json::written;
use shared::client::Pending;
use shared::ids::VisitorToken;
use shared::protocol::{Resolution, Seq, VisitorCommand};

/// Writes a `CommandRequest`.
pub(crate) fn request(have: Seq, command: &VisitorCommand) -> String {
    ["{\"have\":", &have.to_string(), ",\"command\":", &written(command), "}"].concat()
}

/// Writes a `VisitorFrame::Do`.
pub(crate) fn frame(command: &VisitorCommand) -> String {
    ["{\"do\":", &written(command), "}"].concat()
}

/// Writes a `VisitorFrame::Hello`.
pub(crate) fn hello(token: &VisitorToken, have: Seq) -> String {
    ["{\"hello\":{\"token\":\"", token.as_str(), "\",\"have\":", &have.to_string(), "}}"].concat()
}

/// Writes what the outbox keeps.
pub(crate) fn pending(pending: &Pending<VisitorCommand>) -> String {
    let (at, command) = (pending.at.to_string(), written(&pending.command));
    ["{\"conversation\":\"", pending.conversation.as_str(), "\",\"at\":", &at, ",\"command\":", &command, "}"].concat()
}

/// Writes a `Resolution`.
pub(crate) fn resolution(resolution: &Resolution) -> String {
    let Resolution { id, article, locale, helped } = resolution;
    let locale = written(locale);
    let helped = if *helped { "true}" } else { "false}" };
    let parts = ["{\"id\":\"", id.as_str(), "\",\"article\":\"", article.as_str(), "\",\"locale\":", &locale];
    [&parts.concat(), ",\"helped\":", helped].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::conversation;
    use shared::ids::{ArticleId, EventId};
    use shared::protocol::{CommandRequest, Context, VisitorAction, VisitorFrame};

    #[test]
    fn what_is_written_is_what_serde_writes() {
        let id = EventId::parse("a-_9").unwrap();
        let text = String::from("\"quoted\\\"\n");
        let actions = [
            VisitorAction::Say { text: text.clone(), context: Context::default() },
            VisitorAction::Read { up_to: u32::MAX },
        ];
        for action in actions {
            let command = VisitorCommand { id: id.clone(), action };
            let kept = Pending::new(conversation('a'), u64::MAX, command.clone());
            assert_eq!(pending(&kept), written(&kept));
            assert_eq!(frame(&command), written(&VisitorFrame::Do(command.clone())));
            assert_eq!(request(7, &command), written(&CommandRequest { have: 7, command }));
        }
        for token in ["a".repeat(43), ["e30", "e30", "c2ln"].join(".")] {
            let token = VisitorToken::parse(&token).unwrap();
            assert_eq!(hello(&token, 3), written(&VisitorFrame::Hello { token: token.clone(), have: 3 }));
        }
        for helped in [true, false] {
            let article = ArticleId::parse("a-b").unwrap();
            let said = Resolution { id: id.clone(), article, locale: text.clone(), helped };
            assert_eq!(resolution(&said), written(&said));
        }
    }
}
