//! A small help centre, for tests of what is explained about it.

mod agreement;
mod sentences;

use super::answers::{Answers, write_answers};
use super::case::AssistantCase;
use super::explain::explain;
use super::found::Found;
use super::library::{Library, Sought};
use super::rules::Rules;
use super::traces::AssistantExplanation;
use crate::ids::{AnswerId, ArticleId};
use crate::matching::{Corpus, Doc, Index, Query, Suggester, compile};
use crate::protocol::{ArticleRef, Millis};

const NOW: Millis = 1_000_000_000;

const ARTICLES: [(&str, &str, &str); 7] = [
    ("address", "Change your delivery address", "You can change the address of an order until it is packed."),
    ("track", "Track a parcel", "Your parcel has a number. With it you can see where the order is."),
    ("wifi", "Connect a lamp to Wi-Fi", "Hold the button of the lamp, then choose your network."),
    ("refund", "When your refund arrives", "A refund takes three days to reach your card."),
    ("flicker", "Lamp flickers", "A lamp that flickers is often too close to the router. Move it."),
    ("cancel", "Cancel an order", "You can cancel an order until it is packed."),
    ("delivery", "How long delivery takes", "The delivery of a parcel takes two days."),
];

const ANSWERS: [(&str, [&str; 3]); 2] = [
    ("hours", ["when are you open", "opening hours", "are you open on sunday"]),
    ("delivery-cost", ["how much is delivery", "what does delivery cost", "is delivery free"]),
];

struct World {
    articles: Index<Vec<u8>>,
    /// As a panel has them.
    answers: Answers,
}

impl World {
    fn new() -> Self {
        let article = |(id, title, body): &(&str, &str, &str)| Doc {
            id: (*id).into(),
            title: (*title).into(),
            body: (*body).into(),
            places: if *id == "flicker" { vec!["/lamps".into()] } else { Vec::new() },
            products: if *id == "wifi" { vec!["smart".into()] } else { Vec::new() },
            ..Doc::default()
        };
        let answer = |(id, examples): &(&str, [&str; 3])| Doc {
            id: (*id).into(),
            examples: examples.map(String::from).into(),
            ..Doc::default()
        };
        let compiled = |docs: Vec<Doc>| compile(&Corpus { locale: "en", docs: &docs, audience: &[] });
        let words = Rules::default().people_first.in_lines();
        let answers = write_answers(&words, &compiled(ANSWERS.iter().map(answer).collect()));
        Self {
            articles: Index::open(compiled(ARTICLES.iter().map(article).collect())).unwrap(),
            answers: Answers::open(answers).unwrap(),
        }
    }

    fn library(&self) -> Library<'_, Vec<u8>> {
        Library { locale: "en", articles: Some(&self.articles), answers: Some(self.answers.index()) }
    }

    /// What the search gives for a message, as the edge looks it up.
    fn found(&self, case: &AssistantCase) -> Vec<Found> {
        let sought = Sought { text: &case.text, page: case.path(), products: &case.visitor.products };
        let library = self.library();
        let answers = library.answers(&sought).into_iter().map(|hit| Found::Answer {
            article: (hit.id == "delivery-cost").then(|| reference("delivery")),
            id: AnswerId::parse(&hit.id).unwrap(),
            text: "x".into(),
            confidence: hit.confidence,
        });
        let articles = library
            .articles(&sought)
            .into_iter()
            .map(|hit| Found::Article { article: reference(&hit.id), confidence: hit.confidence });
        answers.chain(articles).collect()
    }

    fn explain(&self, case: &AssistantCase, rules: &Rules) -> AssistantExplanation {
        explain(case, &self.library(), &self.found(case), rules, NOW)
    }

    /// The case as it is sent: with the list that stands above the composer then.
    fn sending(&self, case: &AssistantCase) -> AssistantCase {
        let mut sending = case.clone();
        if sending.shown.is_empty() {
            sending.shown = self.suggested(case).iter().map(|id| ArticleId::parse(id).unwrap()).collect();
        }
        sending
    }

    /// The answer that the panel shows, as it asks for it.
    fn answer(&self, case: &AssistantCase) -> Suggester {
        let exclude: Vec<String> =
            case.dismissed_answers.iter().chain(&case.answered).map(|id| id.as_str().into()).collect();
        let query = Query {
            text: &case.text,
            exclude: &exclude,
            limit: Suggester::LOOK_AT,
            at_least: Suggester::AT_LEAST,
            page: case.path(),
            products: &case.visitor.products,
        };
        let mut shown = Suggester::of_answers().showing(case.showing_answer.iter().map(|id| id.as_str().into()));
        shown.found(self.answers.search(&query, &shown));
        shown
    }

    /// What the panel suggests, as it asks for it.
    fn suggested(&self, case: &AssistantCase) -> Vec<String> {
        let ids = |lists: [&Vec<ArticleId>; 3]| -> Vec<String> {
            lists.into_iter().flatten().map(|id| id.as_str().into()).collect()
        };
        let exclude = ids([&case.opened, &case.dismissed, &case.read]);
        let query = Query {
            text: &case.text,
            exclude: &exclude,
            limit: Suggester::LOOK_AT,
            at_least: Suggester::AT_LEAST,
            page: case.path(),
            products: &case.visitor.products,
        };
        let mut list = Suggester::default().showing(case.showing.iter().map(|id| String::from(id.as_str())));
        list.found(self.articles.search(&query));
        list.under(&self.answer(case)).iter().map(|hit| hit.id.clone()).collect()
    }
}

fn reference(id: &str) -> ArticleRef {
    let title = ARTICLES.iter().find(|(other, ..)| *other == id).map_or(id, |(_, title, _)| *title);
    ArticleRef { id: ArticleId::parse(id).unwrap(), title: title.into() }
}
