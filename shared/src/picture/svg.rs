//! SVG: a picture that is a text. It could hold programs, ask for what is elsewhere, and draw for hours. So it is read, and what is known to
//! be drawn is written anew; a picture that would be another one without the rest is refused.

mod cost;
mod names;
mod value;

use super::{Clean, Kind};
use cost::{Drawing, Times};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// The largest, in bytes. Much of it is drawn point by point, so that it takes longer than other pictures of its size.
const MAX: usize = 1_000_000;
/// The most elements that are written.
const MOST_ELEMENTS: usize = 20_000;
/// The deepest nesting, as browsers and other readers bear it.
const DEEPEST: usize = 100;
/// About the fewest bytes that a point of a line takes.
const BYTES_OF_POINT: u64 = 3;
/// The widest and highest, in points.
const LARGEST: f64 = 10_000.0;

const ELSEWHERE: &str = "it is an SVG that shows what is elsewhere";
const COSTLY: &str = "it is an SVG that draws its parts over and over, which takes too long";

/// Whether these bytes are meant as SVG.
pub(super) fn is(bytes: &[u8]) -> bool {
    let begin = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let text = String::from_utf8_lossy(begin).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    text.starts_with('<') && text.contains("<svg")
}

/// The picture that is drawn; an error says in a few words why there is none.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean, &'static str> {
    if bytes.len() > MAX {
        return Err("it is an SVG larger than 1 MB");
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is an SVG that is not in UTF-8")?;
    let text = crate::html::cdata_as_text(text);
    let mut writer = Writer::default();
    // Of the same type as the reader of HTML has, so that its code is there once.
    for token in Tokenizer::new_with_emitter(text.as_ref(), DefaultEmitter::<usize>::new_with_span()) {
        match token {
            Ok(Token::StartTag(tag)) => writer.start(&tag)?,
            Ok(Token::EndTag(tag)) => writer.end(&lossy(&tag.name))?,
            Ok(Token::String(string)) => writer.text(&lossy(&string.value))?,
            _ => {}
        }
    }
    writer.finish()
}

/// An element that is open: as it was written, and as it is kept.
struct Open {
    name: String,
    kept: Option<(&'static str, usize)>,
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<Open>,
    drawing: Drawing,
    size: Option<(f64, f64)>,
    style: String,
}

impl Writer {
    fn start(&mut self, tag: &StartTag<usize>) -> Result<(), &'static str> {
        let name = lossy(&tag.name);
        let is_root = self.drawing.len() == 0;
        if !is_root && self.open.is_empty() {
            return Ok(());
        }
        if self.open.len() > DEEPEST || self.drawing.len() > MOST_ELEMENTS {
            return Err("it is an SVG with more than 20,000 elements, or nested too deeply");
        }
        let inside = self.open.last().map(|open| open.kept);
        let kept = match (inside, names::element(&name)) {
            (None, Some("svg")) => Some(("svg", self.drawing.add("svg", None))),
            (None, _) => return Err(super::NO_PICTURE),
            (Some(Some((_, parent))), Some(element)) => Some((element, self.drawing.add(element, Some(parent)))),
            (Some(Some(_)), None) if names::is_picture(&name) => return Err("it is an SVG that holds another picture"),
            (Some(Some(_)), None) if names::is_costly(&name) => return Err(COSTLY),
            _ => None,
        };
        if let Some((element, number)) = kept {
            self.out.push('<');
            self.out.push_str(element);
            self.attributes(tag, element, number)?;
            self.out.push('>');
        }
        self.open.push(Open { name: name.clone(), kept });
        if tag.self_closing { self.end(&name) } else { Ok(()) }
    }

    fn attributes(&mut self, tag: &StartTag<usize>, element: &'static str, number: usize) -> Result<(), &'static str> {
        let is_root = number == 0;
        let (mut width, mut height, mut view) = (None, None, None);
        let is_linked = tag.attributes.contains_key(&b"href"[..]);
        let line = ["d", "points"].iter().find_map(|name| tag.attributes.get(name.as_bytes()));
        let points = line.map(|line| line.value.len() as u64 / BYTES_OF_POINT + 1);
        self.drawing.has_points(points.unwrap_or_default());
        for (written, value) in &tag.attributes {
            let (written, text) = (lossy(written), lossy(&value.value));
            let Some(name) = names::attribute(&written) else { continue };
            match name {
                "href" => {
                    // Of the two ways to write it, the newer one counts.
                    if !names::takes_address(element) || (written != "href" && is_linked) {
                        continue;
                    }
                    let id = text.trim().strip_prefix('#').ok_or(ELSEWHERE)?;
                    self.drawing.shows(number, String::from(id), Times::Once);
                }
                "id" => self.drawing.names(number, &text),
                "width" if is_root => {
                    width = value::length(&text);
                    continue;
                }
                "height" if is_root => {
                    height = value::length(&text);
                    continue;
                }
                "viewBox" if is_root => {
                    view = value::view(&text);
                    if view.is_none() {
                        continue;
                    }
                }
                "filter" if !value::is_counted_filter(&text) => continue,
                "style" => {
                    self.inline_style(&text, number, points)?;
                    continue;
                }
                _ => {
                    for id in value::shown(&text).ok_or(ELSEWHERE)? {
                        self.drawing.shows(number, id, times(name, points));
                    }
                }
            }
            self.attribute(name, &text);
        }
        if is_root {
            let (width, height) = sized(width, height, view).ok_or("it has no size")?;
            if view.is_none() {
                self.attribute("viewBox", &format!("0 0 {width} {height}"));
            }
            self.attribute("width", &width.to_string());
            self.attribute("height", &height.to_string());
            self.attribute("xmlns", "http://www.w3.org/2000/svg");
            self.size = Some((width, height));
        }
        Ok(())
    }

    fn inline_style(&mut self, style: &str, number: usize, points: Option<u64>) -> Result<(), &'static str> {
        let mut kept = String::new();
        for (name, value) in value::declarations(style) {
            if name == "filter" && !value::is_counted_filter(value) {
                continue;
            }
            for id in value::shown(value).ok_or(ELSEWHERE)? {
                self.drawing.shows(number, id, times(name, points));
            }
            kept.push_str(name);
            kept.push(':');
            kept.push_str(value);
            kept.push(';');
        }
        self.attribute("style", &kept);
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&mut self.out, value);
        self.out.push('"');
    }

    fn text(&mut self, text: &str) -> Result<(), &'static str> {
        match self.open.last().and_then(|open| open.kept) {
            Some(("style", _)) => self.style.push_str(text),
            Some((element, _)) if names::holds_text(element) => escape(&mut self.out, text),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), &'static str> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        // A browser shows nothing of such an XML.
        if open.name != name {
            return Err("it is damaged");
        }
        let Some((element, _)) = open.kept else { return Ok(()) };
        if element == "style" {
            let style = std::mem::take(&mut self.style);
            self.sheet(&style)?;
        }
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push('>');
        Ok(())
    }

    /// A sheet of styles. Which elements it means is not looked at: so it may say how they look, and nothing that costs or asks.
    fn sheet(&mut self, style: &str) -> Result<(), &'static str> {
        let lower = style.to_ascii_lowercase();
        if lower.contains('@') || lower.contains("filter") {
            return Err("it is an SVG whose style does more than colours and lines");
        }
        self.drawing.has_sheet(style.len());
        for id in value::shown(style).ok_or(ELSEWHERE)? {
            self.drawing.shows_by_style(id);
        }
        escape(&mut self.out, style);
        Ok(())
    }

    fn finish(self) -> Result<Clean, &'static str> {
        let (width, height) = self.size.ok_or(super::NO_PICTURE)?;
        if !self.open.is_empty() {
            return Err("it is damaged");
        }
        if !self.drawing.ends_soon() {
            return Err(COSTLY);
        }
        let points = |length: f64| length.round().clamp(1.0, LARGEST) as u32;
        let (width, height) = (points(width), points(height));
        let drawn = u64::from(width) * u64::from(height);
        Ok(Clean { kind: Kind::Svg, width, height, bytes: self.out.into_bytes(), drawn })
    }
}

/// How often a property shows what it names, on an element whose line has this number of points, if it has a line.
fn times(property: &str, points: Option<u64>) -> Times {
    match (property.starts_with("marker"), points) {
        (true, Some(points)) => Times::AtPoints(points),
        (true, None) => Times::AtAllPoints,
        (false, _) => Times::Once,
    }
}

/// Width and height; what is not said follows from what the picture shows.
fn sized(width: Option<f64>, height: Option<f64>, view: Option<(f64, f64)>) -> Option<(f64, f64)> {
    let (width, height) = match (width, height, view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((wide, high))) => (width, width * high / wide),
        (None, Some(height), Some((wide, high))) => (height * wide / high, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    (width <= LARGEST && height <= LARGEST).then_some((width, height))
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(letter),
            // XML has no such letters.
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(letter),
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests;
