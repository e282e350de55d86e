//! Pictures, videos, and what code says of its language.

use super::attributes::Attributes;
use super::frame::Frames;
use super::link::Base;
use super::remark::What;
use crate::richtext::{Picture, Span, Spans, is_safe_url};

/// Puts a picture where the text is.
pub(super) fn picture(frames: &mut Frames, base: &Base, attributes: &Attributes) {
    // Nobody is meant to see a picture of one point.
    let is_seen = |name: &str| attributes.number(name).is_none_or(|size| size > 1);
    if !is_seen("width") && !is_seen("height") {
        return frames.remark(What::Dropped(String::from("img")));
    }
    // A page that loads its pictures late keeps the address elsewhere meanwhile.
    let late = attributes.first(&["data-src", "data-original", "data-lazy-src"]);
    let set = || attributes.first(&["srcset", "data-srcset"])?.split_ascii_whitespace().next();
    let Some(src) = late.or_else(|| attributes.first(&["src"])).or_else(set) else {
        return frames.remark(What::Dropped(String::from("img")));
    };
    let alt = attributes.get("alt").or_else(|| attributes.get("title"));
    if alt.is_none() {
        frames.remark(What::NoDescription(shortened(src)));
    }
    let alt = String::from(alt.unwrap_or_default());
    let Some(src) = base.picture(src) else {
        frames.remark(What::Link(shortened(src)));
        return frames.inline.text(&alt);
    };
    let size = attributes.number("width").zip(attributes.number("height"));
    frames.inline.put(Span::Picture(Picture { src, alt, size }));
}

/// Puts the link to a video or a sound where it stands. If what is in the element is to be left out: the title for an address that
/// is still to come there.
pub(super) fn media(frames: &mut Frames, base: &Base, name: &str, attributes: &Attributes) -> Option<Option<String>> {
    let title = attributes.first(&["title", "aria-label"]).unwrap_or_default();
    let src = attributes.first(&["src", "data-src"]);
    if let Some(src) = src {
        put(frames, base, src, title);
    }
    (name != "embed").then(|| src.is_none().then(|| String::from(title)))
}

/// Puts the link to a video in a paragraph of its own.
pub(super) fn put(frames: &mut Frames, base: &Base, src: &str, title: &str) {
    match link(base, src, title) {
        Some(link) => {
            frames.flush();
            frames.inline.put(link);
            frames.flush();
        }
        None => frames.remark(What::Link(shortened(src))),
    }
}

/// A video as a link to where it can be seen; none if it has no address.
fn link(base: &Base, src: &str, title: &str) -> Option<Span> {
    let embedded = base.picture(src).filter(|url| is_safe_url(url))?;
    let url = page_of(&embedded).unwrap_or(embedded);
    let host = url.split('/').nth(2).unwrap_or(&url).trim_start_matches("www.");
    let title = if title.is_empty() { host } else { title };
    Some(Span::Link { text: Spans::from(["\u{25b6} ", title].concat().as_str()), url })
}

/// The page of a video that a player shows.
fn page_of(embedded: &str) -> Option<String> {
    let (_, rest) = embedded.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let id = |path: &str| path.split(['?', '/', '#', '&']).next().map(String::from).filter(|id| !id.is_empty());
    match host.trim_start_matches("www.") {
        "youtube.com" | "youtube-nocookie.com" | "m.youtube.com" => {
            Some(["https://www.youtube.com/watch?v=", &id(path.strip_prefix("embed/")?)?].concat())
        }
        "player.vimeo.com" => Some(["https://vimeo.com/", &id(path.strip_prefix("video/")?)?].concat()),
        "loom.com" => Some(["https://www.loom.com/share/", &id(path.strip_prefix("embed/")?)?].concat()),
        _ => None,
    }
}

/// The language of code, by the names that sites give it.
pub(super) fn language(attributes: &Attributes) -> Option<String> {
    let said = attributes.first(&["data-language", "data-lang", "lang"]).map(String::from);
    said.or_else(|| {
        attributes.classes().find_map(|class| {
            let name =
                ["language-", "lang-", "highlight-source-"].iter().find_map(|begin| class.strip_prefix(begin))?;
            Some(String::from(name))
        })
    })
}

/// An address for a sentence.
pub(super) fn shortened(url: &str) -> String {
    const SHOWN: usize = 120;
    match url.char_indices().nth(SHOWN) {
        Some((cut, _)) => [url.get(..cut).unwrap_or_default(), "…"].concat(),
        None => String::from(url),
    }
}
