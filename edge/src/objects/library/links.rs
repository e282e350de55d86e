//! Links of articles to pages of the help centre that are articles here: they open inside.

use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use shared::protocol::Article;
use shared::readership::{Guarded, Reader, Readership};
use shared::richtext::{Span, each_span_mut};
use std::collections::BTreeMap;
use std::mem::take;
use worker::Storage;

/// How many addresses are looked for at once.
const AT_ONCE: usize = 50;
/// How many addresses of an article are looked for. More links than that are a list of them, which lead out as they are written.
const MOST: usize = 500;

#[derive(Deserialize)]
struct PageRow {
    url: String,
    id: String,
    audience: String,
}

/// Makes links that lead to the page of an article of the same language, which the reader may read, links to that article.
pub(super) fn lead_inside(storage: &Storage, article: &mut Article, reader: &Reader) -> Result<(), Failure> {
    let mut pages: BTreeMap<String, Option<String>> = BTreeMap::new();
    each_span_mut(&mut article.blocks, &mut |span| {
        if let Span::Link { url, .. } = span
            && url.starts_with("http")
            && pages.len() < MOST
        {
            pages.insert(String::from(page_of(url).0), None);
            // Where a help centre's pages differ in what stands behind the `#`, that is a part of their address.
            pages.insert(url.clone(), None);
        }
    });
    let wanted: Vec<String> = pages.keys().cloned().collect();
    for some in wanted.chunks(AT_ONCE) {
        let places = vec!["?"; some.len()].join(", ");
        let query = ["SELECT url, id, audience FROM articles WHERE url IN (", &places, ") AND locale = ?"].concat();
        let values = some.iter().chain([&article.locale]).map(|text| text.as_str().into()).collect::<Vec<_>>();
        for PageRow { url, id, audience } in sql::all::<PageRow>(storage, &query, values)? {
            let readership: Readership = serde_json::from_str(&audience)?;
            if let Some(id) = Guarded::new(id, readership).for_reader(reader) {
                pages.insert(url, Some(id));
            }
        }
    }
    let own = article.id.clone();
    each_span_mut(&mut article.blocks, &mut |span| {
        let Span::Link { text, url } = span else { return };
        let (page, at) = match pages.get(url) {
            Some(Some(_)) => (url.as_str(), ""),
            _ => page_of(url),
        };
        if let Some(Some(id)) = pages.get(page)
            && id != own.as_str()
        {
            *span = Span::Article { text: take(text), id: id.clone(), at: String::from(at) };
        }
    });
    Ok(())
}

/// The address of a page without the place in it, and that place.
fn page_of(url: &str) -> (&str, &str) {
    url.split_once('#').unwrap_or((url, ""))
}
