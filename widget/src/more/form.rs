//! A form of the site's own: what the panel would suggest for the text in it, and the articles themselves, for the loader to show beneath it. The
//! text goes no further than here.

use crate::io::form;
use crate::io::json::Json;
use crate::io::task;
use crate::model::piece::Piece;
use crate::model::reading::Text;
use crate::model::suggestions::Suggestions;
use crate::panel::Panel;
use shared::ids::{AnswerId, ArticleId};
use shared::protocol::ArticleRef;

/// The words that stand in it.
const WORDS: [&str; 14] = [
    "suggestions",
    "answer",
    "article_loading",
    "article_failed",
    "article_gone",
    "article_open",
    "retry",
    "helped",
    "helped_yes",
    "helped_no",
    "helped_thanks",
    "callout_note",
    "callout_tip",
    "callout_warning",
];

impl Panel {
    /// Tells the loader what is found for the text in the form, from now on.
    pub(super) fn follow_form(self, host: String) {
        let mut shown = Suggestions::default();
        let loader = host.clone();
        task::follow(move || {
            let text = self.form.get();
            // An index or other answers may have come, or something was read.
            self.suggestions.with(|_| ());
            if text.is_empty() && shown.count() == 0 {
                return;
            }
            let (answers, articles) = self.find(&text, shown.answers());
            shown.found(answers, articles);
            form::tell_found(&loader, &self.locale.now(), &shown);
        });
        task::follow(move || {
            if self.form.with(|text| !text.is_empty()) {
                self.words.with(|words| form::tell_words(&host, &self.tongue.get(), words, &WORDS));
            }
        });
    }

    /// The visitor wants to read one of them, without the panel.
    pub(super) fn open_in_form(self, said: &Json) {
        let (Some(piece), Some(host)) = (piece(said), self.host()) else { return };
        self.tried.borrow_mut().opened(&piece);
        task::go(async move {
            let (text, blocks) = self.text_of(&piece).await;
            match text {
                Text::Ready(article) => form::tell_article(&host, &piece, &article, &blocks),
                Text::Gone => form::tell_no_article(&host, &piece, "article_gone"),
                Text::Loading | Text::Failed => form::tell_no_article(&host, &piece, "article_failed"),
            }
        });
    }

    /// The visitor says whether one of them answered the question.
    pub(super) fn helped_in_form(self, said: &Json) {
        if let Some(piece) = piece(said) {
            let helped = said.get("helped").is_true();
            self.tried.borrow_mut().said(&piece, helped);
            self.report(&piece, helped);
        }
    }
}

/// The article or answer that a message names.
fn piece(said: &Json) -> Option<Piece> {
    let id = said.get("id").words();
    if said.get("answer").is_true() {
        return AnswerId::parse(&id).ok().map(Piece::Answer);
    }
    Some(Piece::Article(ArticleRef { id: ArticleId::parse(&id).ok()?, title: String::new() }))
}
