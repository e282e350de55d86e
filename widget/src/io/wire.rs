//! Reads what the edge says, and what is kept in the browser, into the types of `shared::protocol`.
//!
//! serde reads the same, and `tests/wire.rs` compares the two over every committed snapshot of the wire. Its readers are not
//! used here because they are compiled again for each type with every error that could be told: as much as all the rest of
//! what a visitor loads.

use super::json::Json;
use crate::model::outbox::Entry;
use crate::model::words::Words;
use shared::ids::{AgentId, AnswerId, ArticleId, ConversationId, EventId, TeamId};
use shared::protocol::{
    ApiError, Article, ArticleRef, Author, Context, ConversationFrame, Destination, ErrorCode, Event, Events, Expected,
    HandOffReason, Placement, ReadMarks, Seq, Shown, Status, Survey, Thread, Threads, VisitorAction, VisitorCommand,
    What,
};
use shared::richtext::{Block, Span};

/// `Boot`, as far as the panel uses it.
pub struct Booted {
    /// What the help is called.
    pub name: String,
    /// The language, after fallback.
    pub locale: String,
    /// The address of the index.
    pub index: Option<String>,
    /// Whether an agent is here.
    pub online: bool,
    /// When a person is to be expected.
    pub expected: Expected,
    /// The words.
    pub words: Words,
}

/// Reads a `Boot`.
pub fn boot(json: &Json) -> Option<Booted> {
    Some(Booted {
        name: json.get("name").text()?,
        locale: json.get("locale").text()?,
        index: json.get("index").maybe(Json::text)?,
        online: json.get("online").flag()?,
        expected: expected(&json.get("expected"))?,
        words: words(&json.get("words"))?,
    })
}

/// Reads an `Expected`.
pub fn expected(json: &Json) -> Option<Expected> {
    Some(Expected {
        open: json.get("open").flag()?,
        minutes: json.get("minutes").maybe(Json::small_number)?,
        at: json.get("at").maybe(Json::number)?,
    })
}

/// Reads the words of a language.
pub fn words(json: &Json) -> Option<Words> {
    let pair = |key: String| json.get(&key).text().map(|text| (key, text));
    Some(Words::new(json.names()?.into_iter().filter_map(pair).collect()))
}

/// Reads an `Article`.
pub fn article(json: &Json) -> Option<Article> {
    Some(Article {
        id: article_id(&json.get("id"))?,
        locale: json.get("locale").text()?,
        title: json.get("title").text()?,
        url: json.get("url").text()?,
        blocks: json.get("blocks").list(block)?,
    })
}

/// Reads a `Threads`.
pub fn threads(json: &Json) -> Option<Threads> {
    Some(Threads { threads: json.get("threads").list(thread)? })
}

/// Reads an `Events`.
pub fn events(json: &Json) -> Option<Events> {
    let read = json.get("read");
    Some(Events {
        events: json.get("events").list(event)?,
        read: ReadMarks { visitor: seq(&read.get("visitor"))?, agent: seq(&read.get("agent"))? },
    })
}

/// Reads a `ConversationFrame`.
pub fn frame(json: &Json) -> Option<ConversationFrame> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "events" => ConversationFrame::Events(events(&value)?),
        "accepted" => ConversationFrame::Accepted { id: event_id(&value.get("id"))? },
        "refused" => {
            ConversationFrame::Refused { id: value.get("id").maybe(event_id)?, error: api_error(&value.get("error"))? }
        }
        _ => return None,
    })
}

/// Reads an `ApiError`. Each code is known by the name that serde gives it.
pub fn api_error(json: &Json) -> Option<ApiError> {
    let named = json.get("code").text()?;
    let code = ErrorCode::ALL.iter().find(|code| name_of(**code) == named)?;
    Some(ApiError {
        code: *code,
        message: json.get("message").text()?,
        retry_after_ms: json.get("retry_after_ms").maybe(Json::number)?,
    })
}

/// Reads what the outbox keeps.
pub fn entry(json: &Json) -> Option<Entry> {
    Some(Entry {
        conversation: conversation_id(&json.get("conversation"))?,
        at: json.get("at").number()?,
        command: command(&json.get("command"))?,
    })
}

/// Reads a `VisitorCommand`.
pub fn command(json: &Json) -> Option<VisitorCommand> {
    let (name, value) = json.get("action").variant()?;
    let action = match name.as_str() {
        "say" => VisitorAction::Say { text: value.get("text").text()?, context: context(&value.get("context"))? },
        "ask_person" => VisitorAction::AskPerson { context: context(&value.get("context"))? },
        "helped" => VisitorAction::Helped { about: event_id(&value.get("about"))?, yes: value.get("yes").flag()? },
        "rate" => VisitorAction::Rate {
            survey: survey(&value.get("survey"))?,
            score: score(&value.get("score"))?,
            comment: value.get("comment").text()?,
        },
        "read" => VisitorAction::Read { up_to: seq(&value.get("up_to"))? },
        _ => return None,
    };
    Some(VisitorCommand { id: event_id(&json.get("id"))?, action })
}

fn name_of(code: ErrorCode) -> String {
    let written = super::json::written(&code);
    String::from(written.trim_matches('"'))
}

/// Reads a `Thread`.
pub fn thread(json: &Json) -> Option<Thread> {
    Some(Thread {
        id: conversation_id(&json.get("id"))?,
        title: json.get("title").text()?,
        last: json.get("last").text()?,
        updated_at: json.get("updated_at").number()?,
        status: match json.get("status").text()?.as_str() {
            "automatic" => Status::Automatic,
            "waiting" => Status::Waiting,
            "replied" => Status::Replied,
            "resolved" => Status::Resolved,
            _ => return None,
        },
        unread: json.get("unread").small_number()?,
    })
}

/// Reads an `Event`.
pub fn event(json: &Json) -> Option<Event> {
    Some(Event {
        seq: seq(&json.get("seq"))?,
        id: event_id(&json.get("id"))?,
        at: json.get("at").number()?,
        by: author(&json.get("by"))?,
        what: what(&json.get("what"))?,
    })
}

/// Reads an `Author`.
pub fn author(json: &Json) -> Option<Author> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "visitor" => Author::Visitor,
        "assistant" => Author::Assistant,
        "system" => Author::System,
        "agent" => {
            Author::Agent { id: AgentId::parse(&value.get("id").text()?).ok()?, name: value.get("name").text()? }
        }
        _ => return None,
    })
}

/// Reads a `What`.
pub fn what(json: &Json) -> Option<What> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "context" => What::Context(context(&value)?),
        "said" => What::Said { text: value.get("text").text()? },
        "answered" => What::Answered {
            answer: AnswerId::parse(&value.get("answer").text()?).ok()?,
            text: value.get("text").text()?,
            article: value.get("article").maybe(article_ref)?,
        },
        "suggested" => What::Suggested { articles: value.get("articles").list(article_ref)? },
        "found_nothing" => What::FoundNothing,
        "helped" => What::Helped { about: event_id(&value.get("about"))?, yes: value.get("yes").flag()? },
        "handed_off" => What::HandedOff {
            reason: match value.get("reason").text()?.as_str() {
                "asked" => HandOffReason::Asked,
                "not_helped" => HandOffReason::NotHelped,
                "nothing_found" => HandOffReason::NothingFound,
                "person_joined" => HandOffReason::PersonJoined,
                // The finer reasons are the team's own business; they are not sent to a panel.
                _ => HandOffReason::ByRule,
            },
            place: Placement { to: destination(&value.get("place").get("to"))?, ..Placement::default() },
        },
        "rated" => What::Rated {
            survey: survey(&value.get("survey"))?,
            score: score(&value.get("score"))?,
            comment: value.get("comment").text()?,
        },
        "resolved" => What::Resolved,
        "reopened" => What::Reopened,
        // What a newer edge says takes its number here, too: without it all that follows would be missing.
        _ => What::Unseen,
    })
}

fn destination(json: &Json) -> Option<Destination> {
    match json.get("team").text() {
        Some(team) => TeamId::parse(&team).ok().map(Destination::Team),
        None => json.text().map(|_| Destination::Escalations),
    }
}

fn survey(json: &Json) -> Option<Survey> {
    Some(if json.text()? == "satisfaction" { Survey::Satisfaction } else { Survey::Effort })
}

fn score(json: &Json) -> Option<u8> {
    json.small_number()?.try_into().ok()
}

/// Reads a `Context`.
pub fn context(json: &Json) -> Option<Context> {
    Some(Context {
        url: json.get("url").text()?,
        title: json.get("title").text()?,
        locale: json.get("locale").text()?,
        shown: json.get("shown").list(shown)?,
        recent: json.get("recent").maybe(|ids| ids.list(article_id))?.unwrap_or_default(),
    })
}

/// Reads a `Shown`.
pub fn shown(json: &Json) -> Option<Shown> {
    Some(Shown {
        article: article_ref(&json.get("article"))?,
        opened: json.get("opened").flag()?,
        helped: json.get("helped").maybe(Json::flag)?,
    })
}

/// Reads an `ArticleRef`.
pub fn article_ref(json: &Json) -> Option<ArticleRef> {
    Some(ArticleRef { id: article_id(&json.get("id"))?, title: json.get("title").text()? })
}

/// Reads a `Block`.
pub fn block(json: &Json) -> Option<Block> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "heading" => Block::Heading(value.list(span)?),
        "paragraph" => Block::Paragraph(value.list(span)?),
        "list" => Block::List {
            ordered: value.get("ordered").flag()?,
            items: value.get("items").list(|item| item.list(block))?,
        },
        "code" => Block::Code(value.text()?),
        "quote" => Block::Quote(value.list(block)?),
        _ => return None,
    })
}

/// Reads a `Span`.
pub fn span(json: &Json) -> Option<Span> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "text" => Span::Text(value.text()?),
        "strong" => Span::Strong(value.text()?),
        "emphasis" => Span::Emphasis(value.text()?),
        "code" => Span::Code(value.text()?),
        "link" => Span::Link { text: value.get("text").text()?, url: value.get("url").text()? },
        "article" => Span::Article { text: value.get("text").text()?, id: value.get("id").text()? },
        "break" => Span::Break,
        _ => return None,
    })
}

fn seq(json: &Json) -> Option<Seq> {
    json.small_number()
}

fn event_id(json: &Json) -> Option<EventId> {
    EventId::parse(&json.text()?).ok()
}

fn conversation_id(json: &Json) -> Option<ConversationId> {
    ConversationId::parse(&json.text()?).ok()
}

fn article_id(json: &Json) -> Option<ArticleId> {
    ArticleId::parse(&json.text()?).ok()
}
