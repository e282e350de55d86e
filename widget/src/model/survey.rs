//! When a visitor may be asked how it was.

use shared::protocol::Millis;

/// A week.
const REST_MS: Millis = 7 * 24 * 60 * 60 * 1_000;

/// Whether a conversation may be asked about, where `kept` names the one that was asked about last and when: `ID TIME`.
pub fn may_ask(kept: Option<&str>, about: &str, now: Millis) -> bool {
    let Some((last, at)) = kept.and_then(|kept| kept.split_once(' ')) else { return true };
    last == about || at.parse::<Millis>().is_ok_and(|at| now.saturating_sub(at) >= REST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_conversation_a_week_is_asked_about() {
        assert!(may_ask(None, "a", 0));
        assert!(may_ask(Some("a 5"), "a", 6), "until it is answered");
        assert!(!may_ask(Some("a 5"), "b", REST_MS));
        assert!(may_ask(Some("a 5"), "b", REST_MS + 5));
        assert!(!may_ask(Some("a x"), "b", REST_MS));
    }
}
