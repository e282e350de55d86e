//! The titles of the articles.

use super::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::ListedArticle;
use std::collections::BTreeMap;

/// The titles of the articles, as far as they were asked for.
#[derive(Clone, Copy)]
pub(crate) struct Articles {
    /// The articles by language.
    pub(crate) by_locale: RwSignal<BTreeMap<String, Vec<ListedArticle>>>,
    session: Session,
}

impl Articles {
    /// No titles yet.
    pub(super) fn new(session: Session) -> Self {
        Self { by_locale: RwSignal::default(), session }
    }

    /// Asks for the titles of the articles in a language, once.
    pub(crate) fn fetch(self, locale: String) {
        if self.by_locale.with_untracked(|articles| articles.contains_key(&locale)) {
            return;
        }
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            if let Ok(articles) = doors.articles(&locale).await {
                self.by_locale.update(|known| {
                    known.insert(locale, articles);
                });
            }
        });
    }
}
