//! The panel and the inbox as people use them in a browser.

use crate::browser::{Browser, Key, Locator};
use crate::people::PASSWORD;
use crate::{Edge, edge, eventually};

/// A host page with the launcher, and the panel in it.
pub struct Host<'b> {
    pub browser: &'b Browser,
}

impl<'b> Host<'b> {
    /// Goes to a page of the demo.
    pub fn visit(browser: &'b Browser, edge: &Edge, path: &str) -> Self {
        browser.go(&format!("{}{path}", edge.site()));
        let host = Self { browser };
        host.launcher().wait();
        host
    }

    /// The launcher, in any language and with any number of unread replies.
    pub fn launcher(&self) -> Locator<'b> {
        self.browser.css("output + button")
    }

    /// Clicks the launcher, unless the panel has stayed open over a page load, and goes into the panel, which is ready when this
    /// returns.
    pub fn open_panel(&self) {
        if self.launcher().attribute("aria-expanded").as_deref() != Some("true") {
            self.launcher().click();
        }
        self.enter_panel();
    }

    /// Goes into the panel, and waits until it has its words.
    pub fn enter_panel(&self) {
        self.browser.enter(&self.browser.css("iframe"));
        self.composer().wait();
        eventually("the panel to speak", || (!self.composer().name().is_empty()).then_some(()));
    }

    pub fn composer(&self) -> Locator<'b> {
        self.browser.role("combobox")
    }

    /// Puts the keyboard at the end of the composer and types, letter by letter.
    pub fn write(&self, text: &str) {
        self.composer().click();
        // The end of the text: with Control, or it is that of a line.
        self.browser.press(&[Key::Control('\u{E010}')]);
        self.browser.type_text(text);
        let typed = || self.composer().property("textContent").as_str().map(str::to_owned);
        eventually("the composer to hold the text", || typed().filter(|typed| typed.ends_with(text)));
    }

    /// Writes a message and sends it.
    pub fn say(&self, text: &str) {
        self.write(text);
        self.browser.named("button", "Send").click();
        self.browser.role("log").wait_for_text(text);
    }

    /// The suggestion of the article with this title.
    pub fn suggestion(&self, title: &str) -> Suggestion<'b> {
        Suggestion { browser: self.browser, title: title.into() }
    }

    /// What has been said, in order.
    pub fn said(&self) -> Vec<String> {
        self.browser.css("[role=log] .thread-bubble").texts()
    }
}

/// An article in the list above the composer.
pub struct Suggestion<'b> {
    browser: &'b Browser,
    title: String,
}

impl Suggestion<'_> {
    fn number(&self) -> Option<usize> {
        self.browser.role("option").texts().iter().position(|text| text.starts_with(&self.title))
    }

    pub fn wait(&self) {
        eventually(&format!("the suggestion {:?}", self.title), || self.number());
    }

    /// Goes to it with the arrow keys and opens it.
    pub fn open_by_keyboard(&self) {
        self.wait();
        let active = || self.browser.css("[role=option][aria-selected=true]").texts().pop();
        for _ in 0..=self.number().unwrap() {
            let before = active();
            self.browser.press(&[Key::Down]);
            eventually("the next suggestion", || (active() != before).then_some(()));
        }
        assert!(active().is_some_and(|text| text.starts_with(&self.title)), "the arrow keys lead elsewhere");
        self.browser.press(&[Key::Enter]);
        self.browser.named("heading", &self.title).wait_focused();
    }
}

/// The agents' page.
pub struct InboxPage<'b> {
    pub browser: &'b Browser,
}

impl<'b> InboxPage<'b> {
    /// Uses the one-time set-up link, as it is printed at the first start.
    pub fn set_up(browser: &'b Browser, edge: &Edge, name: &str) -> Self {
        let link = format!("{}/inbox?workspace=demo#setup={}", edge.origin(), edge::SETUP_TOKEN);
        Self::enter(browser, &link, name, "Set up and sign in")
    }

    /// Uses the link of an invitation.
    pub fn join(browser: &'b Browser, link: &str, name: &str) -> Self {
        Self::enter(browser, link, name, "Join and sign in")
    }

    fn enter(browser: &'b Browser, link: &str, name: &str, button: &str) -> Self {
        browser.go(link);
        browser.named("button", button).wait();
        browser.named("textbox", "Name").type_text(name);
        browser.css("input[name=password]").type_text(PASSWORD);
        browser.css("input[name=again]").type_text(PASSWORD);
        browser.expect_accessible(button);
        browser.named("button", button).click();
        browser.css("nav a[href='#/escalations']").wait();
        Self { browser }
    }

    /// Signs in with name and password.
    pub fn sign_in(browser: &'b Browser, edge: &Edge, name: &str) -> Self {
        browser.go(&format!("{}/inbox?workspace=demo", edge.origin()));
        browser.named("textbox", "Name").type_text(name);
        browser.css("input[name=password]").type_text(PASSWORD);
        browser.expect_accessible("signing in");
        browser.named("button", "Sign in").click();
        browser.css("nav a[href='#/escalations']").wait();
        Self { browser }
    }

    /// Opens the conversation with these words under Escalations.
    pub fn open_escalation(&self, words: &str) {
        self.browser.css("nav a[href='#/escalations']").click();
        self.open(words);
    }

    /// Opens the conversation with these words in the list that is shown.
    pub fn open(&self, words: &str) {
        eventually(&format!("the conversation {words:?}"), || {
            let rows = self.browser.css("a.list-row").texts();
            rows.iter().any(|row| row.contains(words)).then_some(())
        });
        self.browser.css("a.list-row").click();
        self.browser.role("log").wait();
    }

    pub fn reply(&self, text: &str) {
        self.browser.named("textbox", "Reply").type_text(text);
        self.browser.named("button", "Send").click();
        self.browser.role("log").wait_for_text(text);
    }

    /// What has been said, in order.
    pub fn said(&self) -> Vec<String> {
        self.browser.css("[role=log] .entry-bubble").texts()
    }
}
