//! A library: what the site owner publishes, the indexes that are made of it, and the search over it. Compiling takes seconds; here it keeps
//! nobody of the workspace waiting.

mod answers;
mod arrive;
mod compiled;
mod due;
mod indexes;
mod kind;
mod learning;
mod links;
mod often;
mod pending;
mod pictures;
mod pieces;
mod press;
mod proposals;
mod publish;
mod readers;
mod search;
mod shelves;
mod staging;
mod start;
mod stored;
mod written;

use super::shell::{Object, durable};
use crate::calls::library::{
    self, Asked, CountHelped, DecideWritten, DismissUnanswered, ExplainAssistant, Learn, ListArticles, ListSections,
    ListUnanswered, ListWritten, Match, Place, Publish, ReadAnswer, ReadArticle, Unlearn,
};
use crate::calls::reply::Answer;
use crate::failure::Failure;
use crate::platform::{arm, now, transaction};
use crate::tables::{Layout, Tables};
use press::Press;
use shared::assistant::Sought;
use shared::ids::{WorkspaceId, from_base64url};
use shared::protocol::ErrorCode;
use shared::readership::Reader;
use std::cell::Cell;
use worker::{Env, Response, State, Storage, durable_object};

/// The tables of version 1: as the workspace had them last, so that its rows are taken over as they are.
const FIRST: &str = "
CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (locale TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, audience TEXT NOT NULL, PRIMARY KEY (locale, id)) STRICT;
CREATE TABLE IF NOT EXISTS article_sources (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS answers (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS indexes (locale TEXT NOT NULL, kind TEXT NOT NULL, readers TEXT NOT NULL, part INTEGER NOT NULL, hash TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (locale, kind, readers, part)) STRICT;
CREATE TABLE IF NOT EXISTS sources (part INTEGER PRIMARY KEY, json BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS staged_articles (locale TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, audience TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (locale, id)) STRICT;
CREATE TABLE IF NOT EXISTS staged_answers (locale TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (locale, id)) STRICT;
CREATE TABLE IF NOT EXISTS staged_removals (kind TEXT NOT NULL, locale TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, locale, id)) STRICT;
";

/// Version 2: the pictures of articles, which are fetched once, by the address at which they were.
const SECOND: &str = "
CREATE TABLE picture_uses (locale TEXT NOT NULL, id TEXT NOT NULL, src TEXT NOT NULL, PRIMARY KEY (locale, id, src)) STRICT;
CREATE TABLE staged_pictures (locale TEXT NOT NULL, id TEXT NOT NULL, src TEXT NOT NULL, PRIMARY KEY (locale, id, src)) STRICT;
CREATE TABLE pictures (src TEXT PRIMARY KEY, hash TEXT, type TEXT, width INTEGER, height INTEGER, wrong TEXT, tries INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE picture_parts (hash TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (hash, part)) STRICT;
CREATE INDEX picture_srcs ON picture_uses (src);
CREATE INDEX picture_hashes ON pictures (hash);
CREATE INDEX article_urls ON articles (url);
";

/// Version 3: when the server of a picture is asked again that was away.
const THIRD: &str = "
ALTER TABLE pictures ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
";

/// Version 5: what a language model has written about articles, and about which it is still to write.
const FIFTH: &str = "
CREATE TABLE written (locale TEXT NOT NULL, id TEXT NOT NULL, digest TEXT, wrong TEXT, waits INTEGER NOT NULL DEFAULT 1, tries INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (locale, id)) STRICT;
CREATE INDEX written_waiting ON written (locale, id) WHERE waits = 1;
CREATE TABLE proposals (locale TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, place INTEGER NOT NULL, edited TEXT, verdict TEXT, is_kept INTEGER NOT NULL DEFAULT 0, decision TEXT NOT NULL DEFAULT 'open', PRIMARY KEY (locale, id, kind, text)) STRICT;
INSERT INTO written (locale, id) SELECT locale, id FROM articles;
";

const LAYOUT: Layout = Layout {
    steps: &[&[FIRST], &[SECOND], &[THIRD], &[often::TABLE], &[FIFTH], &[learning::TABLES]],
    mend: |_| Ok(()),
};

/// The object. It has tables from when something is published first, or from when it has taken over what the workspace had.
#[durable_object(alarm)]
pub struct Library {
    state: State,
    env: Env,
    tables: Tables,
    /// Whether what another engine has made was looked for.
    looked: Cell<bool>,
    press: Press,
    /// Pictures are fetched one round at a time, which is as much as an object has room for.
    fetching: Press,
}

durable!(Library);

impl Object for Library {
    type Class = library::Library;

    fn open(state: State, env: Env) -> Self {
        let tables = Tables::new(state.storage(), &LAYOUT);
        Self { state, env, tables, looked: Cell::new(false), press: Press::default(), fetching: Press::default() }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        let storage = self.state.storage();
        let asked = match (asked, self.tables.exist()) {
            // One that was asked nothing has learnt nothing, and a conversation can end whatever became of its workspace.
            (Asked::Unlearn(_, reply), Ok(false)) => return reply.with(Ok(())),
            (asked, _) => asked,
        };
        if let Err(failure) = self.arrive(asked.workspace()).await {
            return Answer::failed(failure);
        }
        self.renew_soon(&storage);
        match asked {
            Asked::Publish(Publish { workspace, change, how }, reply) => {
                let scope = pictures::scope(&change).filter(|_| !how.tried);
                let published = match (self.publish(&workspace, change, how).await, scope) {
                    (Ok(published), Some(scope)) => self.with_pictures(&scope, published).await,
                    (published, _) => published,
                };
                reply.with(due::arm_next(&storage, &self.env).and(published))
            }
            Asked::Place(Place { locale, reader, .. }, reply) => {
                reply.with(start::placed(&storage, &self.press, &locale, &reader).await)
            }
            Asked::ReadArticle(ReadArticle { workspace, locale, id, reader }, reply) => {
                reply.with(shelves::to_read(&storage, &workspace, &locale, &id, &reader))
            }
            Asked::ListSections(ListSections { locale, reader, .. }, reply) => {
                reply.with(shelves::sections(&storage, &locale, &reader))
            }
            Asked::CountHelped(CountHelped { about, locale, .. }, reply) => {
                reply.with(often::count(&storage, &about, &locale, now()))
            }
            Asked::ReadAnswer(ReadAnswer { locale, id, reader, .. }, reply) => {
                reply.with(answers::to_read(&storage, &locale, &id, &reader))
            }
            Asked::ListArticles(ListArticles { locale, .. }, reply) => reply.with(shelves::articles(&storage, &locale)),
            Asked::Match(Match { text, locale, page, products, reader, .. }, reply) => {
                let sought = Sought { text: &text, page: &page, products: &products };
                reply.with(search::find(&storage, &self.press, &sought, &locale, &reader).await)
            }
            Asked::ExplainAssistant(ExplainAssistant { case, .. }, reply) => {
                reply.with(search::explain(&storage, &self.press, &case, now()).await)
            }
            Asked::ListWritten(ListWritten { after, .. }, reply) => {
                reply.with(proposals::list(&storage, after.as_deref()))
            }
            Asked::DecideWritten(DecideWritten { decisions, .. }, reply) => {
                let decided = proposals::decide(&storage, &decisions);
                reply.with(due::arm_next(&storage, &self.env).and(decided))
            }
            Asked::Learn(Learn { from, lessons, .. }, reply) => {
                let held = learning::learn(&storage, &self.env, &from, &lessons);
                reply.with(due::arm_next(&storage, &self.env).and(held))
            }
            Asked::Unlearn(Unlearn { conversation, .. }, reply) => {
                let forgotten = learning::unlearn(&storage, &conversation);
                reply.with(due::arm_next(&storage, &self.env).and(forgotten))
            }
            Asked::ListUnanswered(ListUnanswered { locale, after, .. }, reply) => {
                reply.with(learning::list(&storage, locale.as_deref(), after.as_deref()))
            }
            Asked::DismissUnanswered(DismissUnanswered { dismissed, .. }, reply) => {
                reply.with(learning::dismiss(&storage, &dismissed))
            }
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        if !self.tables.exist()? {
            return Ok(());
        }
        {
            // A publish that is under way settles its own debt, and may owe another one meanwhile.
            let _taken = self.press.take().await;
            self.settle_or_log().await;
        }
        let storage = self.state.storage();
        let made = match publish::renew(&storage, &self.press).await {
            Ok(()) => self.make_pending().await,
            failed => failed,
        };
        // An index that cannot be made keeps nobody's pictures away.
        let fetched = self.fetch_pictures(pictures::soon(), &pictures::Scope::All).await;
        // Nor does a model that is away.
        let written = self.write_on().await;
        due::arm_next(&storage, &self.env)?;
        made.and(fetched).and(written)
    }

    /// `content/{workspace}` is everything that was published, `picture/{workspace}/{hash}` a picture,
    /// `answers/{workspace}/{locale}/{hash}` the answers of a language as panels have them,
    /// `source/{workspace}/{kind}/{locale}/{id}` a piece as it was written, and `index/{workspace}/{locale}/{hash}/{reader}` the bytes of an index, for a reader as JSON in base64url.
    async fn serve(&self, path: &str) -> Result<Response, Failure> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let workspace = parts.get(1).and_then(|id| WorkspaceId::parse(id).ok()).ok_or(ErrorCode::UnknownDoor)?;
        self.arrive(&workspace).await?;
        let storage = self.state.storage();
        match parts.as_slice() {
            ["content", _] => Ok(Response::ok(self.written(&workspace).await?)?),
            ["picture", _, hash] => pictures::given(storage, hash),
            ["source", _, kind, locale, id @ ..] => {
                transaction(&storage, || pieces::spread(&storage))?;
                pieces::source(&storage, kind, locale, &id.join("/"))
            }
            ["answers", _, locale, hash] => Ok(Response::from_bytes(answers::file(&storage, locale, hash)?)?),
            ["index", _, locale, hash, reader] => {
                let reader = from_base64url(reader).ok_or(ErrorCode::UnknownDoor)?;
                let reader: Reader = serde_json::from_str(str::from_utf8(&reader)?)?;
                Ok(Response::from_bytes(stored::index_bytes(&storage, locale, hash, &reader)?)?)
            }
            _ => Err(ErrorCode::UnknownDoor.into()),
        }
    }
}

impl Asked {
    fn workspace(&self) -> &WorkspaceId {
        match self {
            Asked::Publish(Publish { workspace, .. }, _)
            | Asked::Place(Place { workspace, .. }, _)
            | Asked::ReadArticle(ReadArticle { workspace, .. }, _)
            | Asked::ListSections(ListSections { workspace, .. }, _)
            | Asked::CountHelped(CountHelped { workspace, .. }, _)
            | Asked::ReadAnswer(ReadAnswer { workspace, .. }, _)
            | Asked::ListArticles(ListArticles { workspace, .. }, _)
            | Asked::Match(Match { workspace, .. }, _)
            | Asked::ExplainAssistant(ExplainAssistant { workspace, .. }, _)
            | Asked::ListWritten(ListWritten { workspace, .. }, _)
            | Asked::DecideWritten(DecideWritten { workspace, .. }, _)
            | Asked::Learn(Learn { workspace, .. }, _)
            | Asked::Unlearn(Unlearn { workspace, .. }, _)
            | Asked::ListUnanswered(ListUnanswered { workspace, .. }, _)
            | Asked::DismissUnanswered(DismissUnanswered { workspace, .. }, _) => workspace,
        }
    }
}

impl Library {
    /// Has made anew what another engine has made; looked for once while this is awake. The alarm does it, so that nobody's
    /// request is lost with it; until then what is there is served.
    fn renew_soon(&self, storage: &Storage) {
        if self.looked.replace(true) {
            return;
        }
        let armed = publish::is_old(storage).and_then(|is_old| if is_old { arm(storage, now()) } else { Ok(()) });
        if let Err(failure) = armed {
            failure.log();
        }
    }
}
