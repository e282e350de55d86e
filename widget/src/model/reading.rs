//! The article that is open over the thread.

use shared::ids::ArticleId;
use shared::protocol::{Article, ArticleRef};

/// The article that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which one, and its title if it is known already.
    pub article: ArticleRef,
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
    /// An article that was asked for.
    pub fn new(article: ArticleRef) -> Self {
        Self { article, text: Text::Loading, helped: None }
    }

    /// What came for `id`; it is dropped if the visitor has opened another article or closed this one since.
    pub fn came(&mut self, id: &ArticleId, text: Text) {
        if self.article.id != *id {
            return;
        }
        if let Text::Ready(article) = &text {
            self.article.title.clone_from(&article.title);
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

    fn reference(id: &str) -> ArticleRef {
        ArticleRef { id: ArticleId::parse(id).unwrap(), title: String::new() }
    }

    fn article(id: &str) -> Article {
        let id = ArticleId::parse(id).unwrap();
        Article { id, locale: "en".into(), title: "Title".into(), url: "https://x.example".into(), blocks: Vec::new() }
    }

    #[test]
    fn an_answer_that_comes_late_does_not_replace_a_newer_article() {
        let mut reading = Reading::new(reference("b"));
        reading.came(&reference("a").id, Text::Ready(Box::new(article("a"))));
        assert_eq!(reading.text, Text::Loading);
        reading.came(&reference("b").id, Text::Ready(Box::new(article("b"))));
        assert_eq!(reading.article.title, "Title");
        assert!(reading.asks());
    }

    #[test]
    fn it_asks_once_and_only_about_what_could_be_read() {
        let mut reading = Reading::new(reference("a"));
        assert!(!reading.asks());
        reading.came(&reference("a").id, Text::Failed);
        assert!(!reading.asks());
        reading.came(&reference("a").id, Text::Ready(Box::new(article("a"))));
        reading.helped = Some(false);
        assert!(!reading.asks());
    }
}
