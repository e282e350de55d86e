//! What the object of a network address can be asked.

use super::draw::Draw;

calls! {
    /// Counts what comes from one network address.
    Address:
    /// Takes all of it, or refuses and says when to come back.
    Spend { draws: Vec<Draw> } -> ();
    /// Says whether it would take all of it, and takes nothing.
    Allow { draws: Vec<Draw> } -> ();
}
