//! For developers: why the suggestions above the composer are what they are. Nothing that is shipped calls this, so it costs no
//! byte; with the feature `playground` the console tells it for each letter.

use super::Panel;
use shared::assistant::{Typing, TypingTrace, explain_typing};

impl Panel {
    /// Why the text as it is has the suggestions that the next search gives it, or none.
    pub fn explain(self) -> TypingTrace {
        let (left_out, page, products) = (self.tried.borrow().left_out(), self.page.borrow(), self.products.borrow());
        self.composer.peek(|composer| {
            self.suggestions.peek(|suggestions| {
                let typing = Typing {
                    text: composer.text(),
                    page: page.path(),
                    products: &products,
                    before: suggestions.suggester(),
                    left_out: &left_out,
                    about: &[],
                };
                explain_typing(self.index.borrow().as_ref(), &typing)
            })
        })
    }

    /// Writes it into the console.
    #[cfg(feature = "playground")]
    pub(super) fn explain_in_console(self) {
        let TypingTrace { sentence, candidates, nothing, .. } = self.explain();
        let mut lines = vec![sentence, format!("Nothing here answers it: {:.1} %.", nothing * 100.0)];
        lines.extend(candidates.into_iter().map(|one| format!("  {}: {}", one.title, one.sentence)));
        web_sys::console::log_1(&lines.join("\n").into());
    }
}
