//! Which panel this is: read from the address of its page.

use shared::client::kept_as;
use shared::ids::WorkspaceId;

/// What the address of the panel's page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The workspace; none if the address has no valid one.
    pub workspace: Option<WorkspaceId>,
    /// The origin of the page that holds the panel; none when the panel stands alone.
    pub host: Option<String>,
    /// The language that is asked for.
    pub locale: String,
    /// The name that tells apart the person for whom the site has signed an identity; none for an anonymous user of this
    /// browser.
    pub person: String,
}

impl Place {
    /// Reads the parameters of the address; what has no valid shape is as if it were not there.
    pub fn new(workspace: Option<&str>, host: Option<&str>, locale: Option<&str>) -> Self {
        Self {
            workspace: workspace.and_then(|name| WorkspaceId::parse(name).ok()),
            host: host.filter(|origin| is_origin(origin)).map(String::from),
            locale: locale.and_then(tag_of).unwrap_or_else(|| String::from("en")),
            person: String::new(),
        }
    }

    /// The address of a door of the workspace.
    pub fn door(&self, path: &str) -> String {
        let workspace = self.workspace.as_ref().map_or("", WorkspaceId::as_str);
        ["/api/w/", workspace, path].concat()
    }

    /// The name under which something is kept in this browser for this workspace and person.
    pub fn key(&self, name: &str) -> String {
        kept_as(self.workspace.as_ref(), &self.person, name)
    }
}

/// The language that a page names, as far as it is a tag, in the form that browsers read. None if it is none.
pub(crate) fn tag_of(text: &str) -> Option<String> {
    // By hand: a library's way to replace letters would travel to every visitor.
    let hyphened = |tag: &str| tag.chars().map(|letter| if letter == '_' { '-' } else { letter }).collect();
    shared::locale::tag_of(text).map(hyphened)
}

/// The language in which dates are written and of which the edge is asked: as the visitor wants it, with region and script, where
/// the panel speaks that language in another region.
pub(crate) fn nearer(wanted: &str, spoken: String) -> String {
    let languages = [wanted, &spoken].map(|tag| tag.as_bytes().split(|byte| *byte == b'-').next());
    let is_same = matches!(&languages, [Some(wanted), Some(spoken)] if wanted.eq_ignore_ascii_case(spoken));
    if is_same { String::from(wanted) } else { spoken }
}

/// A scheme and a host, and nothing after it: `postMessage` would take `*`, which must never come through here.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', '?', '#', '@', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_origin_is_a_host() {
        for (host, valid) in [
            ("https://shop.example", true),
            ("http://localhost:8787", true),
            ("*", false),
            ("null", false),
            ("https://", false),
            ("https://shop.example/", false),
            ("https://a@shop.example", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(Place::new(Some("demo"), Some(host), None).host.is_some(), valid, "{host}");
        }
    }

    #[test]
    fn dates_are_written_as_in_the_region_of_the_visitor() {
        for (wanted, spoken, expected) in
            [("en-GB", "en", "en-GB"), ("pt", "pt-BR", "pt"), ("zh-TW", "zh-Hant", "zh-TW"), ("de-CH", "en", "en")]
        {
            assert_eq!(nearer(wanted, spoken.into()), expected, "{wanted}");
        }
    }

    #[test]
    fn what_has_no_valid_shape_is_not_there() {
        let place = Place::new(Some("De mo"), None, Some("<x>"));
        assert_eq!((place.workspace, place.locale.as_str()), (None, "en"));
        let place = Place::new(Some("demo"), None, Some("tr-TR"));
        assert_eq!(
            (place.door("/boot").as_str(), place.key("draft").as_str()),
            ("/api/w/demo/boot", "beforehand:demo:draft")
        );
        assert_eq!(place.locale, "tr-TR");
        assert_eq!(Place::new(None, None, Some("de_DE.UTF-8")).locale, "de", "as far as it is a tag");
        assert_eq!(Place::new(None, None, Some("zh_Hant_TW")).locale, "zh-Hant-TW");
        let place = Place { person: "somebody:".into(), ..place };
        assert_eq!(place.key("draft"), "beforehand:demo:somebody:draft", "nobody else's");
    }
}
