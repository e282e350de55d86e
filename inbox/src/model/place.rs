//! Where the agent is, as the fragment of the page's address says it: `#/waiting` or `#/all/{conversation}`.
//!
//! Lists and conversations are plain links, so that the back button, a reload and a second tab do what people expect.

use super::lists::List;
use shared::ids::{ConversationId, WorkspaceId};

/// A list, and the conversation that is open beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// The list.
    pub(crate) list: List,
    /// The open conversation.
    pub(crate) open: Option<ConversationId>,
}

impl Place {
    /// Reads a fragment; what cannot be read leads to the first list.
    pub(crate) fn parse(hash: &str) -> Self {
        let mut parts = hash.trim_start_matches("#/").splitn(2, '/');
        let slug = parts.next().unwrap_or_default();
        let list = List::EVERY.into_iter().find(|list| list.slug() == slug).unwrap_or_default();
        let open = parts.next().and_then(|id| ConversationId::parse(id).ok());
        Self { list, open }
    }

    /// The fragment of this place.
    pub(crate) fn hash(&self) -> String {
        let mut hash = String::from("#/");
        hash.push_str(self.list.slug());
        if let Some(id) = &self.open {
            hash.push('/');
            hash.push_str(id.as_str());
        }
        hash
    }

    /// The fragment of a list with nothing open.
    pub(crate) fn of_list(list: List) -> String {
        Self { list, open: None }.hash()
    }

    /// The fragment of a conversation in this place's list.
    pub(crate) fn of(&self, id: &ConversationId) -> String {
        Self { list: self.list, open: Some(id.clone()) }.hash()
    }
}

/// The workspace that the page's query names.
pub(crate) fn workspace(search: &str) -> Option<WorkspaceId> {
    parameter(search.trim_start_matches('?'), "workspace").and_then(|text| WorkspaceId::parse(text).ok())
}

/// The token of a one-time set-up link, which is in the fragment because fragments never travel to a server.
pub(crate) fn setup_token(hash: &str) -> Option<String> {
    parameter(hash.trim_start_matches('#'), "setup").filter(|token| !token.is_empty()).map(String::from)
}

fn parameter<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::conversation;

    #[test]
    fn a_place_survives_the_address() {
        for list in List::EVERY {
            for open in [None, Some(conversation('x'))] {
                let place = Place { list, open };
                assert_eq!(Place::parse(&place.hash()), place);
            }
        }
    }

    #[test]
    fn nonsense_in_the_address_leads_to_the_first_list() {
        for hash in ["", "#", "#/", "#/nowhere", "#x", "#/waiting/not-an-id", "#/waiting/../../x"] {
            assert_eq!(Place::parse(hash), Place::default(), "{hash}");
        }
    }

    #[test]
    fn the_workspace_and_the_token_are_read_and_checked() {
        assert_eq!(workspace("?a=b&workspace=demo").unwrap().as_str(), "demo");
        assert_eq!(workspace("?workspace=De%20mo"), None);
        assert_eq!(setup_token("#setup=abc_-1").as_deref(), Some("abc_-1"));
        assert_eq!(setup_token("#/waiting"), None);
        assert_eq!(setup_token("#setup="), None);
    }
}
