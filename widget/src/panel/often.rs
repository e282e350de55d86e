//! What is asked most, where nothing was asked yet: above the composer of the first screen, as long as there is nothing of the visitor's
//! own on it.

use super::{Panel, Screen};
use crate::model::piece::Piece;
use shared::matching::{Hit, Query, SHOWN};

impl Panel {
    /// What is to be listed if nothing else is, each with whether it is an answer: what belongs to the page or to a product of the
    /// visitor's first, and nothing that they have just read.
    pub(super) fn find_often(self, read: &[String], given: &[String]) -> Vec<(bool, Hit)> {
        let mut listed = Vec::new();
        let is_beginning = self.screen.now() == Screen::Home && self.list.peek(|list| list.threads().is_empty());
        let (articles, answers, page) = (self.index.borrow(), self.answers.borrow(), self.page.borrow());
        let Some(articles) = articles
            .as_ref()
            .filter(|index| is_beginning && self.composer.peek(|composer| index.says_nothing(composer.text())))
        else {
            return listed;
        };
        let query = Query { page: page.path(), products: &self.products.borrow(), ..Query::default() };
        let mut of_page = 0;
        for piece in self.often.borrow().iter() {
            let is_answer = matches!(piece, Piece::Answer(_));
            let index = if is_answer { answers.opened.as_ref().map(|answers| answers.index()) } else { Some(articles) };
            let left_out = if is_answer { given } else { read };
            let id = piece.id();
            let hit = index.filter(|_| left_out.iter().all(|other| other != id)).and_then(|index| index.named(id));
            if let Some(hit) = hit {
                let here = articles.belongs(id, &query) && !is_answer;
                listed.insert(if here { of_page } else { listed.len() }, (is_answer, hit));
                of_page += usize::from(here);
            }
        }
        listed.truncate(SHOWN);
        listed
    }
}
