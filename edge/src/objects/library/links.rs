//! Links of articles to pages of the help centre that are articles here: they open inside.

use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use shared::html::spellings;
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

/// Makes links that lead to the page of an article of the same language, which the reader may read, links to that article, in whichever
/// way the address of that page is written.
pub(super) fn lead_inside(storage: &Storage, article: &mut Article, reader: &Reader) -> Result<(), Failure> {
    let mut pages: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut links = 0;
    each_span_mut(&mut article.blocks, &mut |span| {
        if let Span::Link { url, .. } = span
            && url.starts_with("http")
            && links < MOST
            && !pages.contains_key(url)
        {
            links += 1;
            pages.extend(addresses(url).map(|address| (address, None)));
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
        let Some((address, id)) = addresses(url).find_map(|address| {
            let id = pages.get(&address)?.clone()?;
            Some((address, id))
        }) else {
            return;
        };
        if id != own.as_str() {
            let at = if address == *url { "" } else { url.split_once('#').map_or("", |(_, at)| at) };
            *span = Span::Article { text: take(text), id, at: String::from(at) };
        }
    });
    Ok(())
}

/// The addresses under which the page may be known to which a link leads, the surest first. Where a help centre's pages differ in what
/// stands behind the `#`, that is a part of their address.
pub(super) fn addresses(url: &str) -> impl Iterator<Item = String> {
    let page = url.split('#').next().unwrap_or(url);
    [String::from(url), String::from(page)].into_iter().chain(spellings(page))
}
