//! Reads what the edge says, and what is kept in the browser, into the types of `shared::protocol`.
//!
//! serde reads the same, and `tests/wire.rs` compares the two over every committed snapshot of the wire. Its readers are not
//! used here because they are compiled again for each type with every error that could be told: as much as all the rest of
//! what a visitor loads.

mod settings;

pub use settings::{known_problem, panel_settings};

use super::json::Json;
use crate::model::article::Article;
use crate::model::piece::Piece;
use crate::model::words::Words;
use shared::client::Pending;
use shared::ids::{AgentId, AnswerId, ArticleId, ConversationId, EventId, TeamId};
use shared::protocol::{
    ApiError, ArticleRef, Author, Base, Context, ConversationFrame, Destination, ErrorCode, Event, Events, Expected,
    HandOffReason, KnownProblem, Placement, ReadMarks, Section, Seq, Shown, Status, Survey, Thread, Threads, Told,
    VisitorAction, VisitorCommand, What,
};
use shared::settings::PanelSettings;

/// `Boot`, as far as the panel uses it.
pub struct Booted {
    /// What the panel shows as the site owner wrote it.
    pub panel: PanelSettings,
    /// The language, after fallback.
    pub locale: String,
    /// The language of the words; empty if the edge does not say.
    pub tongue: String,
    /// The address of the index.
    pub index: Option<String>,
    /// The address of the curated answers.
    pub answers: Option<String>,
    /// What is asked most.
    pub often: Vec<Piece>,
    /// Whether an agent is here.
    pub online: bool,
    /// When a person is to be expected.
    pub expected: Expected,
    /// What is known not to work.
    pub outage: Option<KnownProblem>,
    /// The words; none if they are those that the panel has.
    pub words: Option<Words>,
}

/// Reads a `Boot`.
pub fn boot(json: &Json) -> Option<Booted> {
    Some(Booted {
        panel: json.at("panel", panel_settings)?,
        locale: json.at("locale", Json::text)?,
        tongue: json.get("tongue").words(),
        index: json.get("index").maybe(Json::text)?,
        answers: json.get("answers").maybe(Json::text)?,
        often: json.get("often").maybe(|list| list.list(piece))?.unwrap_or_default(),
        online: json.at("online", Json::flag)?,
        expected: json.at("expected", expected)?,
        outage: json.get("outage").maybe(known_problem)?,
        words: json.get("words").maybe(words)?,
    })
}

/// Reads a `Solution`. Its title is in an index.
fn piece(json: &Json) -> Option<Piece> {
    Some(match json.get("answer").text() {
        Some(id) => Piece::Answer(AnswerId::parse(&id).ok()?),
        None => Piece::Article(ArticleRef { id: json.at("article", article_id)?, title: String::new() }),
    })
}

/// Reads an `Expected`.
pub fn expected(json: &Json) -> Option<Expected> {
    Some(Expected {
        open: json.at("open", Json::flag)?,
        minutes: json.get("minutes").maybe(Json::small_number)?,
        at: json.get("at").maybe(Json::number)?,
    })
}

/// Reads the words of a language.
pub fn words(json: &Json) -> Option<Words> {
    let pair = |key: String| json.get(&key).text().map(|text| (key, text));
    Some(Words::new(json.names()?.into_iter().filter_map(pair).collect()))
}

/// Reads an `Article` or an `AnswerToRead` but for its blocks, which the view reads as it draws them.
pub fn article(json: &Json) -> Option<Article> {
    let words = |name: &str| json.get(name).words();
    Some(Article { locale: json.at("locale", Json::text)?, title: words("title"), url: words("url") })
}

/// Reads a `Sections`.
pub fn sections(json: &Json) -> Option<Vec<Section>> {
    let section = |json: &Json| {
        Some(Section { name: json.at("name", Json::text)?, articles: json.get("articles").list(article_ref)? })
    };
    json.get("sections").list(section)
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
        read: ReadMarks { visitor: read.at("visitor", seq)?, agent: read.at("agent", seq)? },
        base: json.get("base").maybe(base)?,
    })
}

fn base(json: &Json) -> Option<Base> {
    Some(Base {
        have: json.at("have", seq)?,
        id: json.get("id").maybe(event_id)?,
        at: json.get("at").maybe(Json::number)?,
    })
}

/// Reads a `ConversationFrame`.
pub fn frame(json: &Json) -> Option<ConversationFrame> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "events" => ConversationFrame::Events(events(&value)?),
        "accepted" => ConversationFrame::Accepted { id: value.at("id", event_id)? },
        "typing" => ConversationFrame::Typing { name: value.at("name", Json::text)? },
        "refused" => {
            ConversationFrame::Refused { id: value.get("id").maybe(event_id)?, error: value.at("error", api_error)? }
        }
        _ => return None,
    })
}

/// Reads an `ApiError`. Each code is known by its name.
pub fn api_error(json: &Json) -> Option<ApiError> {
    let named = json.at("code", Json::text)?;
    let code = ErrorCode::ALL.iter().find(|code| code.name() == named)?;
    Some(ApiError {
        code: *code,
        message: json.at("message", Json::text)?,
        retry_after_ms: json.get("retry_after_ms").maybe(Json::number)?,
    })
}

/// Reads what the outbox keeps.
pub fn pending(json: &Json) -> Option<Pending<VisitorCommand>> {
    Some(Pending::new(
        json.at("conversation", conversation_id)?,
        json.at("at", Json::number)?,
        json.at("command", command)?,
    ))
}

/// Reads a `VisitorCommand`.
pub fn command(json: &Json) -> Option<VisitorCommand> {
    let (name, value) = json.get("action").variant()?;
    let action = match name.as_str() {
        "say" => VisitorAction::Say { text: value.at("text", Json::text)?, context: value.at("context", context)? },
        "ask_person" => VisitorAction::AskPerson { context: value.at("context", context)? },
        "helped" => VisitorAction::Helped {
            about: value.at("about", event_id)?,
            yes: value.at("yes", Json::flag)?,
            article: value.get("article").maybe(article_id)?,
        },
        "rate" => VisitorAction::Rate {
            survey: value.at("survey", survey)?,
            score: value.at("score", score)?,
            comment: value.at("comment", Json::text)?,
        },
        "leave_address" => VisitorAction::LeaveAddress { address: value.at("address", Json::text)? },
        "read" => VisitorAction::Read { up_to: value.at("up_to", seq)? },
        _ => return None,
    };
    Some(VisitorCommand { id: json.at("id", event_id)?, action })
}

/// Reads a `Thread`.
pub fn thread(json: &Json) -> Option<Thread> {
    Some(Thread {
        id: json.at("id", conversation_id)?,
        title: json.at("title", Json::text)?,
        last: json.at("last", Json::text)?,
        updated_at: json.at("updated_at", Json::number)?,
        status: match json.at("status", Json::text)?.as_str() {
            "automatic" => Status::Automatic,
            "waiting" => Status::Waiting,
            "replied" => Status::Replied,
            "resolved" => Status::Resolved,
            _ => return None,
        },
        unread: json.at("unread", Json::small_number)?,
    })
}

/// Reads an `Event`.
pub fn event(json: &Json) -> Option<Event> {
    Some(Event {
        seq: json.at("seq", seq)?,
        id: json.at("id", event_id)?,
        at: json.at("at", Json::number)?,
        by: json.at("by", author)?,
        what: json.at("what", what)?,
    })
}

/// Reads an `Author`.
pub fn author(json: &Json) -> Option<Author> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "visitor" => Author::Visitor,
        "assistant" => Author::Assistant,
        "system" => Author::System,
        "agent" => Author::Agent {
            id: AgentId::parse(&value.at("id", Json::text)?).ok()?,
            name: value.at("name", Json::text)?,
        },
        _ => return None,
    })
}

/// Reads a `What`.
pub fn what(json: &Json) -> Option<What> {
    let (name, value) = json.variant()?;
    Some(match name.as_str() {
        "context" => What::Context(context(&value)?),
        "said" => What::Said { text: value.at("text", Json::text)? },
        "answered" => What::Answered {
            answer: value.at("answer", answer_id)?,
            text: value.at("text", Json::text)?,
            article: value.get("article").maybe(article_ref)?,
        },
        "suggested" => What::Suggested { articles: value.get("articles").list(article_ref)? },
        "found_nothing" => What::FoundNothing,
        "helped" => What::Helped {
            about: value.at("about", event_id)?,
            yes: value.at("yes", Json::flag)?,
            article: value.get("article").maybe(article_id)?,
        },
        "handed_off" => What::HandedOff {
            reason: match value.at("reason", Json::text)?.as_str() {
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
            survey: value.at("survey", survey)?,
            score: value.at("score", score)?,
            comment: value.at("comment", Json::text)?,
        },
        "address_left" => What::AddressLeft { address: value.at("address", Json::text)? },
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
        url: json.at("url", Json::text)?,
        title: json.at("title", Json::text)?,
        locale: json.at("locale", Json::text)?,
        shown: json.get("shown").list(shown)?,
        recent: json.get("recent").maybe(|ids| ids.list(article_id))?.unwrap_or_default(),
        answers: json.get("answers").maybe(|ids| ids.list(answer_id))?.unwrap_or_default(),
        told: json.get("told").maybe(|all| all.list(told))?.unwrap_or_default(),
    })
}

fn told(json: &Json) -> Option<Told> {
    let done = json.get("done").is_true();
    Some(Told { name: json.at("name", Json::text)?, value: json.at("value", Json::text)?, done })
}

/// Reads a `Shown`.
pub fn shown(json: &Json) -> Option<Shown> {
    Some(Shown {
        article: json.at("article", article_ref)?,
        opened: json.at("opened", Json::flag)?,
        helped: json.get("helped").maybe(Json::flag)?,
        standing: json.get("standing").flag().unwrap_or_default(),
        passed_over: json.get("passed_over").flag().unwrap_or_default(),
    })
}

/// Reads an `ArticleRef`.
pub fn article_ref(json: &Json) -> Option<ArticleRef> {
    Some(ArticleRef { id: json.at("id", article_id)?, title: json.at("title", Json::text)? })
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

fn answer_id(json: &Json) -> Option<AnswerId> {
    AnswerId::parse(&json.text()?).ok()
}

fn article_id(json: &Json) -> Option<ArticleId> {
    ArticleId::parse(&json.text()?).ok()
}
