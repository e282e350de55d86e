//! The panel as the views see it: signals of the model's parts, and what a visitor can do.
//!
//! One file for each thing that a visitor does; the rules are in `model`. What is done after the first answer is in `more`.

mod answers;
mod compose;
mod draft;
mod forget;
mod host;
mod identity;
mod likely;
mod look;
mod playground;
mod second;
mod start;
mod when;

use crate::live::Live;
use crate::model::composer::Composer;
use crate::model::expected::Said;
use crate::model::likely::Likely;
use crate::model::look::PageLook;
use crate::model::page::Page;
use crate::model::person::Person;
use crate::model::piece::Piece;
use crate::model::place::Place;
use crate::model::preview::Preview;
use crate::model::reading::Reading;
use crate::model::suggestions::Suggestions;
use crate::model::threads::List;
use crate::model::told::TellTale;
use crate::model::tried::Tried;
use crate::model::words::Words;
use gloo::timers::callback::Timeout;
pub use second::{Bring, More};
use shared::client::{Link, Outbox, Transcript};
use shared::ids::{ConversationId, VisitorToken};
use shared::matching::Index;
use shared::protocol::{KnownProblem, Millis, Section, VisitorCommand};
use shared::settings::PanelSettings;
use std::cell::{Cell, RefCell};
use std::ops::Deref;

/// The language of the words that the panel has with it.
const ENGLISH: &str = "en";

/// How far the panel is with getting what it needs from the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    /// It is on its way; writing and asking for a person work already.
    Loading,
    /// It did not come; writing and asking for a person still work.
    Failed,
    /// All is there.
    Ready,
}

/// What lies under the open article, if one is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// The greeting, the recent threads and what is likely to be wanted.
    Home,
    /// All articles by their sections.
    Sections,
    /// A conversation.
    Thread,
}

/// The way to the conversation that is followed.
#[derive(Default)]
pub(crate) struct Connection {
    pub(crate) link: Link,
    pub(crate) socket: Option<crate::io::socket::Socket>,
    pub(crate) timer: Option<Timeout>,
    pub(crate) conversation: Option<ConversationId>,
    /// When it was last told that the visitor writes.
    pub(crate) told_typing: Millis,
}

/// A handle to the whole panel; copying it copies the handle. A panel lives as long as its page, so its parts are never freed.
#[derive(Clone, Copy)]
pub struct Panel(&'static Parts);

/// What a panel consists of. Views follow what is `Live`.
pub struct Parts {
    second: second::Second,
    pub(crate) place: RefCell<Place>,
    pub(crate) page: RefCell<Page>,
    pub(crate) index: RefCell<Option<Index<Vec<u8>>>>,
    answers: RefCell<answers::Known>,
    /// What is asked most.
    pub(crate) often: RefCell<Vec<Piece>>,
    pub(crate) tried: RefCell<Tried>,
    pub(crate) token: RefCell<Option<VisitorToken>>,
    /// The same, if it says that some of what is not for everybody is for this visitor.
    pub(crate) reader: RefCell<Option<VisitorToken>>,
    /// The message of the widget's own to which the visitor answers.
    pub(crate) prompt: Live<Option<String>>,
    /// What stands in the site's own form.
    pub(crate) form: Live<String>,
    /// What the page has told of the visitor.
    pub(crate) told: RefCell<TellTale>,
    /// The products that the visitor uses, as the site says.
    pub(crate) products: RefCell<Vec<String>>,
    /// Whether the host page has said who the visitor is.
    pub(crate) identified: Cell<bool>,
    /// The site's name for the visitor, if it has signed one.
    pub(crate) who: RefCell<Option<String>>,
    /// Whether the page is being left for good, so that nothing of it is to be kept.
    pub(crate) leaving: Cell<bool>,
    /// Whether the keyboard is to stay where it is: the panel came up by itself.
    pub(crate) quiet: Cell<bool>,
    pub(crate) connection: RefCell<Connection>,
    /// The next try to deliver what waits.
    pub(crate) retry_timer: RefCell<Option<Timeout>>,
    pub(crate) count_timer: RefCell<Option<Timeout>>,
    pub(crate) draft_timer: RefCell<Option<Timeout>>,
    pub(crate) others_timer: RefCell<Option<Timeout>>,
    pub(crate) words: Live<Words>,
    /// The language of the articles.
    pub(crate) locale: Live<String>,
    /// The language of the panel's own words: the same, or English if the panel does not speak it.
    pub(crate) tongue: Live<String>,
    /// What the site owner wrote for visitors.
    pub(crate) settings: Live<PanelSettings>,
    /// What the host page says of the look.
    pub(crate) page_look: Live<PageLook>,
    /// What is known not to work.
    pub(crate) outage: Live<Option<KnownProblem>>,
    /// What is likely to be wanted on this page.
    pub(crate) likely: Live<Likely>,
    /// The agent who types just now.
    pub(crate) typing: Live<Option<String>>,
    pub(crate) typing_timer: RefCell<Option<Timeout>>,
    /// Whether the menu is open.
    pub(crate) menu: Live<bool>,
    /// Whether the visitor is asked if all of theirs is to be deleted.
    pub(crate) erasing: Live<bool>,
    /// Whether it could not be deleted.
    pub(crate) erase_failed: Live<bool>,
    /// Whether it was.
    pub(crate) erased: Live<bool>,
    /// Whether the visitor wants to hear replies.
    pub(crate) sound: Live<bool>,
    /// Whether the visitor has given a file, which nobody can take yet.
    pub(crate) no_files: Live<bool>,
    /// Whether the visitor leaves no address.
    pub(crate) address_declined: Live<bool>,
    /// Whether there are articles to read.
    pub(crate) has_articles: Live<bool>,
    /// All articles by their sections, once they were asked for.
    pub(crate) sections: Live<Vec<Section>>,
    /// Whether they did not come.
    pub(crate) no_sections: Live<bool>,
    /// The agent with whom the visitor talks in the conversation on the screen.
    pub(crate) agent: Live<Option<String>>,
    pub(crate) online: Live<bool>,
    pub(crate) expected: Live<Said>,
    pub(crate) start: Live<Start>,
    pub(crate) screen: Live<Screen>,
    pub(crate) composer: Live<Composer>,
    pub(crate) suggestions: Live<Suggestions>,
    pub(crate) reading: Live<Option<Reading>>,
    /// The articles and answers that have led to the open one, each with the place where it was left.
    pub(crate) left: RefCell<Vec<(Piece, i32)>>,
    /// The blocks of the open article, once its text is there.
    pub(crate) blocks: RefCell<crate::io::json::Json>,
    pub(crate) list: Live<List>,
    pub(crate) log: Live<Option<Transcript>>,
    pub(crate) outbox: Live<Outbox<VisitorCommand>>,
    /// Whether the connection is lost, as far as the visitor should know.
    pub(crate) offline: Live<bool>,
    /// What stands where the way to a person is, for the conversation on the screen.
    pub(crate) person: Live<Person>,
    /// Whether an article was said not to help, and nothing was done since.
    pub(crate) needs_help: Live<bool>,
    /// Whether the panel is on the screen.
    pub(crate) shown: Live<bool>,
    /// Whether the page is on a screen at all.
    pub(crate) visible: Live<bool>,
    /// Whether the end of the thread is in view.
    pub(crate) at_end: Live<bool>,
    /// Whether the edge refuses the visitor's proof, so that they have to sign in again.
    pub(crate) expired: Live<bool>,
    /// Whether the text is too large to be kept as a draft.
    pub(crate) too_large: Live<bool>,
    /// Whether the browser keeps nothing, so that an anonymous visitor's conversation ends with the page.
    pub(crate) forgetful: Live<bool>,
    /// Whether the edge has given the list of threads.
    pub(crate) listed: Live<bool>,
    /// The glimpse of a reply that the visitor does not want to see.
    pub(crate) dismissed: Live<Option<Preview>>,
    /// What is said to screen readers.
    pub(crate) spoken: Live<String>,
}

impl Deref for Panel {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

impl Panel {
    /// A panel that knows where it is and nothing else yet.
    /// `bring` brings what is in the second module.
    pub fn new(place: Place, bring: Bring) -> Self {
        let locale = Live::new(place.locale.clone());
        Self(Box::leak(Box::new(Parts {
            second: second::Second::new(bring),
            place: RefCell::new(place),
            page: RefCell::default(),
            index: RefCell::default(),
            answers: RefCell::default(),
            often: RefCell::default(),
            tried: RefCell::default(),
            token: RefCell::default(),
            reader: RefCell::default(),
            told: RefCell::default(),
            products: RefCell::default(),
            identified: Cell::default(),
            who: RefCell::default(),
            leaving: Cell::default(),
            quiet: Cell::default(),
            connection: RefCell::default(),
            retry_timer: RefCell::default(),
            count_timer: RefCell::default(),
            draft_timer: RefCell::default(),
            others_timer: RefCell::default(),
            words: Live::new(Words::default()),
            locale,
            tongue: Live::new(String::from(ENGLISH)),
            settings: Live::new(PanelSettings::default()),
            page_look: Live::new(PageLook::default()),
            outage: Live::new(None),
            likely: Live::new(Likely::default()),
            typing: Live::new(None),
            typing_timer: RefCell::default(),
            menu: Live::new(false),
            erasing: Live::new(false),
            erase_failed: Live::new(false),
            erased: Live::new(false),
            sound: Live::new(false),
            no_files: Live::new(false),
            address_declined: Live::new(false),
            has_articles: Live::new(false),
            sections: Live::new(Vec::new()),
            no_sections: Live::new(false),
            form: Live::new(String::new()),
            prompt: Live::new(None),
            agent: Live::new(None),
            online: Live::new(false),
            expected: Live::new(Said::Word("away")),
            start: Live::new(Start::Loading),
            screen: Live::new(Screen::Home),
            composer: Live::new(Composer::default()),
            suggestions: Live::new(Suggestions::default()),
            reading: Live::new(None),
            left: RefCell::default(),
            blocks: RefCell::default(),
            list: Live::new(List::default()),
            log: Live::new(None),
            outbox: Live::new(Outbox::default()),
            offline: Live::new(false),
            person: Live::new(Person::Ask),
            needs_help: Live::new(false),
            shown: Live::new(false),
            visible: Live::new(true),
            at_end: Live::new(true),
            expired: Live::new(false),
            too_large: Live::new(false),
            forgetful: Live::new(false),
            listed: Live::new(false),
            dismissed: Live::new(None),
            spoken: Live::new(String::new()),
        })))
    }

    /// The words for a key, as a view shows them: they follow the language.
    pub(crate) fn t(self, key: &'static str) -> impl Fn() -> String + Copy + 'static {
        move || self.words.with(|words| String::from(words.get(key)))
    }

    /// The words for a key as they are now.
    pub(crate) fn word(self, key: &str) -> String {
        self.words.peek(|words| String::from(words.get(key)))
    }

    /// Says something to screen readers when they have finished what they are saying.
    pub(crate) fn speak(self, key: &'static str) {
        self.spoken.set(self.word(key));
    }

    pub(crate) fn key(self, name: &str) -> String {
        self.place.borrow().key(name)
    }

    pub(crate) fn door(self, path: &[&str]) -> String {
        self.place.borrow().door(&path.concat())
    }
}
