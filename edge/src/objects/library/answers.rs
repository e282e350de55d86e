//! Curated answers as panels have them: an index to search while a visitor types, with the words that are for people, and each answer to
//! be read.

use super::kind::Kind;
use super::readers::place_of_answers;
use super::shelves::{answer, article};
use super::{indexes, stored};
use crate::calls::library::PlacedAnswers;
use crate::failure::Failure;
use crate::hash::hash;
use crate::objects::documents::settings;
use shared::assistant::write_answers;
use shared::client::{Piece, pieces};
use shared::ids::AnswerId;
use shared::protocol::{AnswerSource, AnswerToRead, Article, ErrorCode};
use shared::readership::Reader;
use shared::richtext::{Block, Span};
use worker::Storage;

/// Where the answers are that serve `wanted` best; `articles` is the language of the articles. None if there are none.
pub(super) fn placed(storage: &Storage, wanted: &str, articles: &str) -> Result<Option<PlacedAnswers>, Failure> {
    let locale = place_of_answers(storage, wanted, articles)?;
    match current(storage, &locale)? {
        Some(Current { index, hash, .. }) if indexes::opens(storage, &locale, &index)? => {
            Ok(Some(PlacedAnswers { locale, hash }))
        }
        _ => Ok(None),
    }
}

/// What a panel loads, if the hash is still the one that is published.
pub(super) fn file(storage: &Storage, locale: &str, wanted: &str) -> Result<Vec<u8>, Failure> {
    let Some(Current { index, words, .. }) = current(storage, locale)?.filter(|current| current.hash == wanted) else {
        return Err(ErrorCode::UnknownDoor.into());
    };
    Ok(write_answers(&words, &stored::whole(storage, locale, Kind::Answers, &index, &Reader::everybody())?))
}

/// The answers of a language as they are now.
struct Current {
    /// The hash of their index.
    index: String,
    /// The words that are for people.
    words: String,
    /// The hash of both.
    hash: String,
}

fn current(storage: &Storage, locale: &str) -> Result<Option<Current>, Failure> {
    let Some(index) = indexes::hash_for(storage, locale, Kind::Answers, &Reader::everybody())? else { return Ok(None) };
    let words = settings(storage)?.assistant.unwrap_or_default().people_first.in_lines();
    let hash = hash([&index, "\n", &words].concat().as_bytes());
    Ok(Some(Current { index, words, hash }))
}

/// An answer as it is read, in the language that serves `wanted` best of those that have answers.
pub(super) fn to_read(
    storage: &Storage,
    wanted: &str,
    id: &AnswerId,
    reader: &Reader,
) -> Result<AnswerToRead, Failure> {
    let locale = place_of_answers(storage, wanted, wanted)?;
    let found: AnswerSource = answer(storage, &locale, id.as_str())?.ok_or(ErrorCode::UnknownAnswer)?;
    let more = found.article.as_ref().and_then(|id| article(storage, &locale, id, reader).ok());
    Ok(AnswerToRead { id: found.id, locale, blocks: blocks(&found.text, more) })
}

/// The text as paragraphs, with its addresses as links, and behind it the article in which there is more.
fn blocks(text: &str, more: Option<Article>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut spans = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            end_paragraph(&mut blocks, &mut spans);
            continue;
        }
        if !spans.is_empty() {
            spans.push(Span::Break);
        }
        spans.extend(pieces(line).into_iter().map(|piece| match piece {
            Piece::Text(text) => Span::Text(String::from(text)),
            Piece::Link(url) => Span::Link { text: url.into(), url: String::from(url) },
        }));
    }
    end_paragraph(&mut blocks, &mut spans);
    blocks.extend(more.map(|Article { id, title, .. }| {
        let id = String::from(id.as_str());
        Block::Paragraph(vec![Span::Article { text: title.as_str().into(), id, at: String::new() }])
    }));
    blocks
}

fn end_paragraph(blocks: &mut Vec<Block>, spans: &mut Vec<Span>) {
    if !spans.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(spans)));
    }
}
