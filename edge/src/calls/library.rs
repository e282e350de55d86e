//! What a library can be asked. Each question names the workspace, whose object has what was published before there was a library.

use crate::names::LessonsName;
use serde::{Deserialize, Serialize};
use shared::assistant::{AssistantCase, AssistantExplanation, Found, Rules};
use shared::conversation::Held;
use shared::ids::{AnswerId, ArticleId, WorkspaceId};
use shared::learning::{Lesson, UnansweredPage};
use shared::operations::Operations;
use shared::protocol::{
    AnswerSource, AnswerToRead, Article, ArticleSource, Content, ListedArticle, Published, Sections, Solution,
};
use shared::readership::Reader;
use shared::settings::Settings;
use shared::written::{DecisionAbout, Listed};

calls! {
    /// Holds what the site owner publishes: articles, answers, and the indexes that are made of them.
    Library:
    /// Changes what is published, all or nothing.
    Publish { workspace: WorkspaceId, change: Change, how: How } -> Published;
    /// The language that serves a reader best, and its index.
    Place { workspace: WorkspaceId, locale: String, reader: Reader } -> Placed;
    /// An article, if the reader may read it.
    ReadArticle { workspace: WorkspaceId, locale: String, id: ArticleId, reader: Reader } -> Article;
    /// All articles that the reader may read, by their sections.
    ListSections { workspace: WorkspaceId, locale: String, reader: Reader } -> Sections;
    /// A curated answer; it leads to its article if the reader may read that.
    ReadAnswer { workspace: WorkspaceId, locale: String, id: AnswerId, reader: Reader } -> AnswerToRead;
    /// Something has helped a visitor in this language before anything was sent.
    CountHelped { workspace: WorkspaceId, about: Solution, locale: String } -> ();
    /// The articles of a language, by title, for the team.
    ListArticles { workspace: WorkspaceId, locale: String } -> Vec<ListedArticle>;
    /// Searches answers and articles for a sent message, by the path of its page, and by the products that its visitor uses, among
    /// what the visitor may read.
    Match {
        workspace: WorkspaceId,
        text: String,
        locale: String,
        page: String,
        products: Vec<String>,
        reader: Reader,
    } -> Matched;
    /// Why the assistant says what it says about a sample, or nothing.
    ExplainAssistant { workspace: WorkspaceId, case: Box<AssistantCase> } -> AssistantExplanation;
    /// A page of what a language model has written about articles, behind a place.
    ListWritten { workspace: WorkspaceId, after: Option<String> } -> Listed;
    /// What people decide about that.
    DecideWritten { workspace: WorkspaceId, decisions: Vec<DecisionAbout> } -> ();
    /// What a conversation teaches, in the place of what it has taught before.
    Learn { workspace: WorkspaceId, from: Teacher, lessons: Vec<Lesson> } -> Held;
    /// A conversation has ended: what only it has taught is forgotten.
    Unlearn { workspace: WorkspaceId, conversation: LessonsName } -> ();
    /// A page of what was asked and not answered, in one language or in all, behind a place.
    ListUnanswered { workspace: WorkspaceId, locale: Option<String>, after: Option<String> } -> UnansweredPage;
    /// What of that needs no article.
    DismissUnanswered { workspace: WorkspaceId, dismissed: Vec<u64> } -> ();
}

/// Which conversation teaches, and what is known of those who write in it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Teacher {
    pub(crate) conversation: LessonsName,
    /// Whose conversation it is: what one visitor asks again and again is still asked by one.
    pub(crate) visitor: LessonsName,
    /// The conversation's, by which an older telling is known.
    pub(crate) revision: u32,
    /// What the site has signed of the visitor.
    pub(crate) signed: Vec<String>,
    /// What the agents are called.
    pub(crate) agents: Vec<String>,
}

/// Where a reader is served.
#[derive(Serialize, Deserialize)]
pub(crate) struct Placed {
    pub(crate) locale: String,
    /// The hash of the index of `locale` for the reader.
    pub(crate) index: Option<String>,
    /// The curated answers, if there are some.
    #[serde(default)]
    pub(crate) answers: Option<PlacedAnswers>,
    /// What is asked most, of what the reader may read.
    #[serde(default)]
    pub(crate) often: Vec<Solution>,
}

/// Where the curated answers are.
#[derive(Serialize, Deserialize)]
pub(crate) struct PlacedAnswers {
    pub(crate) locale: String,
    /// The hash of their index and of the words that are for people.
    pub(crate) hash: String,
}

/// How a change is made.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct How {
    /// Only told what would come of it; nothing is stored.
    pub(crate) tried: bool,
    /// Only if the article or answer is this version; `*` is any, an empty text that it is not there.
    pub(crate) version: Option<String>,
}

/// What the site owner puts; the door has made sure that it can be taken.
#[derive(Serialize, Deserialize)]
pub(crate) enum Change {
    /// All documents; what is left out is removed.
    Everything(Box<Content>),
    Settings(Box<Settings>),
    Operations(Box<Operations>),
    /// All articles; those that are left out are removed.
    Articles(Vec<ArticleSource>),
    Article(Box<ArticleSource>),
    /// The article in this language is removed.
    NoArticle(String, ArticleId),
    /// All answers; those that are left out are removed.
    Answers(Vec<AnswerSource>),
    Answer(Box<AnswerSource>),
    /// The answer in this language is removed.
    NoAnswer(String, AnswerId),
}

/// What the assistant decides on.
#[derive(Serialize, Deserialize)]
pub(crate) struct Matched {
    /// What was found for a message, best first.
    pub(crate) found: Vec<Found>,
    /// What the site owner wants.
    pub(crate) rules: Rules,
}
