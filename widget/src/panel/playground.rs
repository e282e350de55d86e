//! For developers: why the suggestions above the composer are what they are. Nothing that is shipped calls this, so it costs no
//! byte; with the feature `playground` the console tells it for each letter.

use super::Panel;
use shared::assistant::{Answers, Typing, TypingAnswers, TypingTrace, WhyNot, explain_typing};
use shared::protocol::HandOffReason;

impl Panel {
    /// Why the text as it is has the suggestions that the next search gives it, or none.
    pub fn explain(self) -> TypingTrace {
        let (left_out, page, products) = (self.tried.borrow().left_out(), self.page.borrow(), self.products.borrow());
        let because = |id: String| {
            let is_in_vain = self.tried.borrow().answers_in_vain().iter().any(|in_vain| in_vain.as_str() == id);
            (id, if is_in_vain { WhyNot::Dismissed } else { WhyNot::Given })
        };
        let answers_left_out: Vec<(String, WhyNot)> = self.answers_left_out().into_iter().map(because).collect();
        let known = self.answers.borrow();
        self.composer.peek(|composer| {
            self.suggestions.peek(|suggestions| {
                let is_for_people = known.opened.as_ref().is_some_and(|answers| answers.is_for_people(composer.text()));
                let typing = Typing {
                    text: composer.text(),
                    page: page.path(),
                    products: &products,
                    before: suggestions.suggester(),
                    left_out: &left_out,
                    about: &[],
                    answers: TypingAnswers {
                        before: suggestions.answers(),
                        left_out: &answers_left_out,
                        people_first: is_for_people.then_some(HandOffReason::ByRule),
                    },
                };
                explain_typing(self.index.borrow().as_ref(), known.opened.as_ref().map(Answers::index), &typing)
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
