//! A way to an element, walked anew at every use: views redraw, and an element that was found may be gone.

use super::Browser;
use super::session::{ElementId, Failure};
use crate::waiting::{eventually, eventually_ok};
use serde_json::{Value, json};
use std::fmt;

/// Where to look for an element. Everything it does waits until the element is there.
#[derive(Clone)]
pub struct Locator<'b> {
    browser: &'b Browser,
    selector: String,
    role: Option<&'static str>,
    name: Option<String>,
    focused: bool,
    /// Whether it counts though nobody can see it.
    hidden: bool,
}

impl<'b> Locator<'b> {
    pub(super) fn new(browser: &'b Browser, selector: &str) -> Self {
        Self { browser, selector: selector.into(), role: None, name: None, focused: false, hidden: false }
    }

    pub(super) fn focused(browser: &'b Browser) -> Self {
        Self { focused: true, ..Self::new(browser, "the focused element") }
    }

    pub(super) fn with_role(self, role: &'static str) -> Self {
        Self { role: Some(role), ..self }
    }

    pub(super) fn or_hidden(self) -> Self {
        Self { hidden: true, ..self }
    }

    /// Only what has this accessible name.
    pub fn with_name(self, name: &str) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Waits until it is there.
    pub fn wait(&self) {
        eventually_ok(&self.to_string(), || self.find());
    }

    /// Waits until it is not there.
    pub fn wait_gone(&self) {
        eventually(&format!("{self} to be gone"), || self.find().err());
    }

    pub fn is_there(&self) -> bool {
        self.find().is_ok()
    }

    pub fn click(&self) {
        self.act("click", &json!({}));
    }

    /// Sets the focus and types.
    pub fn type_text(&self, text: &str) {
        self.act("value", &json!({ "text": text }));
    }

    /// Removes what was typed.
    pub fn clear(&self) {
        self.act("clear", &json!({}));
    }

    /// The text as it is seen.
    pub fn text(&self) -> String {
        self.ask("text").as_str().unwrap_or_default().into()
    }

    /// The texts of all that match, in document order, as they are at one moment.
    pub fn texts(&self) -> Vec<String> {
        let body = format!("{DEEP_FIND} return find(...arguments).map((one) => one.innerText);");
        serde_json::from_value(self.browser.script(&body, &self.wanted())).unwrap()
    }

    /// The name that assistive technology knows it by.
    pub fn name(&self) -> String {
        self.property("computedName").as_str().unwrap_or_default().into()
    }

    /// A property of the element, such as `value`.
    pub fn property(&self, name: &str) -> Value {
        self.ask(&format!("property/{name}"))
    }

    pub fn attribute(&self, name: &str) -> Option<String> {
        self.ask(&format!("attribute/{name}")).as_str().map(String::from)
    }

    /// Waits until its text contains this.
    pub fn wait_for_text(&self, part: &str) {
        let mut last = String::new();
        eventually_ok(&format!("{part:?} in {self}"), || {
            last = self
                .find()
                .and_then(|element| self.get(&element, "text"))
                .map_or(String::new(), |text| text.to_string());
            if last.contains(part) { Ok(()) } else { Err(last.clone()) }
        });
    }

    /// Waits until it has the focus.
    pub fn wait_focused(&self) {
        eventually(&format!("{self} to have the focus"), || {
            let here = self.find().ok()?;
            (Locator::focused(self.browser).find().ok()? == here).then_some(())
        });
    }

    fn act(&self, command: &str, parameters: &Value) {
        eventually_ok(&self.to_string(), || {
            let element = self.find()?;
            self.browser.session.post(&format!("element/{}/{command}", element.id), parameters)
        });
    }

    fn ask(&self, what: &str) -> Value {
        eventually_ok(&self.to_string(), || self.get(&self.find()?, what))
    }

    fn get(&self, element: &ElementId, what: &str) -> Result<Value, Failure> {
        self.browser.session.get(&format!("element/{}/{what}", element.id))
    }

    pub(super) fn find(&self) -> Result<ElementId, Failure> {
        let nothing = || Failure { error: "no such element".into(), message: self.to_string() };
        if self.focused {
            let element = self.browser.try_script(DEEP_FOCUS, &[])?;
            return serde_json::from_value(element).map_err(|_| nothing());
        }
        self.find_all()?.into_iter().next().ok_or_else(nothing)
    }

    fn find_all(&self) -> Result<Vec<ElementId>, Failure> {
        let body = format!("{DEEP_FIND} return find(...arguments);");
        Ok(serde_json::from_value(self.browser.try_script(&body, &self.wanted())?).unwrap())
    }

    fn wanted(&self) -> [Value; 4] {
        [json!(self.selector), json!(self.role), json!(self.name), json!(self.hidden)]
    }
}

impl fmt::Display for Locator<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.role, &self.name) {
            (Some(role), Some(name)) => write!(f, "the {role} {name:?}"),
            (Some(role), None) => write!(f, "a {role}"),
            (None, Some(name)) => write!(f, "{} named {name:?}", self.selector),
            (None, None) => write!(f, "{}", self.selector),
        }
    }
}

/// Finds what is seen and matches, in the document and in every open shadow root.
const DEEP_FIND: &str = "
    const find = (selector, role, name, hidden) => {
        const found = [];
        const fits = (one) =>
            one.matches(selector) &&
            (hidden || one.checkVisibility({ visibilityProperty: true })) &&
            (role === null || one.computedRole === role) &&
            (name === null || one.computedName === name);
        const look = (root) => {
            for (const one of root.querySelectorAll('*')) {
                if (fits(one)) found.push(one);
                if (one.shadowRoot) look(one.shadowRoot);
            }
        };
        look(document);
        return found;
    };
";

const DEEP_FOCUS: &str = "
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused;
";

/// Elements that may have a role; which ones do have it is for the browser to say.
pub(super) fn selector_of(role: &str) -> &'static str {
    match role {
        "button" => "button, summary, [role=button], input[type=submit]",
        "link" => "a[href], [role=link]",
        "textbox" => "input, textarea, [role=textbox]",
        "combobox" => "[role=combobox]",
        "option" => "[role=option]",
        "heading" => "h1, h2, h3, h4, [role=heading]",
        "dialog" => "dialog, [role=dialog]",
        "log" => "[role=log]",
        "listitem" => "li, [role=listitem]",
        "article" => "article, [role=article]",
        "navigation" => "nav, [role=navigation]",
        "region" => "section, [role=region]",
        "tab" => "[role=tab]",
        _ => "*",
    }
}
