//! The second module, as the first one knows it: a table of what it can do. It comes by itself once suggestions can be shown, or
//! at once where something needs it; what was asked for meanwhile is done when it is here.

use super::{Panel, Start};
use crate::io::json::Json;
use crate::io::task;
use crate::live::Live;
use crate::model::piece::Piece;
use crate::view::El;
use std::cell::{Cell, RefCell};
use std::pin::Pin;

/// What a visitor needs after the first answer.
pub struct More {
    /// Begins to follow what happens, and shows glimpses of replies.
    pub(crate) begin: fn(Panel),
    /// Goes on where this visitor was: threads, and what waits to be sent.
    pub(crate) go_on: fn(Panel),
    /// The connection may be lost.
    pub(crate) check: fn(Panel),
    /// The edge may be within reach again.
    pub(crate) back_again: fn(Panel),
    /// The panel has come on the screen.
    pub(crate) shown: fn(Panel),
    /// The visitor types.
    pub(crate) typed: fn(Panel),
    /// The same person has a new token.
    pub(crate) renewed: fn(Panel),
    /// The loader says what the first module does not understand.
    pub(crate) hears: fn(Panel, Json),
    /// Sends the text.
    pub(crate) send: fn(Panel),
    /// Asks for a person.
    pub(crate) ask_person: fn(Panel),
    /// Goes back from the thread or the article.
    pub(crate) back: fn(Panel),
    /// Goes back to what lies under the open article.
    pub(crate) close_article: fn(Panel),
    /// Opens an article or an answer, at a place in it.
    pub(crate) open: fn(Panel, Piece, String),
    /// Shows all articles by their sections.
    pub(crate) browse: fn(Panel),
    /// The conversation on the screen.
    pub(crate) thread: fn(Panel) -> El,
    /// The open article.
    pub(crate) article: fn(Panel) -> El,
    /// Opens or closes the menu.
    pub(crate) toggle_menu: fn(Panel),
    /// The menu.
    pub(crate) menu: fn(Panel) -> El,
    /// All articles by their sections.
    pub(crate) sections: fn(Panel) -> El,
    /// The visitor's conversations, for the first screen.
    pub(crate) recent: fn(Panel) -> El,
}

/// Brings it; none if it did not come.
pub type Bring = fn() -> Pin<Box<dyn Future<Output = Option<&'static More>>>>;

/// Something to be done once it is here.
type Todo = Box<dyn FnOnce(&'static More)>;

/// Where it is.
pub(super) struct Second {
    bring: Bring,
    here: Live<Option<&'static More>>,
    is_coming: Cell<bool>,
    todo: RefCell<Vec<Todo>>,
}

impl Second {
    pub(super) fn new(bring: Bring) -> Self {
        Self { bring, here: Live::new(None), is_coming: Cell::default(), todo: RefCell::default() }
    }
}

impl Panel {
    /// The second module, if it is here. Who asks follows its coming.
    pub(crate) fn more(self) -> Option<&'static More> {
        self.second.here.get()
    }

    /// The same as it is now.
    pub(super) fn more_now(self) -> Option<&'static More> {
        self.second.here.now()
    }

    /// Does something with the second module, as soon as it is here.
    pub(crate) fn then(self, todo: impl FnOnce(&'static More) + 'static) {
        self.then_boxed(Box::new(todo));
    }

    fn then_boxed(self, todo: Todo) {
        match self.second.here.now() {
            Some(more) => todo(more),
            None => {
                self.second.todo.borrow_mut().push(todo);
                self.bring_more();
            }
        }
    }

    /// Has it come, unless it does already.
    pub(super) fn bring_more(self) {
        if self.second.here.now().is_some() || self.second.is_coming.replace(true) {
            return;
        }
        task::go(async move {
            let more = (self.second.bring)().await;
            self.second.is_coming.set(false);
            match more {
                Some(more) => {
                    self.second.here.set(Some(more));
                    (more.begin)(self);
                    for todo in self.second.todo.take() {
                        todo(more);
                    }
                }
                // All that was asked for is done once it comes: the visitor is told, and can try again.
                None => self.start.set(Start::Failed),
            }
        });
    }
}
