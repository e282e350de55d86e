//! The article or answer that is open over the thread.

use super::article::Article;
use super::piece::Piece;

/// The article or answer that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which one.
    pub about: Piece,
    /// The place in it to which the visitor wants; empty for its beginning.
    pub at: String,
    /// How far it is to be scrolled down, in pixels, once its text is there.
    pub top: i32,
    /// Its text, or why there is none.
    pub text: Text,
    /// What the visitor said to "Did that answer your question?".
    pub helped: Option<bool>,
}

/// The text of the open article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// On its way.
    Loading,
    /// It did not come.
    Failed,
    /// There is no such article any more.
    Gone,
    /// Here.
    Ready(Box<Article>),
}

impl Reading {
    /// One that was asked for.
    pub fn new(about: Piece, at: String) -> Self {
        Self { about, at, top: 0, text: Text::Loading, helped: None }
    }

    /// What came.
    pub fn came(&mut self, text: Text) {
        if let (Text::Ready(article), Piece::Article(known)) = (&text, &mut self.about) {
            known.title.clone_from(&article.title);
        }
        self.text = text;
    }

    /// Whether the question at the end is to be asked: there is a text, and it was not answered.
    pub fn asks(&self) -> bool {
        self.helped.is_none() && matches!(self.text, Text::Ready(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::ArticleId;
    use shared::protocol::ArticleRef;

    fn reference(id: &str) -> Piece {
        Piece::Article(ArticleRef { id: ArticleId::parse(id).unwrap(), title: String::new() })
    }

    fn article() -> Article {
        Article { locale: "en".into(), title: "Title".into(), url: "https://x.example".into() }
    }

    #[test]
    fn what_comes_tells_the_title() {
        let mut reading = Reading::new(reference("b"), String::new());
        reading.came(Text::Ready(Box::new(article())));
        let id = ArticleId::parse("b").unwrap();
        assert_eq!(reading.about, Piece::Article(ArticleRef { id, title: "Title".into() }));
        assert!(reading.asks());
    }

    #[test]
    fn it_asks_once_and_only_about_what_could_be_read() {
        let mut reading = Reading::new(reference("a"), String::new());
        assert!(!reading.asks());
        reading.came(Text::Failed);
        assert!(!reading.asks());
        reading.came(Text::Ready(Box::new(article())));
        reading.helped = Some(false);
        assert!(!reading.asks());
    }
}
