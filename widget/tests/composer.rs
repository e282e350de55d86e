//! Writing in a real browser: the list above the composer, its keys, and what a screen reader is told.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use js_sys::Promise;
use panel::model::place::Place;
use panel::{El, Panel};
use shared::assistant::{PeopleFirst, write_answers};
use shared::matching::{Corpus, Doc, compile};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// A composer and its list on the page, until the test ends.
struct Stage {
    panel: Panel,
    list: El,
    field: El,
}

impl Stage {
    fn new() -> Self {
        panel::react();
        let doc = |id: &str, title: &str, body: &str| Doc {
            id: id.into(),
            title: title.into(),
            body: body.into(),
            ..Doc::default()
        };
        let docs = [
            doc(
                "change-delivery-address",
                "Change your delivery address",
                "You can change the address until we pack the order.",
            ),
            doc("change-password", "Change your password", "Open your account and choose a new password."),
            doc("reset", "Reset <img src=x>", "Hold the button for ten seconds."),
            doc("track-a-parcel", "Track a parcel", "Your parcel has a number. With it you see where it is."),
        ];
        let index = compile(&Corpus { locale: "en", docs: &docs, audience: &[] });
        let panel = Panel::new(Place::new(Some("demo"), None, Some("en")), panel::more::bring);
        panel.speak_english();
        assert!(panel.open_index(index));
        let (list, field) = (panel::suggestions(panel), panel::composer(panel));
        let body = web_sys::window().unwrap().document().unwrap().body().unwrap();
        body.append_child(list.element()).unwrap();
        body.append_child(field.element()).unwrap();
        Self { panel, list, field }
    }

    fn field(&self) -> HtmlElement {
        self.field.element().clone().unchecked_into()
    }

    async fn type_text(&self, text: &str) {
        self.field().set_text_content(Some(text));
        let init = EventInit::new();
        init.set_bubbles(true);
        self.field().dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
        drawn().await;
    }

    /// Presses a key; true if the panel has used it up.
    async fn press(&self, key: &str, change: impl Fn(&KeyboardEventInit)) -> bool {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        change(&init);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        let kept = self.field().dispatch_event(&event).unwrap();
        drawn().await;
        !kept
    }

    fn options(&self) -> Vec<Element> {
        let found = self.list.element().query_selector_all("[role=option]").unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
    }

    /// The field's attribute.
    fn says(&self, name: &str) -> Option<String> {
        self.field().get_attribute(name)
    }

    /// The number of the option that the field points to and that is selected.
    fn active(&self) -> Option<usize> {
        let pointed = self.says("aria-activedescendant");
        let selected: Vec<usize> = (0..)
            .zip(self.options())
            .filter(|(_, option)| option.get_attribute("aria-selected").as_deref() == Some("true"))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(pointed.is_some() as usize, selected.len(), "what is pointed to is what is selected");
        let number = selected.first().copied()?;
        assert_eq!(Some(self.options()[number].id()), pointed);
        Some(number)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.list.element().remove();
        self.field.element().remove();
    }
}

/// Until all effects have run: they wait in the queue of microtasks, which is empty when a timer fires.
async fn drawn() {
    let timer = Promise::new(&mut |done, _| {
        web_sys::window().unwrap().set_timeout_with_callback(&done).unwrap();
    });
    JsFuture::from(timer).await.unwrap();
}

fn same(_: &KeyboardEventInit) {}

#[wasm_bindgen_test]
async fn each_letter_shows_what_fits_with_the_matched_words_marked() {
    let stage = Stage::new();
    assert!(stage.list.element().has_attribute("hidden"));
    for text in ["chan", "chang", "change"] {
        stage.type_text(text).await;
        assert_eq!(stage.options().len(), 2, "{text}");
        assert!(!stage.list.element().has_attribute("hidden"));
        let mark = stage.options()[0].query_selector(".suggestions-name mark").unwrap().unwrap();
        assert_eq!(mark.text_content().as_deref(), Some("Change"));
    }
    stage.type_text("change passw").await;
    assert!(stage.options()[0].text_content().unwrap().starts_with("Change your password"));
    stage.type_text("").await;
    assert!(stage.options().is_empty() && stage.list.element().has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn it_is_a_combobox_that_points_to_its_list() {
    let stage = Stage::new();
    assert!(stage.field().is_content_editable());
    assert_eq!(stage.says("role").as_deref(), Some("combobox"));
    assert_eq!(stage.says("aria-autocomplete").as_deref(), Some("list"));
    assert_eq!(stage.says("aria-controls"), Some(stage.list.element().id()));
    assert_eq!(stage.says("aria-label").as_deref(), Some("Type your question"));
    assert_eq!(stage.list.element().get_attribute("aria-label").as_deref(), Some("Suggestions"));
    assert_eq!(stage.says("aria-expanded").as_deref(), Some("false"));
    stage.type_text("change").await;
    assert_eq!(stage.says("aria-expanded").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn an_answer_stands_above_the_articles_and_says_that_it_is_one() {
    let stage = Stage::new();
    let answer = |id: &str, text: &str, examples: [&str; 3]| Doc {
        id: id.into(),
        body: text.into(),
        examples: examples.map(String::from).into(),
        ..Doc::default()
    };
    let docs = [
        answer("hours", "From nine to five.", ["when are you open", "opening hours", "are you open on sunday"]),
        answer("cost", "Nothing at all.", ["how much is delivery", "what does delivery cost", "is delivery free"]),
    ];
    let index = compile(&Corpus { locale: "en", docs: &docs, audience: &[] });
    stage.type_text("how much is delivery").await;
    let articles = stage.options().len();
    assert!(stage.panel.open_answers(write_answers(&PeopleFirst::default().in_lines(), &index)));
    drawn().await;
    let first = stage.options()[0].clone();
    assert_eq!(first.text_content().as_deref(), Some("AnswerNothing at all."), "it comes when the answers do");
    assert!(first.class_name().contains("is-answer") && stage.options().len() <= articles + 1);
    assert!(stage.press("ArrowDown", same).await);
    assert_eq!(stage.active(), Some(0));
    stage.type_text("talk to a person: how much is delivery").await;
    assert!(stage.options().iter().all(|option| !option.class_name().contains("is-answer")), "people come first");
    assert!(!stage.panel.open_answers(vec![1, 2, 3]), "these are no answers");
}

#[wasm_bindgen_test]
async fn the_arrows_walk_the_list_and_escape_closes_it() {
    let stage = Stage::new();
    stage.type_text("change").await;
    assert_eq!(stage.active(), None);
    for (key, used, expected) in [
        ("ArrowDown", true, Some(0)),
        ("ArrowDown", true, Some(1)),
        ("ArrowDown", true, Some(0)),
        ("ArrowUp", true, None),
        ("ArrowUp", true, Some(1)),
        ("ArrowUp", true, Some(0)),
        ("ArrowUp", true, None),
        ("ArrowDown", true, Some(0)),
        ("ArrowLeft", false, None),
    ] {
        assert_eq!(stage.press(key, same).await, used, "{key}");
        assert_eq!(stage.active(), expected, "{key}");
    }
    stage.press("ArrowDown", same).await;
    stage.type_text("change y").await;
    assert_eq!(stage.active(), None, "typing leaves the list");
    stage.press("ArrowDown", same).await;
    assert!(stage.press("Escape", same).await);
    assert_eq!((stage.active(), stage.says("aria-expanded").as_deref()), (None, Some("false")), "the list is closed");
    stage.type_text("change yo").await;
    assert_eq!(stage.says("aria-expanded").as_deref(), Some("true"), "until something else is typed");
}

#[wasm_bindgen_test]
async fn the_input_method_and_line_breaks_keep_their_keys() {
    let stage = Stage::new();
    stage.type_text("change").await;
    assert!(!stage.press("Enter", |init| init.set_shift_key(true)).await);
    assert!(!stage.press("Enter", |init| init.set_is_composing(true)).await);
    assert!(!stage.press("ArrowDown", |init| init.set_is_composing(true)).await);
    assert!(!stage.press("Enter", |init| init.set_key_code(229)).await);
    assert_eq!(stage.active(), None);
    assert_eq!(stage.field().text_content().as_deref(), Some("change"), "nothing was sent");
}

#[wasm_bindgen_test]
async fn a_text_that_looks_like_html_stays_text() {
    let stage = Stage::new();
    stage.type_text("reset <img src=x onerror=alert(1)>").await;
    stage.type_text("reset").await;
    assert_eq!(
        stage.options()[0].query_selector(".suggestions-name").unwrap().unwrap().text_content().as_deref(),
        Some("Reset <img src=x>")
    );
    assert!(stage.field().query_selector("img").unwrap().is_none());
    assert!(stage.list.element().query_selector("img").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_better_text_touches_only_what_it_changes() {
    let stage = Stage::new();
    stage.type_text("change").await;
    let before = stage.options();
    stage.type_text("change ").await;
    assert!(
        before.iter().zip(stage.options()).all(|(old, new)| old.is_same_node(Some(&new))),
        "the same hits stay the same elements"
    );
    // The title and what of it is marked, node by node.
    let title = || {
        let nodes = stage.options()[0].first_element_child().unwrap().child_nodes();
        let nodes = (0..nodes.length()).filter_map(|at| nodes.get(at));
        let told = nodes.map(|node| (node.node_name(), node.text_content().unwrap_or_default()));
        told.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>()
    };
    let told = |pieces: &[(&str, &str)]| -> Vec<(String, String)> {
        pieces.iter().map(|(name, text)| (String::from(*name), String::from(*text))).collect()
    };
    stage.type_text("change passw").await;
    assert!(before[0].is_same_node(Some(&stage.options()[0])), "another hit of the same kind takes its place");
    assert_eq!(title(), told(&[("MARK", "Change"), ("#text", " your "), ("MARK", "password")]));
    stage.type_text("passw").await;
    assert_eq!(title(), told(&[("#text", "Change your "), ("MARK", "password")]), "what is too much goes");
}

#[wasm_bindgen_test]
async fn what_is_explained_is_what_the_list_shows() {
    let stage = Stage::new();
    for (text, count) in [("change", 2), ("change passw", 1), ("track a parcel", 1), ("zyxw", 0)] {
        stage.type_text(text).await;
        let shown: Vec<String> = stage.options().iter().map(|option| option.text_content().unwrap()).collect();
        let explained = stage.panel.explain();
        let title = |id: &str| explained.candidates.iter().find(|one| one.id == id).unwrap().title.clone();
        let titles: Vec<String> = explained.suggested.iter().map(|id| title(id.as_str())).collect();
        assert_eq!((shown.len(), titles.len()), (count, count), "{text}: {explained:?}");
        assert!(shown.iter().zip(&titles).all(|(shown, title)| shown.starts_with(title)), "{shown:?} {titles:?}");
        assert_eq!(explained.candidates.iter().filter(|one| one.why_not.is_empty()).count(), count, "{text}");
    }
}
