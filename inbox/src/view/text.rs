//! Texts of other people, drawn as text.

use crate::model::contacts::{Contact, contacts};
use crate::model::picker::runs;
use leptos::either::Either;
use leptos::prelude::*;
use shared::client::{Piece, pieces};

/// What links of visitors' texts must not give away or gain.
pub(super) const LINK_REL: &str = "noopener noreferrer nofollow";

/// A text with its web addresses and mail addresses as links.
pub(super) fn linked(text: &str) -> impl IntoView + use<> {
    let piece = |piece| match piece {
        Piece::Text(text) => Either::Left(contacts(text).into_iter().map(contact).collect_view()),
        Piece::Link(url) => Either::Right(outward(url.into(), url.into())),
    };
    pieces(text).into_iter().map(piece).collect_view()
}

fn contact(contact: Contact<'_>) -> impl IntoView + use<> {
    match contact {
        Contact::Text(text) => Either::Left(String::from(text)),
        Contact::Page(page) => Either::Right(outward(["https://", page].concat(), page.into())),
        Contact::Mail(mail) => Either::Right(outward(["mailto:", mail].concat(), mail.into())),
    }
}

/// A link that leaves the inbox. `url` must have passed `shared::client::is_page`, or be made of a contact.
pub(super) fn outward(url: String, text: String) -> impl IntoView {
    view! { <a href=url target="_blank" rel=LINK_REL>{text}</a> }
}

/// A label with the matched letters marked.
pub(super) fn marked(label: &str, marks: &[usize]) -> impl IntoView + use<> {
    let run = |(is_marked, run): (bool, String)| {
        if is_marked { Either::Left(view! { <mark>{run}</mark> }) } else { Either::Right(run) }
    };
    runs(label, marks).into_iter().map(run).collect_view()
}
