//! Where the agent is, as the fragment of the page's address says it: `#/waiting`, `#/all/{conversation}` or `#/reports/28`.
//!
//! Lists, conversations and pages are plain links, so that the back button, a reload and a second tab do what people expect.

use super::lists::List;
use shared::ids::{ConversationId, WorkspaceId};

/// A page, and on the first of them a list and the conversation that is open beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// The page.
    pub(crate) page: Page,
    /// The list.
    pub(crate) list: List,
    /// The open conversation; none on any page but the first.
    pub(crate) open: Option<ConversationId>,
}

/// What the middle of the screen is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Page {
    /// The conversations.
    #[default]
    Conversations,
    /// How it goes.
    Reports(Days),
    /// Who is there.
    People,
}

/// How many days a report has; the same number before them is beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Days(u32);

/// The first part of a fragment that is longer than one word.
const TEAM: &str = "team";
const REPORTS: &str = "reports";
const PEOPLE: &str = "people";

impl Days {
    /// A week, four of them (so that both times have the same weekdays), and a quarter.
    pub(crate) const CHOICES: [Self; 3] = [Self(7), Self(28), Self(90)];

    /// The number.
    pub(crate) fn get(self) -> u32 {
        self.0
    }
}

impl Default for Days {
    fn default() -> Self {
        Self(28)
    }
}

impl Page {
    /// The fragment of this page.
    pub(crate) fn hash(self) -> String {
        match self {
            Self::Conversations => Place::default().hash(),
            Self::Reports(days) => ["#/", REPORTS, "/", &days.0.to_string()].concat(),
            Self::People => ["#/", PEOPLE].concat(),
        }
    }
}

impl Place {
    /// Reads a fragment; what cannot be read leads to the first list.
    pub(crate) fn parse(hash: &str) -> Self {
        let mut parts = hash.trim_start_matches("#/").split('/');
        let list = match (parts.next().unwrap_or_default(), &mut parts) {
            (PEOPLE, _) => return Self { page: Page::People, ..Self::default() },
            (REPORTS, rest) => return Self { page: Page::Reports(days(rest.next())), ..Self::default() },
            // A team's slug has two parts.
            (TEAM, rest) => rest.next().and_then(|id| List::parse(&[TEAM, "/", id].concat())),
            (slug, _) => List::parse(slug),
        };
        let open = parts.next().and_then(|id| ConversationId::parse(id).ok());
        Self { page: Page::Conversations, list: list.unwrap_or_default(), open }
    }

    /// The fragment of this place.
    pub(crate) fn hash(&self) -> String {
        if self.page != Page::Conversations {
            return self.page.hash();
        }
        let mut hash = String::from("#/");
        hash.push_str(&self.list.slug());
        if let Some(id) = &self.open {
            hash.push('/');
            hash.push_str(id.as_str());
        }
        hash
    }

    /// The fragment of a list with nothing open.
    pub(crate) fn of_list(list: List) -> String {
        Self { list, ..Self::default() }.hash()
    }

    /// The fragment of a conversation in this place's list.
    pub(crate) fn of(&self, id: &ConversationId) -> String {
        Self { list: self.list.clone(), open: Some(id.clone()), ..Self::default() }.hash()
    }
}

fn days(part: Option<&str>) -> Days {
    let number = part.and_then(|part| part.parse().ok());
    Days::CHOICES.into_iter().find(|days| Some(days.0) == number).unwrap_or_default()
}

/// The workspace that the page's query names.
pub(crate) fn workspace(search: &str) -> Option<WorkspaceId> {
    parameter(search.trim_start_matches('?'), "workspace").and_then(|text| WorkspaceId::parse(text).ok())
}

/// The token of a one-time set-up link, which is in the fragment because fragments never travel to a server.
pub(crate) fn setup_token(hash: &str) -> Option<String> {
    parameter(hash.trim_start_matches('#'), "setup").filter(|token| !token.is_empty()).map(String::from)
}

/// A set-up link to the page at this address, which has no fragment.
pub(crate) fn setup_link(page: &str, token: &str) -> String {
    [page, "#setup=", token].concat()
}

fn parameter<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{conversation, team};

    #[test]
    fn a_place_survives_the_address() {
        let teams = [List::Team(team("billing")), List::Team(team("eu/delivery"))];
        for list in List::BEFORE_TEAMS.into_iter().chain(teams).chain(List::AFTER_TEAMS) {
            for open in [None, Some(conversation('x'))] {
                let place = Place { list: list.clone(), open, ..Place::default() };
                assert_eq!(Place::parse(&place.hash()), place);
            }
        }
        for page in Days::CHOICES.map(Page::Reports).into_iter().chain([Page::People]) {
            let place = Place { page, ..Place::default() };
            assert_eq!(Place::parse(&page.hash()), place);
            assert_eq!(place.hash(), page.hash());
        }
    }

    #[test]
    fn nonsense_in_the_address_leads_to_the_first_list() {
        for hash in
            ["", "#", "#/", "#/nowhere", "#x", "#/waiting/not-an-id", "#/waiting/../../x", "#/team", "#/team/No Team"]
        {
            assert_eq!(Place::parse(hash), Place::default(), "{hash}");
        }
        for hash in ["#/reports", "#/reports/", "#/reports/5", "#/reports/many"] {
            assert_eq!(Place::parse(hash).page, Page::Reports(Days::default()), "{hash}");
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

    #[test]
    fn an_invitation_is_read_as_the_first_link_is() {
        let link = setup_link("https://help.example/inbox?workspace=demo", "abc_-1");
        assert_eq!(link, "https://help.example/inbox?workspace=demo#setup=abc_-1");
        let (_, hash) = link.split_once('#').unwrap();
        assert_eq!(setup_token(hash).as_deref(), Some("abc_-1"));
    }
}
