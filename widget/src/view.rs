//! What is on the screen. Views follow what is live and call what the visitor can do; they decide nothing.

mod composer;
mod desk;
pub(crate) mod element;
pub(crate) mod face;
mod header;
mod home;
mod suggestions;

pub use composer::composer;
pub use element::El;
pub use suggestions::suggestions;

use crate::panel::{More, Panel, Screen, Start};
use element::{Key, el};

impl Key for Screen {
    fn code(self) -> u8 {
        match self {
            Screen::Home => 0,
            Screen::Sections => 1,
            Screen::Thread => 2,
        }
    }

    fn of(code: u8) -> Self {
        match code {
            0 => Screen::Home,
            1 => Screen::Sections,
            _ => Screen::Thread,
        }
    }
}

/// The whole panel: the bar, and below it everything else.
pub fn app(panel: Panel) -> [El; 2] {
    let covered = move || panel.reading.with(Option::is_some);
    let under = el("div")
        .class("stage-under")
        // What lies under an open article is out of reach, for the keyboard and for screen readers too.
        .live_flag("inert", covered)
        .swap(
            move || Some(panel.screen.get()),
            move |screen| match screen {
                Screen::Home => home::home(panel),
                Screen::Sections => of_second(panel, |more| more.sections),
                Screen::Thread => of_second(panel, |more| more.thread),
            },
        );
    let stage = el("div")
        .class("stage")
        .child(under)
        .swap(move || covered().then_some(()), move |()| of_second(panel, |more| more.article));
    let announcer = el("p").class("unseen").attr("role", "status").live_text(move || panel.spoken.get());
    let main = el("main").child(stage).child(notice(panel)).child(desk::desk(panel)).child(announcer);
    [header::header(panel), main]
}

/// What the second module shows; that it is to be shown came from there.
fn of_second(panel: Panel, which: fn(&'static More) -> fn(Panel) -> El) -> El {
    panel.more().map_or_else(|| el("div"), |more| which(more)(panel))
}

/// A button.
pub(crate) fn button(class: &str, press: impl Fn() + 'static) -> El {
    el("button").attr("type", "button").class(class).on("click", move |_| press())
}

/// A button with words on it.
pub(crate) fn text_button(panel: Panel, class: &str, word: &'static str, press: impl Fn() + 'static) -> El {
    button(class, press).live_text(panel.t(word))
}

/// A button with an icon on it, which has its words for a name.
pub(crate) fn icon_button(panel: Panel, class: &str, word: &'static str, press: impl Fn() + 'static) -> El {
    let name = move || Some(panel.t(word)());
    button(class, press).live_attr("aria-label", name).live_attr("title", name)
}

/// Text that only screen readers get.
pub(crate) fn unseen(panel: Panel, word: &'static str) -> El {
    el("span").class("unseen").live_text(panel.t(word))
}

/// Words of the panel inside of an article, which may be in another language.
pub(crate) fn own_language(panel: Panel, words: El) -> El {
    let of = move || panel.tongue.get();
    words
        .live_attr("lang", move || Some(of()))
        .live_attr("dir", move || Some(String::from(shared::locale::direction(&of()))))
}

/// A link that leaves the panel: into a tab of its own, which cannot reach back.
pub(crate) fn link(address: &str) -> El {
    el("a").attr("href", address).attr("target", "_blank").attr("rel", "noopener noreferrer")
}

/// What is wrong, if anything is, and what can be done.
fn notice(panel: Panel) -> El {
    const FAILED: u8 = 0;
    // A visitor cannot do two things at once: the first of these that is so is told.
    let problem = move || {
        let all = [
            (FAILED, panel.start.get() == Start::Failed),
            (1, panel.expired.get()),
            (2, panel.offline.get()),
            (3, panel.forgetful.get()),
            (4, panel.erased.get()),
        ];
        all.into_iter().find(|(_, is_so)| *is_so).map(|(number, _)| number)
    };
    // It is there while empty, or its words would not be said when they come.
    el("div").attr("role", "status").swap(problem, move |number| {
        let line = el("p").class("notice");
        match number {
            FAILED => {
                line.live_text(panel.t("boot_failed")).child(text_button(panel, "link", "retry", move || panel.boot()))
            }
            1 => line.live_text(panel.t("sign_in_again")),
            2 => line.live_text(panel.t("offline")),
            3 => line.live_text(panel.t("not_kept")),
            _ => line.live_text(panel.t("erased")),
        }
    })
}
