//! What was said and what happened in the open conversation: the entries that can be seen, and some around them.

use super::entry::EntryView;
use crate::desk::{Chrome, OpenConversations, at_desk};
use crate::io::times;
use crate::lean::{at_times, live, memo, on};
use crate::model::entries::{Entry, Speaker, entries};
use crate::model::tape::{Drawn, Tape};
use crate::words::{self, t};
use leptos::prelude::*;
use leptos::{ev, html};
use shared::ids::EventId;
use wasm_bindgen::JsCast;

/// Closer to the end than about two messages, somebody reads what comes.
const NEAR_END_PX: i32 = 160;

/// A thread on the screen. Copying it copies nothing that it holds.
#[derive(Clone, Copy)]
struct Scroll {
    place: NodeRef<html::Div>,
    shown: Memo<Vec<Entry>>,
    tape: StoredValue<Tape>,
    /// The height of all of it, and of the place for it, when they were measured last.
    heights: StoredValue<(i32, i32)>,
    /// How far it is scrolled, and the height of the place for it. It changes with what is known of the heights, too.
    sight: RwSignal<(u32, u32)>,
    /// Whether the end is looked at: then new words are scrolled to.
    at_end: RwSignal<bool>,
    /// How many messages of others have come below what is looked at.
    news: RwSignal<usize>,
    drawn: Memo<Drawn>,
}

/// What was there when somebody looked last.
#[derive(PartialEq)]
struct Seen {
    first: Option<EventId>,
    count: usize,
}

impl Scroll {
    fn new(shown: Memo<Vec<Entry>>) -> Self {
        let tape = StoredValue::new(Tape::default());
        // A laptop's, until it is measured.
        let (sight, at_end) = (RwSignal::new((0, 900)), RwSignal::new(true));
        let drawn = memo(move || {
            let (top, height) = sight.get();
            let count = shown.with(Vec::len);
            tape.with_value(|tape| tape.drawn(count, top, height, at_end.get()))
        });
        let heights = StoredValue::default();
        Self { place: NodeRef::new(), shown, tape, heights, sight, at_end, news: RwSignal::new(0), drawn }
    }

    /// Somebody scrolls, or the window has another size.
    fn look(self) {
        let Some(place) = self.place.try_get_untracked().flatten() else { return };
        let left = place.scroll_height() - place.scroll_top() - place.client_height();
        // Where it has grown since it was measured, the end has moved away from who looks at it: `measure` follows.
        let has_changed = self.heights.get_value() != size(&place);
        let at_end = left < NEAR_END_PX || (has_changed && self.at_end.get_untracked());
        if at_end != self.at_end.get_untracked() {
            self.at_end.set(at_end);
        }
        if at_end && self.news.get_untracked() > 0 {
            self.news.set(0);
        }
        self.see(&place);
        if has_changed {
            request_animation_frame(move || self.measure());
        }
    }

    /// Measures what is drawn, and holds still what is read.
    fn measure(self) {
        // By the next frame another conversation may be open.
        let Some(place) = self.place.try_get_untracked().flatten() else { return };
        let Some(list) = place.query_selector("ol").ok().flatten() else { return };
        let drawn = self.drawn.get_untracked();
        let rows = list.children();
        let row = |at| rows.item(at)?.dyn_into::<web_sys::HtmlElement>().ok();
        let heights: Vec<u32> = (0..rows.length()).filter_map(row).map(|row| pixels(row.offset_height())).collect();
        // Entries that are being drawn anew are measured after that.
        if heights.len() != drawn.end - drawn.first {
            return;
        }
        let top = pixels(place.scroll_top());
        let moved =
            self.tape.try_update_value(|tape| tape.learn(drawn.first, drawn.before, &heights, top)).unwrap_or(0);
        let measured = size(&place);
        let has_changed = self.heights.try_update_value(|known| std::mem::replace(known, measured)) != Some(measured);
        if self.at_end.get_untracked() {
            // Who scrolls up a little is not taken back.
            if has_changed {
                place.set_scroll_top(place.scroll_height());
            }
        } else if moved != 0 {
            place.set_scroll_top(place.scroll_top() + moved);
        }
        self.see(&place);
    }

    /// The browser's own way to an end is a movement, which what is measured on the way would break off.
    fn press(self, event: &ev::KeyboardEvent) {
        // With another key they choose text.
        if event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "Home" => {
                if let Some(place) = self.place.get_untracked() {
                    place.set_scroll_top(0);
                }
            }
            "End" => self.go_to_end(),
            _ => return,
        }
        event.prevent_default();
    }

    fn see(self, place: &web_sys::Element) {
        let sight = (pixels(place.scroll_top()), pixels(place.client_height()));
        if sight != self.sight.get_untracked() {
            self.sight.set(sight);
        }
    }

    /// To the end, where the new words are.
    fn go_to_end(self) {
        self.news.set(0);
        self.at_end.set(true);
        if let Some(place) = self.place.get_untracked() {
            place.set_scroll_top(place.scroll_height());
            self.see(&place);
        }
    }

    /// New words are scrolled to if the end is looked at, or if they are one's own; else it is said that they are there.
    fn grow(self, before: Option<Seen>) -> Seen {
        let (seen, new, is_own) = self.shown.with(|shown| {
            let seen = Seen { first: shown.first().map(|entry| entry.id.clone()), count: shown.len() };
            // What comes before the end that was glimpsed is not new.
            let known = before.filter(|before| before.first == seen.first).map_or(shown.len(), |before| before.count);
            let new = shown.get(known..).unwrap_or_default();
            let spoken = new.iter().filter(|entry| entry.body.is_speech());
            let is_own = new.iter().any(|entry| entry.by == Speaker::Agent(None));
            (seen, spoken.count(), is_own)
        });
        if is_own {
            self.go_to_end();
        } else if !self.at_end.get_untracked() && new > 0 {
            self.news.update(|news| *news += new);
        }
        seen
    }
}

fn size(place: &web_sys::Element) -> (i32, i32) {
    (place.scroll_height(), place.client_height())
}

fn pixels(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

#[component]
pub(super) fn Log() -> impl IntoView {
    let open = at_desk::<OpenConversations>();
    let shown = memo(move || {
        open.outbox
            .with(|outbox| open.of_drawn(|id, thread| entries(id, thread, outbox, times::day)))
            .unwrap_or_default()
    });
    let loaded = memo(move || open.of_drawn(|_, _| ()).is_some());
    let scroll = Scroll::new(shown);
    Effect::new(move |before: Option<Seen>| scroll.grow(before));
    // Entries are measured when they are drawn, and the place for them when a bar comes or goes beside it.
    let chrome = at_desk::<Chrome>();
    Effect::new(move |_| {
        shown.track();
        scroll.drawn.track();
        chrome.link.track();
        chrome.done.track();
        request_animation_frame(move || scroll.measure());
    });
    let resized = window_event_listener(ev::resize, move |_| scroll.look());
    on_cleanup(move || resized.remove());
    let rows = move || {
        shown.with(|shown| {
            let Drawn { first, end, .. } = scroll.drawn.get();
            shown.get(first..end.min(shown.len())).unwrap_or_default().to_vec()
        })
    };
    let room = |px: u32| [&px.to_string(), "px"].concat();
    // Old entries that are drawn because somebody scrolls to them are no news.
    let is_live = live(move || if scroll.at_end.get() { "polite" } else { "off" });
    view! {
        <div class="conversation-log" role="log" aria-live=is_live aria-label=t("messages") tabindex="0" node_ref=scroll.place on:scroll=on(move |_| scroll.look()) on:keydown=on(move |event| scroll.press(&event))>
            {at_times(move || (!loaded.get()).then(|| view! {
                <div class="skeletons appears-late" role="status" aria-label=t("loading")>
                    <div class="skeleton is-block"><i></i></div><div class="skeleton is-block is-own"><i></i></div><div class="skeleton is-block"><i></i></div>
                </div>
            }.into_any()))}
            <ol style:padding-block-start=live(move || room(scroll.drawn.get().before)) style:padding-block-end=live(move || room(scroll.drawn.get().after))>
                <For each=rows key=|entry| entry.clone() let:entry><EntryView entry /></For>
            </ol>
        </div>
        // It is there before its words come, or they would not be said.
        <div role="status">{at_times(move || (scroll.news.get() > 0).then(|| view! {
            <div class="conversation-news"><button type="button" class="button-main" on:click=on(move |_| scroll.go_to_end())>
                {words::count("new_messages", scroll.news.get() as u64)}" ↓"
            </button></div>
        }.into_any()))}</div>
    }
}
