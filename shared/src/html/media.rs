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
        frames.remark(What::Picture(shortened(src)));
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
    if let Some(poster) = attributes.first(&["poster", "data-poster"]) {
        match base.picture(poster) {
            Some(still) => show(frames, still),
            None => frames.remark(What::Picture(shortened(poster))),
        }
    }
    if let Some(src) = src {
        put(frames, base, src, title);
    }
    (name != "embed").then(|| src.is_none().then(|| String::from(title)))
}

/// Puts what a video looks like in a paragraph of its own. The link behind it says what it is, so that it needs no description.
fn show(frames: &mut Frames, src: String) {
    frames.flush();
    frames.inline.put(Span::Picture(Picture { src, alt: String::new(), size: None }));
    frames.flush();
}

/// Puts the link to a video in a paragraph of its own, behind its still where one is known.
pub(super) fn put(frames: &mut Frames, base: &Base, src: &str, title: &str) {
    match link(base, src, title) {
        Some(link) => {
            if let Some(still) = base.picture(src).as_deref().and_then(still_of) {
                show(frames, still);
            }
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

/// The still of a video, where its host has one at an address that follows from the player's (YouTube: "Thumbnails"). The edge fetches it as it
/// fetches all pictures, so that no visitor asks that host for it.
fn still_of(embedded: &str) -> Option<String> {
    let page = page_of(embedded)?;
    let id = page.strip_prefix("https://www.youtube.com/watch?v=")?;
    Some(["https://i.ytimg.com/vi/", id, "/hqdefault.jpg"].concat())
}

/// The page of a video that a player shows.
fn page_of(embedded: &str) -> Option<String> {
    let (_, rest) = embedded.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let id = |path: &str| path.split(['?', '/', '#', '&']).next().map(String::from).filter(|id| !id.is_empty());
    match host.trim_start_matches("www.") {
        "youtube.com" | "youtube-nocookie.com" | "m.youtube.com" if path.starts_with("embed/videoseries") => {
            let list = path.split(['?', '&', '#']).find_map(|part| part.strip_prefix("list="))?;
            Some(["https://www.youtube.com/playlist?list=", list].concat())
        }
        "youtube.com" | "youtube-nocookie.com" | "m.youtube.com" => {
            Some(["https://www.youtube.com/watch?v=", &id(path.strip_prefix("embed/")?)?].concat())
        }
        "player.vimeo.com" => {
            let page = ["https://vimeo.com/", &id(path.strip_prefix("video/")?)?].concat();
            // A video that is not listed is seen with its key only.
            let key =
                path.split(['?', '&', '#']).find_map(|part| part.strip_prefix("h=")).filter(|key| !key.is_empty());
            Some(key.map_or(page.clone(), |key| [&page, "/", key].concat()))
        }
        "loom.com" => Some(["https://www.loom.com/share/", &id(path.strip_prefix("embed/")?)?].concat()),
        _ => None,
    }
}

/// The language of code, by the names that sites give it.
pub(super) fn language(attributes: &Attributes) -> Option<String> {
    let named = ["data-language", "data-lang", "lang", "data-code-brush", "data-code-lang"];
    if let Some(said) = attributes.first(&named) {
        return Some(String::from(said));
    }
    let begins = ["language-", "lang-", "highlight-source-", "sourcecode-", "brush:"];
    let of = |class: &str| begins.iter().find_map(|begin| class.strip_prefix(begin)).map(String::from);
    // `brush: bash; gutter: false`
    let brush = ["data-syntaxhighlighter-params", "class"].into_iter().find_map(|name| {
        let (_, after) = attributes.get(name)?.split_once("brush:")?;
        let name = after.trim_start().split([';', ' ']).next().unwrap_or_default();
        (!name.is_empty()).then(|| name.to_ascii_lowercase())
    });
    let classes: Vec<String> = attributes.classes().collect();
    // highlight.js adds a class of its own to the language.
    let beside = || {
        let is_known = classes.iter().any(|class| class == "hljs");
        classes.iter().find(|class| is_known && *class != "hljs" && !class.starts_with("hljs-")).cloned()
    };
    brush.or_else(|| classes.iter().find_map(|class| of(class))).or_else(beside)
}

/// An address for a sentence.
pub(super) fn shortened(url: &str) -> String {
    const SHOWN: usize = 120;
    match url.char_indices().nth(SHOWN) {
        Some((cut, _)) => [url.get(..cut).unwrap_or_default(), "…"].concat(),
        None => String::from(url),
    }
}
