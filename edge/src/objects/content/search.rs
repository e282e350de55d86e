//! The search over what is published: for a message that was sent, and for people who ask why it finds what it finds.

use super::documents::{compiled, settings};
use super::kind::Kind;
use super::stored::open;
use super::{answer, article, resolve};
use crate::calls::workspace::Matched;
use crate::failure::Failure;
use shared::assistant::{self, AssistantCase, AssistantExplanation, Found, Library, Rules, Sought};
use shared::ids::ArticleId;
use shared::matching::{Hit, Index, page_path};
use shared::protocol::{ArticleRef, Millis};
use shared::readership::Reader;
use shared::settings::Settings;
use worker::Storage;

/// Searches the same indexes as the panel for a message that was sent: answers, then articles.
pub(in crate::objects) fn find(
    storage: &Storage,
    sought: &Sought<'_>,
    wanted: &str,
    reader: &Reader,
) -> Result<Matched, Failure> {
    let settings = settings(storage)?;
    let found = Opened::new(storage, &settings, wanted)?.find(storage, sought, reader)?;
    Ok(Matched { found, rules: settings.assistant.unwrap_or_default() })
}

/// Why the panel and the assistant say what they say about a sample, or nothing.
pub(in crate::objects) fn explain(
    storage: &Storage,
    case: &AssistantCase,
    now: Millis,
) -> Result<AssistantExplanation, Failure> {
    let settings = settings(storage)?;
    let opened = Opened::new(storage, &settings, &case.locale)?;
    let sought = Sought { text: &case.text, page: page_path(&case.page), products: &case.visitor.products };
    let reader = Reader::of(case.visitor.audience.iter().cloned());
    let found = opened.find(storage, &sought, &reader)?;
    let rules: Rules = settings.assistant.unwrap_or_default();
    Ok(assistant::explain(case, &opened.library(), &found, &rules, now))
}

/// What is published in one language, ready to be searched.
struct Opened {
    locale: String,
    articles: Option<Index<Vec<u8>>>,
    answers: Option<Index<Vec<u8>>>,
}

impl Opened {
    /// Opens the indexes of the language that serves `wanted` best.
    fn new(storage: &Storage, settings: &Settings, wanted: &str) -> Result<Self, Failure> {
        let compiled = compiled(storage)?;
        let locale = resolve(settings, &compiled, wanted);
        let articles = open(storage, &compiled, &locale, Kind::Articles)?;
        let answers = open(storage, &compiled, &locale, Kind::Answers)?;
        Ok(Self { locale, articles, answers })
    }

    fn library(&self) -> Library<'_, Vec<u8>> {
        Library { locale: &self.locale, articles: self.articles.as_ref(), answers: self.answers.as_ref() }
    }

    fn find(&self, storage: &Storage, sought: &Sought<'_>, reader: &Reader) -> Result<Vec<Found>, Failure> {
        let library = self.library();
        let mut found = Vec::new();
        for Hit { id, confidence, .. } in library.answers(sought) {
            let Some(answer) = answer(storage, &self.locale, &id)? else { continue };
            let article = answer.article.as_ref().and_then(|id| article(storage, &self.locale, id, reader).ok());
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
