//! The cells of tables.

use super::attributes::Attributes;
use crate::richtext::{Align, Cell};

/// Cells side by side or below one another that are one.
const MOST_JOINED: u32 = 100;

/// The cell that an element begins; `is_head` if it stands in the head of its table.
pub(super) fn cell(name: &str, attributes: &Attributes, is_head: bool) -> Cell {
    let joined = |name: &str| {
        let more = attributes.number(name).unwrap_or(1).clamp(1, MOST_JOINED) - 1;
        u8::try_from(more).unwrap_or_default()
    };
    let style = attributes.get("style").unwrap_or_default().replace(' ', "");
    let align = match attributes.get("align").unwrap_or_default() {
        "center" => Some(Align::Center),
        "right" => Some(Align::End),
        _ if style.contains("text-align:center") => Some(Align::Center),
        _ if style.contains("text-align:right") => Some(Align::End),
        _ => None,
    };
    let (more_columns, more_rows) = (joined("colspan"), joined("rowspan"));
    Cell { head: name == "th" || is_head, align, more_columns, more_rows, blocks: Vec::new() }
}
