//! The places in a text to which links lead: headings, footnotes, and what else has a name.

use crate::richtext::{Block, Heading, Span, Spans, jumps_in, lines_mut, text_of};
use std::collections::{BTreeMap, BTreeSet};

/// From this level on headings are told apart.
const TOP: u8 = 2;
/// Deeper headings look alike.
const DEEPEST: u8 = 4;

/// The place of a footnote: no heading is called so by its words.
pub(super) fn of_note(number: usize) -> String {
    format!("fn:{number}")
}

/// The footnotes as a list in the order of their numbers; none if there are none. One that nothing refers to stands at the end.
pub(super) fn in_order(notes: Vec<(String, Vec<Block>)>, referred: &BTreeMap<String, usize>) -> Option<Block> {
    let mut notes = notes;
    notes.sort_by_cached_key(|(name, _)| referred.get(name).copied().unwrap_or(usize::MAX));
    let item = |(index, (_, blocks)): (usize, (String, Vec<Block>))| {
        std::iter::once(Block::Anchor(of_note(index + 1))).chain(blocks).collect()
    };
    let items: Vec<Vec<Block>> = notes.into_iter().enumerate().map(item).collect();
    (!items.is_empty()).then_some(Block::List { ordered: true, start: None, items })
}

/// The blocks with headings that have levels from the top on and a place each, and without places to which nothing leads. A heading
/// at the beginning that says the title goes. With them, the places to which a link leads and that are not there.
pub(super) fn settled(mut blocks: Vec<Block>, title: &str) -> (Vec<Block>, Vec<String>) {
    let is_title = |block: &Block| match block {
        Block::Heading(heading) => text_of(&heading.text).trim() == title.trim(),
        _ => false,
    };
    if let Some(first) = blocks.iter().position(|block| !matches!(block, Block::Anchor(_)))
        && blocks.get(first).is_some_and(is_title)
    {
        blocks.remove(first);
    }
    let wanted: BTreeSet<String> = jumps_in(&blocks).map(String::from).collect();
    let mut highest = u8::MAX;
    let mut there = BTreeSet::new();
    each(&mut blocks, &mut |block| match block {
        Block::Heading(heading) => highest = highest.min(heading.level),
        Block::Anchor(id) => drop(there.insert(id.clone())),
        _ => {}
    });
    let mut used = BTreeMap::new();
    each(&mut blocks, &mut |block| {
        if let Block::Heading(heading) = block {
            heading.level = (heading.level - highest + TOP).min(DEEPEST);
            heading.id = free(heading, &mut used);
        }
    });
    drop_anchors(&mut blocks, &|id| wanted.contains(id) && !used.contains_key(id));
    let nowhere: BTreeSet<String> =
        wanted.into_iter().filter(|id| !used.contains_key(id) && !there.contains(id)).collect();
    if !nowhere.is_empty() {
        lines_mut(&mut blocks, &mut |spans| unlink(spans, &nowhere));
    }
    (blocks, nowhere.into_iter().collect())
}

/// The words of links that lead to none of these places stay, and the links go.
fn unlink(spans: &mut Vec<Span>, nowhere: &BTreeSet<String>) {
    for mut span in std::mem::take(spans) {
        if let Some(inner) = span.spans_mut() {
            unlink(inner, nowhere);
        }
        match span {
            Span::Jump { text, to } if nowhere.contains(&to) => spans.extend(text.0),
            other => spans.push(other),
        }
    }
}

/// The place of a heading: its own name, else its words as an address has them; with a number if another one has it. `used` counts
/// how often each was wanted.
fn free(heading: &Heading, used: &mut BTreeMap<String, u32>) -> String {
    let wanted = if heading.id.is_empty() { slug(&text_of(&heading.text)) } else { heading.id.clone() };
    // The count of each is kept, so that no number is tried twice.
    let mut times = used.get(&wanted).copied().unwrap_or_default();
    let mut id = wanted.clone();
    while used.contains_key(&id) {
        times += 1;
        id = format!("{wanted}-{times}");
    }
    used.insert(wanted, times);
    used.entry(id.clone()).or_default();
    id
}

/// Words as they stand in the address of a heading on most sites.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

/// Calls back with each block, the outer before the inner.
fn each(blocks: &mut [Block], found: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        found(block);
        block.inner_mut().into_iter().for_each(|inner| each(inner, found));
    }
}

fn drop_anchors(blocks: &mut Vec<Block>, stays: &impl Fn(&str) -> bool) {
    blocks.retain(|block| !matches!(block, Block::Anchor(id) if !stays(id)));
    for block in blocks {
        block.inner_mut().into_iter().for_each(|inner| drop_anchors(inner, stays));
    }
}

impl Span {
    pub(super) fn into_spans(self) -> Spans {
        Spans(vec![self])
    }
}
