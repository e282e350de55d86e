//! Lists in pages. A page costs the same however much a list holds: its lines come from an index, in their order.

use super::super::sockets::{self, AGENTS, Attachment, attachment, send};
use super::Inbox;
use crate::calls::Caller;
use crate::failure::Failure;
use crate::platform::stored;
use crate::sql;
use serde::Deserialize;
use shared::conversation::{List, WAITS_BELOW, WAITS_PROMISED_BELOW};
use shared::ids::{AgentId, ConversationId};
use shared::protocol::{
    ApiError, Author, Counts, ErrorCode, FirstWait, InboxAsk, InboxFrame, ListName, ListPage, MAX_BODY, Millis,
    PAGE_LINES, Position, Summary,
};
use std::collections::BTreeMap;
use worker::{SqlStorageValue, WebSocket, WebSocketIncomingMessage};

/// The most bytes of a page's lines. With the counts and one line more, an agent begins with 30 kB at most.
const PAGE_BYTES: usize = 24_000;

#[derive(Deserialize)]
struct CountedRow {
    list: String,
    count: u64,
}

#[derive(Deserialize)]
struct FirstRow {
    id: ConversationId,
    since: Option<Millis>,
    due: Option<Millis>,
    updated_at: Millis,
}

impl Inbox {
    /// What an agent's page asks for.
    pub(super) fn pages(&self, ask: &InboxAsk, me: &AgentId) -> Result<Vec<InboxFrame>, Failure> {
        self.ready()?;
        match ask {
            InboxAsk::Show { list, open } => {
                let mut frames = vec![InboxFrame::Counts(self.counts(me)?), self.page(list, None, me)?];
                if let Some(id) = open {
                    frames.push(self.line_of(id)?);
                }
                Ok(frames)
            }
            InboxAsk::More { list, after } => Ok(vec![self.page(list, after.as_ref(), me)?]),
            InboxAsk::Line { id } => Ok(vec![self.line_of(id)?]),
        }
    }

    /// Takes what a page asks over its socket. Its first frame is its greeting.
    pub(super) fn asked(&self, socket: &WebSocket, message: WebSocketIncomingMessage) -> Result<(), Failure> {
        let Some(attachment) = attachment(socket) else { return Ok(()) };
        let Some(me) = agent_of(&attachment.caller).cloned() else { return Ok(()) };
        let text = match message {
            WebSocketIncomingMessage::String(text) if text.len() <= MAX_BODY => text,
            WebSocketIncomingMessage::String(_) => return Err(ErrorCode::BodyTooLarge.into()),
            WebSocketIncomingMessage::Binary(_) => return Err(ErrorCode::BrokenJson.into()),
        };
        let ask: InboxAsk = serde_json::from_str(&text).map_err(|_| ApiError::new(ErrorCode::InvalidRequest))?;
        let frames = self.pages(&ask, &me)?;
        // From here on it hears of changes; what has changed before is in the frames.
        if !attachment.greeted && matches!(ask, InboxAsk::Show { .. }) {
            sockets::attach(socket, &Attachment { greeted: true, ..attachment })?;
            self.listeners.changed();
        }
        frames.iter().for_each(|frame| send(socket, frame));
        Ok(())
    }

    /// Tells those who look how many conversations the lists hold that have changed.
    pub(super) fn tell_counts(&self, changed: &[String]) -> Result<(), Failure> {
        if !self.listeners.has_agents(&self.state) {
            return Ok(());
        }
        let first = self.first_waits()?;
        let is_told = self.told_first.replace(Some(first.clone())).as_ref() == Some(&first);
        if is_told && changed.is_empty() {
            return Ok(());
        }
        let mut counted = Vec::new();
        for list in changed {
            let query = "SELECT count FROM counts WHERE list = ?";
            let count = sql::count(&self.state.storage(), query, vec![list.as_str().into()])?;
            counted.push(CountedRow { list: list.clone(), count });
        }
        self.listeners.send_each(&self.state, AGENTS, |caller| {
            // A page of an earlier build knows no counts.
            let pages = matches!(caller, Caller::Agent { pages: true, .. });
            let lists = lists_of(&counted, agent_of(caller).filter(|_| pages)?);
            Some(InboxFrame::Counts(Counts { whole: false, lists, first: first.clone() }))
        });
        Ok(())
    }

    fn counts(&self, me: &AgentId) -> Result<Counts, Failure> {
        let query = "SELECT list, count FROM counts WHERE count > 0";
        let counted: Vec<CountedRow> = sql::all(&self.state.storage(), query, None)?;
        Ok(Counts { whole: true, lists: lists_of(&counted, me), first: self.first_waits()? })
    }

    fn first_waits(&self) -> Result<Vec<FirstWait>, Failure> {
        let query = "SELECT id, json ->> '$.waiting_since' AS since, json ->> '$.due' AS due, updated_at FROM conversations \
                     WHERE rank >= ? AND rank < ? ORDER BY rank, id LIMIT 1";
        let mut first = Vec::new();
        for (from, below) in [(0, WAITS_PROMISED_BELOW), (WAITS_PROMISED_BELOW, WAITS_BELOW)] {
            let row: Option<FirstRow> = sql::one(&self.state.storage(), query, vec![stored(from), stored(below)])?;
            first.extend(row.map(|row| FirstWait {
                id: row.id,
                since: row.since.unwrap_or(row.updated_at),
                due: row.due,
            }));
        }
        Ok(first)
    }

    fn page(&self, list: &ListName, after: Option<&Position>, me: &AgentId) -> Result<InboxFrame, Failure> {
        let (held, value) = held_by(&list_of(list, me));
        let mut query = ["SELECT json FROM conversations WHERE ", held].concat();
        let mut values = vec![value];
        if let Some(after) = after {
            query.push_str(" AND (rank, id) > (?, ?)");
            values.extend([stored(after.rank), after.id.as_str().into()]);
        }
        query.push_str(" ORDER BY rank, id LIMIT ?");
        // One more tells whether more follow.
        let most = PAGE_LINES + 1;
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let found: Vec<Summary> = sql::documents(&self.state.storage(), &query, values)?;
        let how_many = found.len();
        let (mut lines, mut room) = (Vec::new(), PAGE_BYTES);
        for mut line in found.into_iter().take(PAGE_LINES) {
            // A thread shows what was suggested; lists do not.
            line.context.shown.clear();
            line.context.recent.clear();
            let bytes = serde_json::to_string(&line)?.len();
            if bytes > room && !lines.is_empty() {
                break;
            }
            room = room.saturating_sub(bytes);
            lines.push(line);
        }
        let more = lines.len() < how_many;
        Ok(InboxFrame::Page(ListPage { list: list.clone(), after: after.cloned(), lines, more }))
    }

    /// The line of a conversation. One that no list holds was erased, or has told nothing yet.
    fn line_of(&self, id: &ConversationId) -> Result<InboxFrame, Failure> {
        let query = "SELECT json FROM conversations WHERE id = ?";
        let line: Option<Summary> = sql::document(&self.state.storage(), query, vec![id.as_str().into()])?;
        Ok(line.map_or_else(|| InboxFrame::Forgotten { id: id.clone() }, |line| InboxFrame::Changed(Box::new(line))))
    }
}

/// How SQL finds the lines of a list, each by an index that has them in their order.
fn held_by(list: &List) -> (&'static str, SqlStorageValue) {
    match list {
        List::All => ("rank >= ?", stored(0)),
        List::Waiting => ("rank < ?", stored(WAITS_BELOW)),
        List::Mine(agent) => ("holder = ?", agent.as_str().into()),
        List::Unassigned => ("holder = ?", "".into()),
        List::Automatic | List::Escalations | List::Team(_) | List::Snoozed | List::Resolved => {
            ("place = ?", list.key().into())
        }
    }
}

fn list_of(name: &ListName, me: &AgentId) -> List {
    match name {
        ListName::Waiting => List::Waiting,
        ListName::Mine => List::Mine(me.clone()),
        ListName::Unassigned => List::Unassigned,
        ListName::Escalations => List::Escalations,
        ListName::Team(team) => List::Team(team.clone()),
        ListName::Automatic => List::Automatic,
        ListName::Snoozed => List::Snoozed,
        ListName::Solved => List::Resolved,
        ListName::All => List::All,
    }
}

/// What an agent sees of these counts: of what is somebody's, only their own.
fn lists_of(counted: &[CountedRow], me: &AgentId) -> BTreeMap<ListName, u64> {
    let usual = ListName::BEFORE_TEAMS.into_iter().chain(ListName::AFTER_TEAMS);
    let names: BTreeMap<String, ListName> = usual.map(|name| (list_of(&name, me).key(), name)).collect();
    let team = |key: &str| List::team_of(key).map(ListName::Team);
    let named = |row: &CountedRow| Some((names.get(&row.list).cloned().or_else(|| team(&row.list))?, row.count));
    counted.iter().filter_map(named).collect()
}

fn agent_of(caller: &Caller) -> Option<&AgentId> {
    match caller {
        Caller::Agent { author: Author::Agent { id, .. }, .. } => Some(id),
        Caller::Agent { .. } | Caller::Visitor { .. } => None,
    }
}
