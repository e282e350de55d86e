//! Reading articles and answers.

use crate::io::http::{self, Trouble};
use crate::io::json::Json;
use crate::io::{focus, random, task, wire, written};
use crate::model::piece::Piece;
use crate::model::reading::{Reading, Text};
use crate::panel::Panel;
use shared::ids::ArticleId;
use shared::matching::{Query, SHOWN};
use shared::protocol::{ArticleRef, ErrorCode, Resolution};

/// So likely an article has to answer the title of another one to be called like it.
const RELATED: f32 = 0.02;

impl Panel {
    /// Opens an article over what is there.
    pub(super) fn open_article(self, article: ArticleRef) {
        self.open(Piece::Article(article), String::new());
    }

    /// Opens an article or an answer, at a place in it.
    pub(super) fn open(self, piece: Piece, at: String) {
        match self.is_open() {
            Some(left) if !left.is(&piece) => self.left.borrow_mut().push((left, focus::scrolled())),
            Some(_) => {}
            None => self.left.borrow_mut().clear(),
        }
        self.read(piece, at, 0);
    }

    /// What is open.
    fn is_open(self) -> Option<Piece> {
        self.reading.peek(|reading| reading.as_ref().map(|reading| reading.about.clone()))
    }

    fn read(self, piece: Piece, at: String, top: i32) {
        self.tried.borrow_mut().opened(&piece);
        self.close_list();
        self.reading.set(Some(Reading { top, ..Reading::new(piece.clone(), at) }));
        self.load(piece);
        focus::soon(focus::ARTICLE);
    }

    /// Opens an article of which only the slug is known.
    pub(super) fn open_article_by_id(self, id: ArticleId) {
        self.open_article_at(id, String::new());
    }

    /// Opens it at a place in it.
    pub(super) fn open_article_at(self, id: ArticleId, at: String) {
        let title = self.index.borrow().as_ref().and_then(|index| index.title(id.as_str())).map(String::from);
        self.open(Piece::Article(ArticleRef { id, title: title.unwrap_or_default() }), at);
    }

    /// Loads the open article again.
    pub(super) fn reload_article(self) {
        if let Some(piece) = self.is_open() {
            self.open(piece, String::new());
        }
    }

    /// Loads the open article if it did not come before.
    pub(super) fn reload_failed_article(self) {
        if self.reading.peek(|reading| reading.as_ref().is_some_and(|reading| reading.text == Text::Failed)) {
            self.reload_article();
        }
    }

    /// Goes back to the article that has led to this one, where it was left, or else to what lies under it.
    pub(super) fn leave_article(self) {
        let before = self.left.borrow_mut().pop();
        match before {
            Some((piece, top)) => self.read(piece, String::new(), top),
            None => self.close_article(),
        }
    }

    /// Goes back to what lies under the article, with the text as it was.
    pub(super) fn close_article(self) {
        self.reading.set(None);
        self.find_likely();
        self.search();
        self.to_composer();
    }

    /// The visitor says whether the open article answered the question.
    pub(super) fn article_helped(self, helped: bool) {
        let Some(piece) = self.is_open() else { return };
        self.tried.borrow_mut().said(&piece, helped);
        self.report(&piece, helped);
        if helped {
            // The question is answered; it is not asked again by mistake.
            self.drop_draft(&self.draft());
            self.close_list();
            self.reading.change(|reading| {
                if let Some(reading) = reading {
                    reading.helped = Some(true);
                }
            });
            self.speak("helped_thanks");
            focus::soon(focus::THANKS);
        } else {
            self.reading.set(None);
            self.close_list();
            self.needs_help.set(true);
            self.speak("helped_no_next");
            focus::soon(focus::PERSON);
        }
    }

    fn load(self, piece: Piece) {
        task::go(async move {
            let (text, blocks) = self.text_of(&piece).await;
            self.reading.change(|reading| {
                if let Some(reading) = reading.as_mut().filter(|reading| reading.about.is(&piece)) {
                    reading.came(text);
                    self.blocks.replace(blocks);
                    match reading.top {
                        0 => focus::soon(reading.at.clone()),
                        top => focus::scroll_soon(top),
                    }
                }
            });
        });
    }

    /// The text of an article or an answer, with its blocks.
    pub(super) async fn text_of(self, piece: &Piece) -> (Text, Json) {
        let locale = self.locale_of(piece);
        let door = match piece {
            Piece::Article(article) => self.door(&["/articles/", &locale, "/", article.id.as_str()]),
            Piece::Answer(id) => self.door(&["/answers/", &locale, "/", id.as_str(), "?read=1"]),
        };
        match http::get(&door, self.reader().as_ref()).await {
            Ok(json) => {
                let text = wire::article(&json).map_or(Text::Failed, |article| Text::Ready(Box::new(article)));
                (text, json.get("blocks"))
            }
            Err(Trouble::Refused(error))
                if matches!(error.code, ErrorCode::UnknownArticle | ErrorCode::UnknownAnswer) =>
            {
                (Text::Gone, Json::default())
            }
            Err(_) => (Text::Failed, Json::default()),
        }
    }

    /// Articles that are like the open one: what its title finds, but for itself and what was read.
    pub(super) fn related(self) -> Vec<ArticleRef> {
        let (index, tried) = (self.index.borrow(), self.tried.borrow().excluded());
        let (Some(index), Some(Piece::Article(open))) = (index.as_ref(), self.is_open()) else { return Vec::new() };
        let query = Query { text: &open.title, exclude: &tried, limit: SHOWN, at_least: RELATED, ..Query::default() };
        let hits = index.search(&query).into_iter();
        hits.filter_map(|hit| Some(ArticleRef { id: ArticleId::parse(&hit.id).ok()?, title: hit.title })).collect()
    }

    /// The language in which a piece is asked for.
    fn locale_of(self, piece: &Piece) -> String {
        match piece {
            Piece::Article(_) => self.locale.now(),
            Piece::Answer(_) => self.locale_of_answers(),
        }
    }

    /// Counted for the site's owner. If it fails, nothing is said: the visitor has what they came for.
    pub(super) fn report(self, piece: &Piece, helped: bool) {
        let Some(id) = random::event_id() else { return };
        let resolution = Resolution { id, about: piece.solution(), locale: self.locale_of(piece), helped };
        let door = self.door(&["/resolutions"]);
        task::go(async move {
            let _ = http::post(&door, self.reader().as_ref(), written::resolution(&resolution)).await;
        });
    }
}
