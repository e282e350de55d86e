//! Elements of the page that follow Leptos's signals.
//!
//! Leptos's own views are generic: the compiler makes the code of each element and each closure anew, which for this panel
//! came to twice the bytes that all of it may have. Here every element is the same type and every closure is boxed.

use reactive_graph::effect::RenderEffect;
use reactive_graph::graph::untrack;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, Event, Node};

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

/// An element, and what keeps it alive on the screen: it follows and listens until this is dropped. Boxed, so that it goes
/// through each of the hundreds of calls below in one register.
pub struct El(Box<Parts>);

struct Parts {
    element: Element,
    kept: Vec<Kept>,
}

/// What an element holds on to.
enum Kept {
    Effect(#[expect(dead_code, reason = "it runs until it is dropped")] RenderEffect<()>),
    Listener(#[expect(dead_code, reason = "it may be called until it is dropped")] Closure<dyn FnMut(Event)>),
}

/// What a place for one child may show: few enough to be told apart by a number, so that no code is compiled again for each.
pub(crate) trait Key: Copy + 'static {
    /// Its number.
    fn code(self) -> u8;
    /// The key with a number that `code` gave.
    fn of(code: u8) -> Self;
}

impl Key for () {
    fn code(self) -> u8 {
        0
    }

    fn of(_: u8) -> Self {}
}

impl Key for u8 {
    fn code(self) -> u8 {
        self
    }

    fn of(code: u8) -> Self {
        code
    }
}

impl Key for bool {
    fn code(self) -> u8 {
        self.into()
    }

    fn of(code: u8) -> Self {
        code != 0
    }
}

/// A child of a list.
pub(crate) struct Keyed {
    /// Unlike all others' of the list; the same as long as it shows the same.
    key: String,
    /// Makes it, when the list shows its key for the first time.
    build: Box<dyn FnOnce() -> El>,
}

impl Keyed {
    /// A child that `build` makes.
    pub(crate) fn new(key: String, build: impl FnOnce() -> El + 'static) -> Self {
        Self { key, build: Box::new(build) }
    }
}

/// Makes an element.
pub(crate) fn el(tag: &str) -> El {
    // It fails for a tag with a forbidden character only, and each tag is written in this program.
    El(Box::new(Parts { element: page().create_element(tag).unwrap_throw(), kept: Vec::new() }))
}

/// Puts elements at the end of the page, for as long as it lives.
pub fn mount(elements: impl IntoIterator<Item = El>) {
    if let Some(body) = crate::io::window().and_then(|window| window.document()?.body()) {
        for element in elements {
            let _ = body.append_child(element.element());
            std::mem::forget(element);
        }
    }
}

/// A text that is empty yet.
pub(crate) fn text_node() -> Node {
    page().create_text_node("").into()
}

fn page() -> web_sys::Document {
    crate::io::window().and_then(|window| window.document()).unwrap_throw()
}

impl El {
    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0.element
    }

    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.element.set_attribute(name, value);
        self
    }

    pub(crate) fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// An attribute that follows what it is computed from; none takes it away.
    pub(crate) fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.live_attr_boxed(name, Box::new(value))
    }

    fn live_attr_boxed(mut self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element = self.0.element.clone();
        let mut last = None;
        self.follow(Box::new(move || {
            let now = value();
            if now == last {
                return;
            }
            let _ = match &now {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
            last = now;
        }));
        self
    }

    /// An attribute that is there or not.
    pub(crate) fn live_flag(self, name: &'static str, there: impl Fn() -> bool + 'static) -> Self {
        self.live_attr_boxed(name, Box::new(move || there().then(String::new)))
    }

    pub(crate) fn text(self, text: &str) -> Self {
        let _ = self.0.element.append_child(&page().create_text_node(text));
        self
    }

    /// A text that follows what it is computed from.
    pub(crate) fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.live_text_boxed(Box::new(text))
    }

    fn live_text_boxed(mut self, text: Box<dyn Fn() -> String>) -> Self {
        let node = text_node();
        let _ = self.0.element.append_child(&node);
        let mut last = String::new();
        self.follow(Box::new(move || {
            let now = text();
            if now != last {
                node.set_text_content(Some(&now));
                last = now;
            }
        }));
        self
    }

    pub(crate) fn child(mut self, child: El) -> Self {
        let _ = self.0.element.append_child(&child.0.element);
        self.0.kept.extend(child.0.kept);
        self
    }

    pub(crate) fn maybe(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    pub(crate) fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        children.into_iter().fold(self, El::child)
    }

    /// One child that is built anew whenever `key` gives another value; none without one.
    pub(crate) fn swap<K: Key>(self, key: impl Fn() -> Option<K> + 'static, build: impl Fn(K) -> El + 'static) -> Self {
        self.swap_boxed(Box::new(move || key().map(K::code)), Box::new(move |code| build(K::of(code))))
    }

    fn swap_boxed(mut self, key: Box<dyn Fn() -> Option<u8>>, build: Box<dyn Fn(u8) -> El>) -> Self {
        let anchor = text_node();
        let _ = self.0.element.append_child(&anchor);
        let parent = self.0.element.clone();
        let mut last = None;
        let mut child: Option<El> = None;
        self.follow(Box::new(move || {
            let now = key();
            if now == last {
                return;
            }
            if let Some(old) = child.take() {
                old.0.element.remove();
            }
            // Signals that are read while building belong to the new element, which follows them by itself.
            child = now.map(|code| untrack(|| build(code)));
            if let Some(new) = &child {
                let _ = parent.insert_before(&new.0.element, Some(&anchor));
            }
            last = now;
        }));
        self
    }

    /// Children by their keys: one whose key stays is kept as it is, wherever it moves.
    pub(crate) fn list(self, children: impl Fn() -> Vec<Keyed> + 'static) -> Self {
        self.list_boxed(Box::new(children))
    }

    fn list_boxed(mut self, children: Box<dyn Fn() -> Vec<Keyed>>) -> Self {
        let anchor = text_node();
        let _ = self.0.element.append_child(&anchor);
        let parent = self.0.element.clone();
        let mut shown: Vec<(String, El)> = Vec::new();
        self.follow(Box::new(move || {
            let children = children();
            let same = shown.iter().zip(&children).take_while(|((known, _), child)| *known == child.key).count();
            let mut old = shown.split_off(same);
            for Keyed { key, build } in children.into_iter().skip(same) {
                let found = old.iter().position(|(known, _)| *known == key);
                // What stands before the one that is found is in the way and gone, or comes again further down.
                let child = match found {
                    Some(at) => old.remove(at).1,
                    None => untrack(build),
                };
                let next = old.first().map_or(&anchor, |(_, next)| next.0.element.as_ref());
                if found != Some(0) {
                    let _ = parent.insert_before(&child.0.element, Some(next));
                }
                shown.push((key, child));
            }
            for (_, gone) in old {
                gone.0.element.remove();
            }
        }));
        self
    }

    pub(crate) fn on(self, event: &str, heard: impl Fn(Event) + 'static) -> Self {
        self.on_boxed(event, Box::new(heard))
    }

    fn on_boxed(mut self, event: &str, heard: Box<dyn FnMut(Event)>) -> Self {
        let listener = Closure::wrap(heard);
        let _ = self.0.element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        self.0.kept.push(Kept::Listener(listener));
        self
    }

    /// Runs now, and again whenever something changes that it has read.
    pub(crate) fn follow(&mut self, mut run: Box<dyn FnMut()>) {
        self.0.kept.push(Kept::Effect(RenderEffect::new(move |_: Option<()>| run())));
    }
}
