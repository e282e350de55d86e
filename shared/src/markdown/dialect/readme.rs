//! Blocks of ReadMe, whose text is JSON: `[block:callout]` up to `[/block]`.

use super::inline::short;
use super::marks::{Begin, Ends, Shift};
use super::meaning::Family;
use super::open::sentence;
use super::place::{Line, Prefix};
use super::tag::Tag;
use super::writer::{Next, Writer};
use crate::html::What;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Writer<'_> {
    /// A block. One that is no JSON stays as it is.
    pub(super) fn readme_block(&mut self, prefix: &mut Prefix, rest: &str, number: u32) -> Next {
        let Some((kind, first)) = rest.strip_prefix("[block:").and_then(|rest| rest.split_once(']')) else {
            return Next::Text;
        };
        if !self.comes("[/block]", rest) {
            return Next::Text;
        }
        // One that is not ended goes no further than the next one.
        let is_last = |text: &str| text.contains("[/block]");
        let following = self.lines.get(self.at..).unwrap_or_default();
        let follows = |line: &&Line<'_>| !line.text.trim_start().starts_with("[block:");
        let inside = following.iter().take_while(follows);
        let length =
            if is_last(rest) { Some(0) } else { inside.map(|line| line.text).position(is_last).map(|at| at + 1) };
        let Some(length) = length else { return Next::Text };
        let mut text = String::from(first);
        for line in following.iter().take(length) {
            text.push('\n');
            text.push_str(line.text);
        }
        let (json, after) = text.split_once("[/block]").unwrap_or((text.as_str(), ""));
        let Ok(value) = serde_json::from_str::<Value>(json) else { return Next::Text };
        self.at += length;
        self.block(prefix, kind, &value, number);
        Next::Other(String::from(after.trim()))
    }

    fn block(&mut self, prefix: &mut Prefix, kind: &str, value: &Value, number: u32) {
        let text =
            |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_string();
        let list = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let title = text(value, "title");
        match kind {
            "callout" => {
                let tag = Tag { name: String::from("callout"), values: vec![text(value, "type")], ..Tag::default() };
                let title = Some(title.as_str()).filter(|title| !title.is_empty());
                let (ends, shift, written) = (Ends::Blank, Shift::None, String::new());
                let place = self.open.len();
                self.begin(prefix, Begin { tag: &tag, family: Family::Sign, title, ends, shift, written, number });
                text(value, "body").lines().for_each(|line| self.put(prefix, line, number));
                self.close_from(place, number);
            }
            "api-header" => self.tag_line(prefix, &["## ", &title].concat(), number),
            "code" => {
                for code in list("codes") {
                    self.bold(prefix, Some(text(&code, "name").as_str()).filter(|name| !name.is_empty()), None, number);
                    self.blank(number);
                    self.put(prefix, &["``````", &text(&code, "language")].concat(), number);
                    text(&code, "code").lines().for_each(|line| self.put(prefix, line, number));
                    self.put(prefix, "``````", number);
                    self.blank(number);
                }
            }
            "image" => {
                for image in list("images") {
                    let parts = image.get("image").and_then(Value::as_array).cloned().unwrap_or_default();
                    let part = |place: usize| parts.get(place).and_then(Value::as_str).unwrap_or_default().to_string();
                    let mut attributes =
                        vec![(String::from("src"), part(0)), (String::from("caption"), text(&image, "caption"))];
                    let alt = part(2);
                    if !alt.is_empty() {
                        attributes.push((String::from("alt"), alt));
                    }
                    let tag = Tag { name: String::from("image"), attributes, ..Tag::default() };
                    let (ends, shift, written) = (Ends::Blank, Shift::None, String::new());
                    self.begin(
                        prefix,
                        Begin { tag: &tag, family: Family::Sign, title: None, ends, shift, written, number },
                    );
                }
            }
            "parameters" => self.table(prefix, value, number),
            "embed" => {
                let url = text(value, "url");
                let name = if title.is_empty() { url.clone() } else { title };
                self.tag_line(prefix, &["[", &name, "](<", &url, ">)"].concat(), number);
            }
            "html" => {
                self.blank(number);
                text(value, "html").lines().for_each(|line| self.put(prefix, line, number));
                self.blank(number);
            }
            _ => {
                self.remark(number, What::Mark(short(&["[block:", kind, "]"].concat())));
                self.bold(prefix, Some(title.as_str()).filter(|title| !title.is_empty()), None, number);
            }
        }
    }

    /// A table whose cells have the names `h-0` in its head, and `0-0` below.
    fn table(&mut self, prefix: &mut Prefix, value: &Value, number: u32) {
        /// A wider table is written without its empty cells, so that few cells make no long one.
        const WIDEST: usize = 50;
        let mut rows: BTreeMap<Option<u32>, BTreeMap<u32, &str>> = BTreeMap::from([(None, BTreeMap::new())]);
        let mut columns = BTreeSet::new();
        for (place, text) in value.get("data").and_then(Value::as_object).into_iter().flatten() {
            let Some((row, column)) = place.split_once('-') else { continue };
            let Ok(column) = column.parse::<u32>() else { continue };
            columns.insert(column);
            rows.entry(row.parse().ok()).or_default().insert(column, text.as_str().unwrap_or_default());
        }
        let cell = |text: &str| [" ", &sentence(text).replace('|', "\\|"), " |"].concat();
        self.blank(number);
        for (place, cells) in &rows {
            let all: Vec<&str> = if columns.len() > WIDEST {
                cells.values().copied().collect()
            } else {
                columns.iter().map(|column| cells.get(column).copied().unwrap_or_default()).collect()
            };
            let row: String = all.into_iter().map(cell).collect();
            self.put(prefix, &["|", &row].concat(), number);
            if place.is_none() {
                self.put(prefix, &["|", &"-|".repeat(columns.len())].concat(), number);
            }
        }
        self.blank(number);
    }
}
