//! The search over what is published: for a message that was sent, and for people who ask why it finds what it finds.

use super::kind::Kind;
use super::press::Press;
use super::readers::{self, Place};
use super::shelves::{answer, article};
use super::stored::open;
use crate::calls::library::Matched;
use crate::failure::Failure;
use crate::objects::documents::settings;
use shared::assistant::{self, AssistantCase, AssistantExplanation, Found, Library, Rules, Sought};
use shared::ids::ArticleId;
use shared::matching::{Hit, Index, page_path};
use shared::protocol::{ArticleRef, Millis};
use shared::readership::Reader;
use worker::Storage;

/// Searches the same indexes as the panel for a message that was sent: answers, then articles.
pub(super) async fn find(
    storage: &Storage,
    press: &Press,
    sought: &Sought<'_>,
    wanted: &str,
    reader: &Reader,
) -> Result<Matched, Failure> {
    let found = Opened::new(storage, press, wanted, reader).await?.find(storage, sought)?;
    let settings = settings(storage)?;
    Ok(Matched { found, rules: settings.assistant.unwrap_or_default() })
}

/// Why the panel and the assistant say what they say about a sample, or nothing.
pub(super) async fn explain(
    storage: &Storage,
    press: &Press,
    case: &AssistantCase,
    now: Millis,
) -> Result<AssistantExplanation, Failure> {
    let reader = Reader::of(case.visitor.audience.iter().cloned());
    let opened = Opened::new(storage, press, &case.locale, &reader).await?;
    let sought = Sought { text: &case.text, page: page_path(&case.page), products: &case.visitor.products };
    let found = opened.find(storage, &sought)?;
    let rules: Rules = settings(storage)?.assistant.unwrap_or_default();
    Ok(assistant::explain(case, &opened.library(), &found, &rules, now))
}

/// What is published in one language, ready to be searched.
struct Opened {
    locale: String,
    /// Answers may be in a nearer language than articles.
    answers_locale: String,
    reader: Reader,
    articles: Option<Index<Vec<u8>>>,
    answers: Option<Index<Vec<u8>>>,
}

impl Opened {
    /// Opens what a reader may find in the language that serves `wanted` best.
    async fn new(storage: &Storage, press: &Press, wanted: &str, reader: &Reader) -> Result<Self, Failure> {
        let Place { locale, reader: here } = readers::place(storage, wanted, reader)?;
        readers::ensure(storage, press, &locale, &here).await?;
        let articles = open(storage, &locale, Kind::Articles, &here)?;
        let answers_locale = readers::place_of_answers(storage, wanted, &locale)?;
        let answers = open(storage, &answers_locale, Kind::Answers, &Reader::everybody())?;
        Ok(Self { locale, answers_locale, reader: reader.clone(), articles, answers })
    }

    fn library(&self) -> Library<'_, Vec<u8>> {
        Library { locale: &self.locale, articles: self.articles.as_ref(), answers: self.answers.as_ref() }
    }

    fn find(&self, storage: &Storage, sought: &Sought<'_>) -> Result<Vec<Found>, Failure> {
        let library = self.library();
        let mut found = Vec::new();
        for Hit { id, confidence, .. } in library.answers(sought) {
            let Some(answer) = answer(storage, &self.answers_locale, &id)? else { continue };
            let article = answer.article.as_ref().and_then(|id| article(storage, &self.locale, id, &self.reader).ok());
            let article = article.map(|article| ArticleRef { id: article.id, title: article.title });
            found.push(Found::Answer { id: answer.id, text: answer.text, article, confidence });
        }
        for Hit { id, title, confidence, .. } in library.articles(sought) {
            let Ok(id) = ArticleId::parse(&id) else { continue };
            found.push(Found::Article { article: ArticleRef { id, title }, confidence });
        }
        Ok(found)
    }
}
