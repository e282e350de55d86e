//! What a command's fields must be like.

use super::{Draft, State};
use crate::ids::EventId;
use crate::protocol::{
    ApiError, Author, Context, ErrorCode, MAX_MESSAGE_CHARS, MAX_TOLD, MAX_TOLD_NAME, MAX_TOLD_VALUE, Millis,
    Placement, What,
};

/// The longest page address and title that are kept, in characters.
const MAX_CONTEXT_TEXT: usize = 2_048;
/// More articles than a visitor is ever shown before writing.
const MAX_SHOWN: usize = 50;
/// More than an agent can read beside a conversation.
const MAX_TAGS: usize = 20;
/// A label is a word or two.
const MAX_TAG_CHARS: usize = 40;
/// Nobody plans a conversation further ahead than a year.
const MAX_SNOOZE_MS: Millis = 366 * 24 * 60 * 60 * 1_000;

/// The text of a message without the space around it.
pub(super) fn message(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if crate::client::is_blank(text) {
        return Err(ApiError::new(ErrorCode::EmptyMessage));
    }
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(ApiError::new(ErrorCode::MessageTooLong));
    }
    Ok(String::from(text))
}

/// A context event if the visitor's place has changed since the last one, and always as the first event.
pub(super) fn new_context(state: &State, id: &EventId, context: &Context) -> Result<Option<Draft>, ApiError> {
    let long = |text: &str| text.chars().count() > MAX_CONTEXT_TEXT;
    let titles_long = context.shown.iter().any(|shown| long(&shown.article.title));
    if long(&context.url)
        || long(&context.title)
        || titles_long
        || context.shown.len() > MAX_SHOWN
        || context.recent.len() > MAX_SHOWN
        || context.answers.len() > MAX_SHOWN
        || context.told.len() > MAX_TOLD
        || context
            .told
            .iter()
            .any(|told| told.name.chars().count() > MAX_TOLD_NAME || told.value.chars().count() > MAX_TOLD_VALUE)
        || !crate::locale::is_tag(&context.locale)
    {
        return Err(ApiError::with(
            ErrorCode::InvalidRequest,
            "The context has a field that is too long or not allowed. Nothing was stored.",
        ));
    }
    let changed = !state.is_open() || state.context != *context;
    Ok(changed.then(|| Draft { id: id.derived("c"), by: Author::Visitor, what: What::Context(context.clone()) }))
}

/// A placement that an agent may give.
pub(super) fn placement(place: &Placement) -> Result<(), ApiError> {
    let wrong = |tag: &String| tag.trim().is_empty() || tag.chars().count() > MAX_TAG_CHARS;
    if place.tags.len() > MAX_TAGS || place.tags.iter().any(wrong) {
        let message = "A conversation has at most 20 tags of at most 40 characters. Nothing was stored.";
        return Err(ApiError::with(ErrorCode::InvalidRequest, message));
    }
    Ok(())
}

/// A time to come.
pub(super) fn snooze_until(until: Millis, now: Millis) -> Result<(), ApiError> {
    if until <= now || until > now.saturating_add(MAX_SNOOZE_MS) {
        return Err(ApiError::new(ErrorCode::WrongTime));
    }
    Ok(())
}
