//! Keeps the lists live: what is shown of them, and what is counted.

use super::chrome::{Chrome, Link};
use super::conversations::Conversations;
use super::open::OpenConversations;
use super::session::Session;
use crate::io::browser;
use crate::io::http::Failure;
use crate::io::socket::{Happened, Socket};
use crate::model::lists::{List, Lists};
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::client;
use shared::ids::ConversationId;
use shared::protocol::{ConversationFrame, ErrorCode, InboxAsk, InboxFrame, Millis, Position};

/// Where no socket comes through, what is shown is asked for anew: some pages, so not every second.
const ASK_EVERY: Millis = 10_000;
/// As many pages as are asked for anew. An agent who has scrolled further begins there.
const PAGES_ANEW: usize = 8;

/// The link on which the lists come.
#[derive(Clone, Copy)]
pub(super) struct LiveLists {
    socket: StoredValue<Option<Socket>, LocalStorage>,
    /// What was asked and is not answered yet.
    asked: StoredValue<Option<InboxAsk>>,
    session: Session,
    chrome: Chrome,
    conversations: Conversations,
    open: OpenConversations,
}

impl LiveLists {
    /// Lists that are not connected yet.
    pub(super) fn new(session: Session, chrome: Chrome, conversations: Conversations, open: OpenConversations) -> Self {
        let (socket, asked) = (StoredValue::new_local(None), StoredValue::new(None));
        Self { socket, asked, session, chrome, conversations, open }
    }

    /// Connects the lists to the edge, until they are left.
    pub(super) fn follow(self) {
        let path = self.session.doors.with_value(|doors| doors.inbox_live());
        let link = client::Link::asking_every(ASK_EVERY);
        let socket = Socket::connect(&path, link, move |socket, happened| match happened {
            Happened::Open => {
                self.asked.set_value(None);
                socket.send(&serde_json::to_string(&self.begin()).unwrap_or_default());
            }
            Happened::Frame(text) => match serde_json::from_str(&text) {
                Ok(frame) => self.take(vec![frame]),
                Err(_) => self.take_refusal(&text),
            },
            Happened::Live => {
                self.chrome.link.set(Link::Live);
                self.open.hurry();
            }
            Happened::Lost => {
                if self.chrome.link.get_untracked() != Link::Slow {
                    self.chrome.link.set(Link::Lost);
                }
            }
            Happened::Ask => self.ask_anew(socket.clone()),
        });
        self.socket.set_value(Some(socket));
        Effect::new(move |_| self.want_more());
        Effect::new(move |_| {
            let open = self.conversations.open_id();
            self.conversations.lists.update(|lists| lists.open(open.clone()));
            self.want_line(open);
        });
    }

    /// Closes the socket.
    pub(super) fn leave(self) {
        let socket = self.socket.try_update_value(Option::take).flatten();
        socket.iter().for_each(|socket| socket.leave());
    }

    /// Asks the socket whether it still lives.
    pub(super) fn check(self) {
        if let Some(socket) = self.socket.get_value() {
            socket.check();
        }
    }

    /// Asks for a list that is shown and is not here, and for more of it before somebody is at its end.
    fn want_more(self) {
        let list = self.conversations.place.with(|place| place.list.clone());
        let sight = self.conversations.sight.get();
        let after = self.conversations.lists.with(|lists| {
            let end = lists.end(&list).cloned();
            let cursor = self.conversations.cursor.with(|cursor| cursor.at(lists.rows(&list)));
            let here = lists.rows(&list).len();
            let wants = sight.nears_end(here) || cursor.is_some_and(|at| at + 1 >= here);
            match (lists.loaded, lists.has_begun(&list)) {
                (true, false) => Some(None),
                (true, true) if end.is_some() && wants => Some(end),
                _ => None,
            }
        });
        if let Some(after) = after {
            self.ask(InboxAsk::More { list, after });
        }
    }

    /// Asks for the line of a conversation that is opened by a link, unless it is here.
    fn want_line(self, id: Option<ConversationId>) {
        let is_wanted = |id: &ConversationId| {
            self.conversations.lists.with_untracked(|lists| lists.loaded && lists.get(id).is_none())
        };
        if let Some(id) = id.filter(is_wanted) {
            self.ask(InboxAsk::Line { id });
        }
    }

    /// Asks once, until an answer has come.
    fn ask(self, ask: InboxAsk) {
        if self.asked.with_value(|asked| asked.as_ref() == Some(&ask)) {
            return;
        }
        let socket = self.socket.get_value().filter(|socket| socket.link().is_live());
        match (socket, &ask) {
            (Some(socket), _) => socket.send(&serde_json::to_string(&ask).unwrap_or_default()),
            // The next asking anew brings it.
            (None, InboxAsk::Line { .. }) => return,
            (None, _) => self.fetch(ask.clone()),
        }
        if !matches!(ask, InboxAsk::Line { .. }) {
            self.asked.set_value(Some(ask));
        }
    }

    fn begin(self) -> InboxAsk {
        let place = self.conversations.place.get_untracked();
        InboxAsk::Show { list: place.list, open: place.open }
    }

    fn fetch(self, ask: InboxAsk) {
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            match doors.inbox(&ask).await {
                Ok(frames) => self.take(frames),
                Err(failure) => {
                    self.asked.try_set_value(None);
                    self.session.failed(&failure);
                }
            }
        });
    }

    /// Asks for what is shown, in the place of the socket. It also finds out that nobody is signed in, which a socket that
    /// does not open cannot tell.
    fn ask_anew(self, socket: Socket) {
        spawn_local(async move {
            let answer = self.anew().await;
            let is_ok = answer.is_ok();
            if !socket.link().is_live() {
                self.chrome.link.try_set(if is_ok { Link::Slow } else { Link::Lost });
            }
            match answer {
                Ok(frames) => {
                    self.take(frames);
                    self.open.hurry();
                }
                Err(failure) => self.session.failed(&failure),
            }
            socket.answered(is_ok);
        });
    }

    /// The list that is shown from its beginning, as far as it is here.
    async fn anew(self) -> Result<Vec<InboxFrame>, Failure> {
        let (doors, ask) = (self.session.doors.get_value(), self.begin());
        let InboxAsk::Show { list, .. } = &ask else { return Ok(Vec::new()) };
        let here = self.conversations.lists.with_untracked(|lists| lists.rows(list).len());
        let mut frames = doors.inbox(&ask).await?;
        let mut got = 0;
        for _ in 0..PAGES_ANEW {
            let (lines, after) = last_page(&frames);
            got += lines;
            let Some(after) = after.filter(|_| got < here) else { break };
            frames.extend(doors.inbox(&InboxAsk::More { list: list.clone(), after: Some(after) }).await?);
        }
        Ok(frames)
    }

    /// The edge says why it closes the socket.
    fn take_refusal(self, text: &str) {
        let refusal = serde_json::from_str(text);
        if matches!(refusal, Ok(ConversationFrame::Refused { error, .. }) if error.code == ErrorCode::NotSignedIn) {
            self.session.expired.set(true);
        }
    }

    fn take(self, frames: Vec<InboxFrame>) {
        let lists = self.conversations.lists;
        let waiting =
            || lists.try_with_untracked(|lists| (lists.loaded, lists.size(&List::Waiting))).unwrap_or_default();
        let (was_loaded, before) = waiting();
        if frames.iter().any(|frame| matches!(frame, InboxFrame::Page(_))) {
            self.asked.try_set_value(None);
        }
        let news = lists.try_with_untracked(|lists| unread_since(lists, &frames)).unwrap_or_default();
        if news > 0 && !browser::is_visible() {
            self.conversations.news.try_update(|all| *all += news);
        }
        lists.try_update(|lists| frames.into_iter().for_each(|frame| lists.take(frame)));
        let (_, after) = waiting();
        if was_loaded && after > before {
            self.chrome.notice.set(words::count("visitors_wait", after));
        }
    }
}

/// How many messages are unread in what has changed that were not before.
fn unread_since(lists: &Lists, frames: &[InboxFrame]) -> u64 {
    let changed =
        frames.iter().filter_map(|frame| if let InboxFrame::Changed(line) = frame { Some(line) } else { None });
    changed
        .map(|line| match lists.get(&line.id) {
            Some(known) => u64::from(line.unread.saturating_sub(known.unread)),
            // Of a line that is not here it is not known how many are new.
            None => u64::from(line.unread.min(1)),
        })
        .sum()
}

/// How many lines the last page of these has, and after which one more is to be asked for.
fn last_page(frames: &[InboxFrame]) -> (usize, Option<Position>) {
    let mut pages =
        frames.iter().rev().filter_map(|frame| if let InboxFrame::Page(page) = frame { Some(page) } else { None });
    pages.next().map_or((0, None), |page| {
        (page.lines.len(), page.lines.last().filter(|_| page.more).map(|line| line.position()))
    })
}
