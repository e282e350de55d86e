//! The lists of conversations, as far as they are here: each list that was looked at from its beginning, kept live.

use shared::ids::{AgentId, ConversationId, TeamId};
pub(crate) use shared::protocol::ListName as List;
use shared::protocol::{Counts, FirstWait, InboxFrame, ListPage, Position, Summary};
use std::collections::BTreeMap;

/// What the edge has told of the lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// Whose `Mine` is.
    me: Option<AgentId>,
    /// The lines that are in a list here, and that of the open conversation.
    known: BTreeMap<ConversationId, Summary>,
    begun: BTreeMap<List, Begun>,
    open: Option<ConversationId>,
    counts: BTreeMap<List, u64>,
    first: Vec<FirstWait>,
    /// Whether the edge has counted: before it, an empty list means nothing.
    pub(crate) loaded: bool,
    /// Whether what is here is of a link that was lost, and the next page begins anew.
    is_old: bool,
}

/// The beginning of a list, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Begun {
    lines: Vec<Position>,
    /// How far it is here. Nothing if all of it is.
    end: Option<Position>,
}

/// The lines of a list that are here, in order.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    lines: &'a [Position],
    known: &'a BTreeMap<ConversationId, Summary>,
}

impl Lists {
    /// An agent's, before anything has come.
    pub(crate) fn of(me: AgentId) -> Self {
        Self { me: Some(me), ..Self::default() }
    }

    /// Takes what the edge says. An older version never replaces a newer one, however late a frame comes.
    pub(crate) fn take(&mut self, frame: InboxFrame) {
        match frame {
            InboxFrame::Counts(counts) => self.count(counts),
            InboxFrame::Page(page) => self.take_page(page),
            InboxFrame::Changed(summary) => self.change(*summary),
            InboxFrame::Forgotten { id } => self.forget(&id),
            // That is for pages of earlier builds.
            InboxFrame::Snapshot(_) => {}
        }
    }

    /// The conversation that is open: its line is kept, whichever list it is in.
    pub(crate) fn open(&mut self, id: Option<ConversationId>) {
        let before = std::mem::replace(&mut self.open, id);
        if let Some(before) = before.filter(|id| Some(id) != self.open.as_ref() && !self.is_in_a_list(id)) {
            self.known.remove(&before);
        }
    }

    /// The conversation as the lists show it; none if it is not here.
    pub(crate) fn get(&self, id: &ConversationId) -> Option<&Summary> {
        self.known.get(id)
    }

    /// The lines of a list that are here: the oldest promise first, then the longest wait, then what comes back, then what changed
    /// last.
    pub(crate) fn rows(&self, list: &List) -> Rows<'_> {
        Rows { lines: self.begun.get(list).map_or(&[], |begun| &begun.lines), known: &self.known }
    }

    /// Whether anything has come of a list.
    pub(crate) fn has_begun(&self, list: &List) -> bool {
        self.begun.contains_key(list)
    }

    /// After which line more of a list is to be asked for; none if all of it is here, or nothing.
    pub(crate) fn end(&self, list: &List) -> Option<&Position> {
        self.begun.get(list)?.end.as_ref()
    }

    /// How many conversations a list holds, here and at the edge.
    pub(crate) fn size(&self, list: &List) -> u64 {
        self.counts.get(list).copied().unwrap_or_default()
    }

    /// Those who wait first: with the oldest promise, and the longest without one.
    pub(crate) fn first(&self) -> &[FirstWait] {
        &self.first
    }

    /// Every line that is here.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Summary> {
        self.known.values()
    }

    /// The teams in whose lists something lies.
    pub(crate) fn teams(&self) -> impl Iterator<Item = TeamId> {
        self.counts.iter().filter_map(|(list, count)| match list {
            List::Team(team) if *count > 0 => Some(team.clone()),
            _ => None,
        })
    }

    fn count(&mut self, counts: Counts) {
        if counts.whole {
            self.counts.clear();
            // The page that follows replaces what is here. Until it is here, old lines are better than none.
            self.is_old = true;
        }
        self.counts.extend(counts.lists);
        self.first = counts.first;
        self.loaded = true;
    }

    fn take_page(&mut self, page: ListPage) {
        let ListPage { list, after, lines, more } = page;
        let mut before = BTreeMap::new();
        match after {
            None if std::mem::take(&mut self.is_old) => {
                self.begun.clear();
                before = std::mem::take(&mut self.known);
                if let Some((id, line)) = self.open.as_ref().and_then(|id| before.get_key_value(id)) {
                    self.known.insert(id.clone(), line.clone());
                }
                self.begun.insert(list.clone(), Begun::default());
            }
            None => drop(self.begun.insert(list.clone(), Begun::default())),
            // An answer to what was asked before the list began anew.
            Some(after) if self.end(&list) != Some(&after) => return,
            Some(_) => {}
        }
        let end = lines.last().map(Summary::position).filter(|_| more);
        if let Some(begun) = self.begun.get_mut(&list) {
            begun.end = end;
        }
        for line in lines {
            let newer = self.known.get(&line.id).or_else(|| before.get(&line.id));
            let line = newer.filter(|known| known.version > line.version).cloned().unwrap_or(line);
            self.put(line);
        }
    }

    fn change(&mut self, summary: Summary) {
        if self.known.get(&summary.id).is_none_or(|known| known.version <= summary.version) {
            self.put(summary);
        }
    }

    /// Puts a line into every list that holds it and reaches so far.
    fn put(&mut self, summary: Summary) {
        let (old, new) = (self.known.get(&summary.id).map(Summary::position), summary.position());
        let mut is_held = self.open.as_ref() == Some(&summary.id);
        for (list, begun) in &mut self.begun {
            if let Some(at) = old.as_ref().and_then(|old| begun.lines.binary_search(old).ok()) {
                begun.lines.remove(at);
            }
            let reaches = begun.end.as_ref().is_none_or(|end| new <= *end);
            if reaches && list.holds(&summary, self.me.as_ref()) {
                if let Err(at) = begun.lines.binary_search(&new) {
                    begun.lines.insert(at, new.clone());
                }
                is_held = true;
            }
        }
        if is_held {
            self.known.insert(summary.id.clone(), summary);
        } else {
            self.known.remove(&summary.id);
        }
    }

    fn forget(&mut self, id: &ConversationId) {
        let Some(position) = self.known.remove(id).map(|line| line.position()) else { return };
        for begun in self.begun.values_mut() {
            if let Ok(at) = begun.lines.binary_search(&position) {
                begun.lines.remove(at);
            }
        }
    }

    fn is_in_a_list(&self, id: &ConversationId) -> bool {
        let Some(position) = self.known.get(id).map(Summary::position) else { return false };
        self.begun.values().any(|begun| begun.lines.binary_search(&position).is_ok())
    }
}

impl<'a> Rows<'a> {
    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.lines.len()
    }

    /// The row at a height, counted from 0.
    pub(crate) fn get(self, at: usize) -> Option<&'a ConversationId> {
        self.lines.get(at).map(|position| &position.id)
    }

    /// At what height a row is.
    pub(crate) fn find(self, id: &ConversationId) -> Option<usize> {
        self.lines.binary_search(&self.known.get(id)?.position()).ok()
    }
}

#[cfg(test)]
mod tests;
