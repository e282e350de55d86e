//! The second module: what a visitor needs after the first answer. Reading articles, sending, following a conversation, and the views of
//! all that. It comes when the first one can show suggestions, so that nobody waits for it before.
//!
//! **Invariant:** the first module reaches it through the table alone. All else in here is visible in here only, so that the linker can take it apart.

mod address;
mod deliver;
mod follow;
mod form;
mod hear;
mod identity;
mod menu;
mod others;
mod people;
mod preview;
mod read;
mod say;
mod sections;
mod surroundings;
mod survey;
mod tell;
mod told;
mod view;
mod visit;

use crate::panel::{More, Panel};
use std::pin::Pin;

static MORE: More = More {
    begin: Panel::begin_more,
    go_on: Panel::go_on_with_threads,
    check: Panel::check,
    back_again: Panel::back_within_reach,
    shown: Panel::came_on_screen,
    typed: Panel::tell_typing,
    renewed: Panel::renewed,
    hears: Panel::hear_more,
    send: Panel::say,
    ask_person: Panel::bring_in_person,
    back: Panel::go_back,
    close_article: Panel::close_article,
    open: Panel::open,
    browse: Panel::show_sections,
    thread: view::thread::thread,
    article: view::article::article,
    toggle_menu: Panel::turn_menu,
    menu: view::menu::menu,
    sections: view::sections::sections,
    recent: view::recent::recent,
};

/// Brings the second module; none if it did not come.
pub fn bring() -> Pin<Box<dyn Future<Output = Option<&'static More>>>> {
    Box::pin(split::bring())
}

/// The two modules are compiled as one, and `wasm_split_cli` takes them apart by these names.
#[cfg(two_modules)]
mod split {
    use super::{MORE, More};
    use crate::io::second;

    #[expect(improper_ctypes, reason = "both modules are compiled as one")]
    #[link(wasm_import_module = "__wasm_split_placeholder__")]
    #[expect(unsafe_code, reason = "a function of the other module is another module's")]
    unsafe extern "C" {
        safe fn __wasm_split_00more00_import_00000000000000000000000000000001_more() -> &'static More;
    }

    #[expect(unsafe_code, reason = "it is found by its name")]
    #[unsafe(no_mangle)]
    extern "C" fn __wasm_split_00more00_export_00000000000000000000000000000001_more() -> &'static More {
        &MORE
    }

    pub(super) async fn bring() -> Option<&'static More> {
        second::fetched().await.then(|| __wasm_split_00more00_import_00000000000000000000000000000001_more())
    }
}

/// All is in one module.
#[cfg(not(two_modules))]
mod split {
    use super::{MORE, More};

    pub(super) async fn bring() -> Option<&'static More> {
        Some(&MORE)
    }
}
