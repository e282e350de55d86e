//! The choice of a language.

use crate::io::language;
use crate::lean::on;
use crate::model::language::Offered;
use crate::words::{t, tag};
use leptos::prelude::*;

/// A button for each language: the page starts anew with a choice, which a list that is being walked through by keys must
/// not do.
#[component]
pub(super) fn LanguageChoice() -> impl IntoView {
    let button = |Offered { tag: own, name, .. }: Offered| {
        let is_spoken = (own == tag()).then_some("true");
        let lang = own.clone();
        let choose = on(move |_| language::choose(&own));
        view! { <li><button type="button" class="button-bare" lang=lang aria-current=is_spoken on:click=choose>{name}</button></li> }
    };
    view! { <ul class="languages" aria-label=t("language")>{language::offered().into_iter().map(button).collect_view()}</ul> }
}
