//! Passing on what the site says of the visitor, when it says something new. A thread may live for years, and a trial ends.

use super::flights::Errand;
use super::others::{Lost, SiteProfile};
use super::work::{Step, Work};
use super::{Feed, Machine};
use crate::protocol::Millis;

#[derive(Debug, Clone, Default)]
pub(super) struct Introductions {
    /// What the visitor's object was told last.
    pub(super) known: Option<SiteProfile>,
    /// What it is still to be told.
    news: Option<SiteProfile>,
}

impl Introductions {
    /// The products that the visitor uses, as far as it is known here.
    pub(super) fn products(&self) -> Vec<String> {
        self.known.as_ref().map(|known| known.profile.products.clone()).unwrap_or_default()
    }

    pub(super) fn hear(&mut self, introduction: SiteProfile) {
        let is_old = |known: &SiteProfile| *known == introduction || introduction.until < known.until;
        if !self.known.as_ref().is_some_and(is_old) {
            self.news = Some(introduction);
        }
    }
}

impl<F: Feed> Machine<F> {
    pub(super) fn introduce(&mut self, now: Millis) -> Step<F> {
        let Some(news) = self.introductions.news.clone() else { return Step::Done };
        if self.flights.has(&Errand::Introduce, now) {
            return Step::Wait;
        }
        self.flights.start(Errand::Introduce, 0, now);
        Step::Do(Work::Introduce(news))
    }

    /// Should it have failed, what the visitor's object knew before does for once.
    pub(super) fn introduced(&mut self, introduction: SiteProfile, answer: Result<(), Lost>) {
        self.flights.land(&Errand::Introduce, 0);
        self.introductions.news.take_if(|news| *news == introduction);
        if answer.is_ok() {
            self.introductions.known = Some(introduction);
        }
    }
}
