//! Randomness from the browser's generator for secrets.

use shared::ids::{ConversationId, EventId, VisitorToken, base64url};

/// Any 32 bits.
pub(crate) fn number() -> u32 {
    bytes::<4>().map(u32::from_le_bytes).unwrap_or_default()
}

/// An id for something that the visitor does.
pub(crate) fn event_id() -> Option<EventId> {
    EventId::parse(&base64url(&bytes::<16>()?)).ok()
}

/// An id for a conversation.
pub(crate) fn conversation_id() -> Option<ConversationId> {
    ConversationId::parse(&base64url(&bytes::<16>()?)).ok()
}

/// A secret for a visitor.
pub(crate) fn token() -> Option<VisitorToken> {
    VisitorToken::parse(&base64url(&bytes::<32>()?)).ok()
}

fn bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    super::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
