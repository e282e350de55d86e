//! Icons: strokes on a 20 by 20 grid, one family, drawn in the colour of the text around them.

use leptos::prelude::*;

/// A check mark.
pub(super) const CHECK: &str = "M4.5 10.5 8.5 14.5 15.5 6";
/// An arrow that leads back.
pub(super) const BACK: &str = "M12.5 4.5 7 10l5.5 5.5";
/// A person and a speech line: somebody waits.
pub(super) const HAND: &str =
    "M10 10.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5M3.75 17c.6-3.2 3-4.75 6.25-4.75S15.65 13.8 16.25 17";
/// An arrow that goes up: escalations.
pub(super) const RISE: &str = "M10 16.5v-12M5 9l5-5 5 5";
/// A tray: everything.
pub(super) const TRAY: &str = "M3 11.5 5.5 4h9L17 11.5V16H3zM3 11.5h4l1 2h4l1-2h4";
/// A magnifying glass.
pub(super) const FIND: &str = "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4";
/// A question mark.
pub(super) const HELP: &str = "M7.2 7.4a2.8 2.8 0 1 1 4.3 2.4c-.9.6-1.5 1.2-1.5 2.2v.4M10 15.6v.2";
/// A door and an arrow out of it.
pub(super) const OUT: &str = "M8 3.5H4v13h4M8.5 10H17M13.5 6.5 17 10l-3.5 3.5";
/// Lines beside a sheet: the context.
pub(super) const SIDE: &str = "M3.5 4h13v12h-13zM11.5 4v12M13.5 7.5h1.2M13.5 10h1.2";
/// Two people: a team.
pub(super) const TEAM: &str = "M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M2.5 16c.5-2.8 2.4-4.2 5-4.2s4.5 1.4 5 4.2M13 4.3a2.6 2.6 0 0 1 0 5M14.5 12c1.7.5 2.7 1.9 3 4";
/// An open circle: nobody's.
pub(super) const OPEN: &str = "M10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M10 7v6M7 10h6";
/// A star: one's own.
pub(super) const OWN: &str = "m10 3.5 2 4.2 4.5.6-3.3 3.1.8 4.6-4-2.2-4 2.2.8-4.6L3.5 8.3l4.5-.6z";
/// A spark: the assistant.
pub(super) const SPARK: &str = "M10 3v4M10 13v4M3 10h4M13 10h4M5.5 5.5 7 7M13 13l1.5 1.5M14.5 5.5 13 7M7 13l-1.5 1.5";
/// A clock.
pub(super) const CLOCK: &str = "M10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M10 6.5V10l2.5 2";
/// Bars: how it goes.
pub(super) const BARS: &str = "M4 16.5v-5M10 16.5v-9M16 16.5v-13";
/// Two sheets: copy.
pub(super) const COPY: &str = "M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4";
/// A cross.
pub(super) const CLOSE: &str = "m5 5 10 10M15 5 5 15";

/// Draws an icon. It is an ornament: what it means stands beside it in words.
pub(super) fn icon(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}
