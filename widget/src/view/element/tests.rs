//! Elements that follow what is live: a list that is reordered keeps its elements, and a place for one child swaps it.

use super::{El, Keyed, el};
use crate::live::Live;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// Effects run in a microtask of their own.
async fn settled() {
    for _ in 0..3 {
        JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await.unwrap();
    }
}

fn text(list: &El) -> String {
    list.element().text_content().unwrap()
}

/// Shows one order after another. Each element is marked when it is first shown, and keeps its mark as long as it is kept.
async fn check(orders: &[&str]) {
    crate::react();
    let (order, built) = (Rc::new(Live::new(String::new())), Rc::new(Live::new(String::new())));
    let (shown, noted) = (Rc::clone(&order), Rc::clone(&built));
    let children = move || {
        let child = |letter: char| {
            let noted = Rc::clone(&noted);
            Keyed::new(letter.to_string(), move || {
                noted.change(|built| built.push(letter));
                el("i").text(&letter.to_string())
            })
        };
        shown.with(|order| order.chars().map(child).collect())
    };
    let list = el("p").text("[").list(children).text("]");
    let mut last = String::new();
    for next in orders {
        let marked: Vec<HtmlElement> = elements(&list);
        built.set(String::new());
        order.set((*next).into());
        settled().await;
        assert_eq!(text(&list), format!("[{next}]"), "after {last}");
        let new: String = next.chars().filter(|letter| !last.contains(*letter)).collect();
        assert_eq!(built.peek(String::clone), new, "from {last} to {next} only what is new is built");
        let kept = elements(&list).into_iter().filter(|element| marked.contains(element)).count();
        let stays = next.chars().filter(|letter| last.contains(*letter)).count();
        assert_eq!(kept, stays, "from {last} to {next} what stays is the same element");
        last = (*next).into();
    }
}

fn elements(list: &El) -> Vec<HtmlElement> {
    let children = list.element().query_selector_all("i").unwrap();
    (0..children.length()).map(|at| children.item(at).unwrap().unchecked_into()).collect()
}

#[wasm_bindgen_test]
async fn a_list_that_is_reordered_keeps_its_elements() {
    check(&["abc", "cba", "bca", "acb", "abc"]).await;
}

#[wasm_bindgen_test]
async fn a_list_takes_away_inserts_and_moves_at_once() {
    check(&["abcd", "dxa", "ayxd", "", "d", "abcd", "bd", "dbac"]).await;
}

#[wasm_bindgen_test]
async fn a_place_for_one_child_shows_what_its_key_says_between_its_neighbours() {
    crate::react();
    let key = Rc::new(Live::new(None::<bool>));
    let shown_key = Rc::clone(&key);
    let place = el("p").text("[").swap(move || shown_key.get(), |key| el("i").text(&key.to_string())).text("]");
    for (next, shown) in [(Some(false), "[false]"), (Some(true), "[true]"), (None, "[]"), (Some(true), "[true]")] {
        key.set(next);
        settled().await;
        assert_eq!(text(&place), shown);
    }
}
