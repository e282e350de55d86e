//! What the machine wants done: the only place in which a conversation that has begun calls other objects.

use super::Conversation;
use crate::calls::ask::Remote;
use crate::calls::library::{Learn, Match, Matched, Teacher, Unlearn};
use crate::calls::visitor::{self, Know, Take};
use crate::calls::workspace::ReadTerms;
use crate::calls::{self, Address, Draw, Inbox, Library, Visitor, Workspace, address, inbox};
use crate::failure::Failure;
use crate::names::{AddressName, LessonsName};
use crate::platform::day_ms;
use crate::proof::digest;
use futures_util::future::try_join;
use shared::assistant::VisitorContext;
use shared::conversation::{
    Agreement, Answer, Denied, Follower, Held, InboxUpdate, Looked, Lost, Meta, Mirror, SiteProfile, Teaching,
    VisitorUpdate, Work,
};
use shared::ids::WorkspaceId;
use shared::limits::Kind;
use shared::readership::Reader;
use shared::routing::Case;
use std::convert::Infallible;

impl Conversation {
    /// Does it, whatever comes of it: a failure is logged, and answered as such.
    pub(super) async fn perform(&self, work: Work<Infallible>) -> Answer<Infallible> {
        match work {
            Work::Search { about, text, locale, page, products, case } => {
                let looked = match self.question(text, locale, page, products) {
                    Ok(question) => self.look_up(question, case).await.map(Box::new),
                    Err(failure) => Err(failure),
                };
                Answer::Found { about, looked: heard(looked) }
            }
            Work::Route { about, case } => Answer::Placed { about, place: heard(self.place(*case).await) },
            Work::AskTerms => Answer::Terms(heard(self.ask_terms().await)),
            Work::TellInbox(update) => {
                let revision = update.summary.version;
                Answer::Told { mirror: Mirror::Inbox, revision, answer: heard(self.tell_inbox(update).await) }
            }
            Work::TellVisitor(update) => {
                let revision = update.revision;
                let answer = heard(self.take_along(update, None).await);
                Answer::Told { mirror: Mirror::Visitor, revision, answer }
            }
            Work::DrawOfVisitor { count, update } => {
                let told = update.as_ref().map(|update| update.revision);
                Answer::DrawnOfVisitor { told, answer: granted(self.draw_of_visitor(count, update).await) }
            }
            Work::DrawOfAddress { address, count } => {
                let drawn = self.draw_of_address(AddressName::new(address), count).await;
                Answer::DrawnOfAddress { count, answer: granted(drawn) }
            }
            Work::Introduce(introduction) => {
                let answer = heard(self.introduce(introduction.clone()).await);
                Answer::Introduced { introduction, answer }
            }
            Work::Feed { feed, .. } => match feed {},
            Work::Teach(teaching) => {
                let (revision, up_to) = (teaching.revision, teaching.up_to);
                Answer::Taught { revision, up_to, answer: heard(self.teach(teaching).await) }
            }
            Work::Forget(by) => Answer::Forgotten { by, answer: heard(self.have_forgotten(by).await) },
            Work::Wipe => Answer::Wiped(heard(self.wipe().await)),
        }
    }

    /// What the library is asked for a message, before it is known who has written it.
    fn question(&self, text: String, locale: String, page: String, products: Vec<String>) -> Result<Match, Failure> {
        let workspace = self.require_begun()?.workspace;
        Ok(Match { workspace, text, locale, page, products, reader: Reader::everybody() })
    }

    /// Asks the rules that come before the assistant, if there are any, and searches if they leave it to the assistant.
    async fn look_up(&self, question: Match, case: Option<Box<Case>>) -> Result<Looked, Failure> {
        if let Some(case) = case
            && let Some(place) = self.place_before_assistant(*case).await?
        {
            return Ok(Looked { people: Some(place), ..Looked::default() });
        }
        self.search(question).await
    }

    /// Searches for a message and asks what is known of its visitor, at once. Both or neither: only the visitor's object knows
    /// who is not to be automated.
    async fn search(&self, question: Match) -> Result<Looked, Failure> {
        let meta = self.require_begun()?;
        let library = Library::of(&self.env, &meta.workspace)?;
        let (matched, history) = try_join(library.ask(&question), self.history(&meta)).await?;
        let profile = history.profile.clone().unwrap_or_default();
        let (products, reader) = (profile.products, Reader::of(profile.audience));
        let Matched { found, rules } = if products == question.products && reader == question.reader {
            matched
        } else {
            // The visitor's object knows what the conversation may not have heard since it woke, and who the visitor is by now.
            library.ask(&Match { products, reader, ..question }).await?
        };
        Ok(Looked { people: None, found, rules, visitor: VisitorContext::of(history.profile, history.questions) })
    }

    async fn ask_terms(&self) -> Result<Agreement, Failure> {
        self.terms_of(&self.require_begun()?.workspace).await
    }

    /// What holds in a workspace. One that is not there has none.
    pub(super) async fn terms_of(&self, workspace: &WorkspaceId) -> Result<Agreement, Failure> {
        let terms = Workspace::of(&self.env, workspace)?.ask(ReadTerms).await?;
        let rules_come_first = terms.rules_come_first;
        let kept_ms = u64::from(terms.retention_days).saturating_mul(day_ms(&self.env));
        Ok(Agreement { kept_ms, terms: terms.of_waiting(), rules_come_first })
    }

    async fn tell_inbox(&self, InboxUpdate { summary, facts, zone }: InboxUpdate) -> Result<Held, Failure> {
        let meta = self.require_begun()?;
        let object = calls::Conversation::name_of(&meta.workspace, &meta.conversation);
        Inbox::of(&self.env, &meta.workspace)?.ask(inbox::Take { summary, facts, object, zone }).await
    }

    async fn draw_of_visitor(&self, count: u32, update: Option<VisitorUpdate>) -> Result<Option<Held>, Failure> {
        let draw = Draw { kind: Kind::Message, count };
        match update {
            Some(update) => self.take_along(update, Some(draw)).await.map(Some),
            None => {
                let spend = visitor::Spend { draws: vec![draw] };
                visitor_of(self, &self.require_begun()?)?.ask(spend).await.map(|()| None)
            }
        }
    }

    async fn take_along(&self, update: VisitorUpdate, draw: Option<Draw>) -> Result<Held, Failure> {
        let VisitorUpdate { revision, thread, helped } = update;
        visitor_of(self, &self.require_begun()?)?.ask(Take { revision, thread, helped, draw }).await
    }

    async fn draw_of_address(&self, address: AddressName, count: u32) -> Result<(), Failure> {
        let workspace = self.require_begun()?.workspace;
        let draws = vec![Draw { kind: Kind::Message, count }];
        Address::of(&self.env, &workspace, &address)?.ask(address::Spend { draws }).await
    }

    async fn introduce(&self, said: SiteProfile) -> Result<(), Failure> {
        visitor_of(self, &self.require_begun()?)?.ask(Know { said }).await
    }

    /// Tells the library all lessons, with the names that are no part of them.
    async fn teach(&self, teaching: Teaching) -> Result<Held, Failure> {
        let meta = self.require_begun()?;
        let profile = self.history(&meta).await?.profile.unwrap_or_default();
        let Teaching { revision, lessons, names, .. } = teaching;
        let signed = profile.name.into_iter().collect();
        let (conversation, visitor) = (lessons_name(&meta), teacher_name(&meta));
        let from = Teacher { conversation, visitor, revision, signed, agents: names };
        let workspace = meta.workspace;
        Library::of(&self.env, &workspace)?.ask(Learn { workspace, from, lessons }).await
    }

    async fn have_forgotten(&self, by: Follower<Infallible>) -> Result<(), Failure> {
        let meta = self.require_begun()?;
        let conversation = meta.conversation.clone();
        match by {
            Follower::Mirror(Mirror::Inbox) => {
                Inbox::of(&self.env, &meta.workspace)?.ask(inbox::Forget { conversation }).await
            }
            Follower::Mirror(Mirror::Visitor) => visitor_of(self, &meta)?.ask(visitor::Forget { conversation }).await,
            Follower::Feed(feed) => match feed {},
            Follower::Library => {
                let (workspace, conversation) = (meta.workspace.clone(), lessons_name(&meta));
                Library::of(&self.env, &workspace)?.ask(Unlearn { workspace, conversation }).await
            }
        }
    }
}

/// Another digest than the one that names the conversation's object.
fn lessons_name(meta: &Meta) -> LessonsName {
    LessonsName::new(digest(&["lessons of ", meta.workspace.as_str(), "/", meta.conversation.as_str()].concat()))
}

fn visitor_of(one: &Conversation, meta: &Meta) -> Result<Remote<Visitor>, Failure> {
    Visitor::of(&one.env, &meta.workspace, &meta.visitor)
}

/// The same of its visitor.
fn teacher_name(meta: &Meta) -> LessonsName {
    LessonsName::new(digest(&["lessons by ", meta.workspace.as_str(), "/", meta.visitor.as_str()].concat()))
}

/// What the machine hears of a call; why it came to nothing is for the log.
fn heard<T>(result: Result<T, Failure>) -> Result<T, Lost> {
    result.map_err(|failure| {
        failure.log();
        Lost
    })
}

/// The same of a call that may be refused.
fn granted<T>(result: Result<T, Failure>) -> Result<T, Denied> {
    result.map_err(|failure| match failure {
        Failure::Refused(error) => Denied::Refused(error),
        other => {
            other.log();
            Denied::Lost
        }
    })
}
