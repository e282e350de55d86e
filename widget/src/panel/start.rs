//! Getting what the panel needs: what was kept in the browser, then the words, the index and the threads from the edge.

use super::{ENGLISH, Panel, Start};
use crate::io::json::Json;
use crate::io::wire::Booted;
use crate::io::{focus, http, place, storage, task, wire};
use crate::model::expected::said;
use crate::model::place::{nearer, tag_of};
use crate::model::words::Words;
use shared::ids::{ConversationId, VisitorToken};
use shared::languages::ENGLISH_PANEL_WORDS;
use shared::matching::Index;

impl Panel {
    /// Starts the panel: it is usable at once, and complete when the edge has answered and the host page has said who the
    /// visitor is.
    pub fn start(self) {
        self.wear_brand();
        self.listen();
        self.boot();
    }

    /// Goes on where this visitor was.
    pub(super) fn go_on(self) {
        if self.token.borrow().is_none() {
            self.token.replace(self.kept_token());
        }
        if self.was_open().is_none() {
            // Somebody may have begun to write before it was known who they are.
            let typed = self.composer.peek(|composer| String::from(composer.text()));
            self.show_draft();
            self.composer.change(|composer| composer.put_back(&typed));
        }
        self.then(move |more| (more.go_on)(self));
    }

    /// The thread that was open in this tab: after the host page has gone to another of its pages, it is open again.
    pub(crate) fn was_open(self) -> Option<ConversationId> {
        storage::get_for_tab(&self.key("open")).and_then(|text| ConversationId::parse(&text).ok())
    }

    /// The secret of this browser, if it has one. Nothing is kept under this name for whom the site has signed an identity.
    pub(crate) fn kept_token(self) -> Option<VisitorToken> {
        VisitorToken::parse(&storage::get(&self.key("token"))?).ok()
    }

    /// Asks the edge for the words and the index, also again after a failure.
    pub(crate) fn boot(self) {
        self.start.set(Start::Loading);
        task::go(async move {
            let started = match self.asked().await {
                Some(boot) => self.booted(boot).await,
                None => false,
            };
            if !started && self.words.peek(|words| *words == Words::default()) {
                self.speak_english();
            }
            self.start.set(if started { Start::Ready } else { Start::Failed });
            self.bring_more();
        });
    }

    async fn asked(self) -> Option<Booted> {
        let wanted = self.locale.now();
        let boot = http::get(&self.door(&["/boot?own=en&locale=", &wanted]), self.reader().as_ref()).await.ok()?;
        wire::boot(&boot)
    }

    /// Asks who is there: a panel may be open for longer than an office. A request that is on its way is not made twice.
    pub(super) fn look_who_is_there(self) {
        if self.start.now() != Start::Ready {
            return;
        }
        task::go(async move {
            if let Some(boot) = self.asked().await {
                self.there(&boot);
            }
        });
    }

    fn there(self, boot: &Booted) {
        self.online.set(boot.online);
        self.expected.set(said(boot.expected, boot.online));
    }

    /// Asks again, as a visitor for whom there is more than for everybody.
    pub(super) fn boot_as_reader(self) {
        task::go(async move {
            if let Some(boot) = self.asked().await {
                self.booted(boot).await;
            }
        });
    }

    /// The proof to show where something is to be read.
    pub(crate) fn reader(self) -> Option<VisitorToken> {
        self.reader.borrow().clone()
    }

    async fn booted(self, boot: Booted) -> bool {
        let reader = self.reader();
        self.there(&boot);
        let wanted = self.place.borrow().locale.clone();
        let locale = nearer(&wanted, boot.locale);
        let spoken = if boot.tongue.is_empty() { locale.clone() } else { nearer(&wanted, boot.tongue) };
        let is_own = boot.words.is_some() || spoken.starts_with(ENGLISH);
        let tongue = if is_own { spoken } else { String::from(ENGLISH) };
        place::speak(&tongue);
        self.tongue.set(tongue);
        match boot.words {
            Some(words) => self.words.set(words),
            None => self.speak_english(),
        }
        self.locale.set(locale);
        self.settings.set(boot.panel);
        self.outage.set(boot.outage);
        let answers = boot.answers;
        self.often.replace(boot.often);
        let opened = match boot.index {
            Some(address) => match http::buffer(&address, reader.as_ref()).await {
                // Meanwhile the site may have said who the visitor is: then theirs is on its way.
                Ok(_) if reader != self.reader() => true,
                Ok(buffer) => self.open_index(buffer.bytes()),
                Err(_) => false,
            },
            None => true,
        };
        self.load_answers(answers);
        opened
    }

    /// Takes the bytes of an index and searches for what was typed meanwhile. False if they are not an index.
    pub fn open_index(self, bytes: Vec<u8>) -> bool {
        let Ok(index) = Index::open(bytes) else { return false };
        self.has_articles.set(!index.is_empty());
        self.index.replace(Some(index));
        self.find_likely();
        self.search();
        true
    }

    /// Uses these words, as if the edge had given them.
    pub fn speak_english(self) {
        self.words.set(Json::parse(ENGLISH_PANEL_WORDS).and_then(|json| wire::words(&json)).unwrap_or_default());
    }

    /// Another language was asked for by the host page.
    pub(crate) fn change_locale(self, locale: String) {
        let Some(locale) = tag_of(&locale).filter(|locale| self.place.borrow().locale != *locale) else { return };
        self.place.borrow_mut().locale.clone_from(&locale);
        self.locale.set(locale);
        self.boot();
    }

    /// Puts the keyboard into the composer, where that does not hide half of the screen.
    pub(crate) fn to_composer(self) {
        if !self.quiet.get() && !focus::raises_keyboard() {
            focus::soon(focus::COMPOSER);
        }
    }
}
