//! What the loader is told for a form of the site's own.

use super::host::{message, post, set};
use super::json::Json;
use crate::model::article::Article;
use crate::model::piece::Piece;
use crate::model::suggestions::Suggestions;
use crate::model::words::Words;
use js_sys::{Array, Object};
use shared::matching::Hit;
use std::ops::Range;
use wasm_bindgen::JsValue;

/// Tells what is found, with the language that it is in.
pub(crate) fn tell_found(host: &str, locale: &str, found: &Suggestions) {
    let message = message("form");
    let rows = (0..found.count()).filter_map(|number| found.at(number)).map(|(is_answer, hit)| row(is_answer, hit));
    set(&message, "rows", &rows.collect::<Array>());
    set(&message, "lang", &locale.into());
    post(host, &message);
}

fn row(is_answer: bool, Hit { id, title, title_marks, snippet, snippet_marks, .. }: &Hit) -> JsValue {
    let row = Object::new();
    set(&row, "id", &id.as_str().into());
    set(&row, "answer", &is_answer.into());
    set(&row, "title", &turns(title, title_marks));
    set(&row, "snippet", &turns(snippet, snippet_marks));
    row.into()
}

/// A text in pieces: plain and marked ones take turns, and the first is plain.
fn turns(text: &str, marks: &[Range<usize>]) -> Array {
    let pieces = Array::new();
    let mut done = 0;
    for end in marks.iter().flat_map(|mark| [mark.start, mark.end]).chain([text.len()]) {
        pieces.push(&text.get(done..end).unwrap_or_default().into());
        done = end;
    }
    pieces
}

/// Tells the words that stand in it.
pub(crate) fn tell_words(host: &str, tongue: &str, words: &Words, names: &[&str]) {
    let (message, all) = (message("form-words"), Object::new());
    for name in names {
        set(&all, name, &words.get(name).into());
    }
    set(&message, "words", &all);
    set(&message, "lang", &tongue.into());
    post(host, &message);
}

/// Tells the text of an article or an answer.
pub(crate) fn tell_article(host: &str, piece: &Piece, article: &Article, blocks: &Json) {
    let message = about(piece);
    set(&message, "blocks", blocks.as_ref());
    set(&message, "url", &article.url.as_str().into());
    set(&message, "title", &article.title.as_str().into());
    set(&message, "lang", &article.locale.as_str().into());
    post(host, &message);
}

/// Tells the word for why there is none.
pub(crate) fn tell_no_article(host: &str, piece: &Piece, why: &str) {
    let message = about(piece);
    set(&message, "why", &why.into());
    post(host, &message);
}

fn about(piece: &Piece) -> Object {
    let message = message("form-article");
    set(&message, "id", &piece.id().into());
    set(&message, "answer", &matches!(piece, Piece::Answer(_)).into());
    message
}
