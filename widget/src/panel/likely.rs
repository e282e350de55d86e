//! What is likely to be wanted on this page, before a letter is typed: what belongs to the page or to a product of the visitor's, and what
//! has solved most here. It is found on the device, from the index and from what the edge counts.

use super::Panel;
use crate::model::likely::Likely;
use crate::model::piece::Piece;
use shared::ids::ArticleId;
use shared::matching::Query;
use shared::protocol::ArticleRef;

impl Panel {
    /// Finds it anew.
    pub(crate) fn find_likely(self) {
        let read = self.tried.borrow().excluded();
        // Somebody who comes from the help centre has looked already.
        if !self.tried.borrow().read().is_empty() {
            return self.likely.set(Likely::default());
        }
        let given = self.answers_left_out();
        let (index, answers, page) = (self.index.borrow(), self.answers.borrow(), self.page.borrow());
        let Some(index) = index.as_ref() else { return };
        let products = self.products.borrow();
        let query = Query { page: page.path(), products: &products, ..Query::default() };
        let mut likely = Likely::default();
        for piece in self.often.borrow().iter() {
            let id = piece.id();
            let is_answer = matches!(piece, Piece::Answer(_));
            let left_out = if is_answer { &given } else { &read };
            if left_out.iter().any(|other| other == id) {
                continue;
            }
            let of_answer = || answers.opened.as_ref().and_then(|answers| answers.index().named(id));
            let hit = if is_answer { of_answer() } else { index.named(id) };
            // An answer is read as it begins: it has no title.
            let title = hit.map(|hit| if is_answer { hit.snippet } else { hit.title }).unwrap_or_default();
            likely.add(piece.clone(), title, !is_answer && index.belongs(id, &query));
        }
        for (id, title) in index.of_page(&query) {
            if likely.has_room()
                && read.iter().all(|other| other != id)
                && let Ok(id) = ArticleId::parse(id)
            {
                let title = String::from(title);
                likely.add(Piece::Article(ArticleRef { id, title: title.clone() }), title, true);
            }
        }
        if self.likely.peek(|known| *known != likely) {
            self.likely.set(likely);
        }
    }
}
