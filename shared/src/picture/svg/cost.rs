//! How much is drawn of an SVG. An element can show another one by its id, that one a third, and so a few lines draw for hours.

use std::collections::BTreeMap;

/// The most elements that are drawn, each as often as it is shown.
const MOST: u64 = 100_000;
/// What an effect costs, which looks at every point once more.
const EFFECT: u64 = 200;
/// The most bytes of sheets of styles, each held against one element.
const MOST_STYLED: usize = 200_000_000;
/// The longest way from one id to the next.
const FURTHEST: usize = 8;

/// How often one element shows another.
#[derive(Clone, Copy)]
pub(super) enum Times {
    Once,
    /// At each point of its line.
    AtPoints(u64),
    /// At each point of all lines, since those in it take this from it.
    AtAllPoints,
}

/// One element.
#[derive(Default)]
struct Node {
    name: &'static str,
    children: Vec<usize>,
    /// The ids of what it shows, and how often.
    shows: Vec<(String, Times)>,
    cost: Option<u64>,
}

/// All elements, the first one being the root.
#[derive(Default)]
pub(super) struct Drawing {
    nodes: Vec<Node>,
    by_id: BTreeMap<String, usize>,
    /// What a sheet of styles shows, in whichever element.
    by_style: Vec<String>,
    /// The points of all lines.
    points: u64,
    /// The length of all sheets of styles, in bytes.
    sheets: usize,
}

impl Drawing {
    /// Adds an element, and gives its number.
    pub(super) fn add(&mut self, name: &'static str, parent: Option<usize>) -> usize {
        let number = self.nodes.len();
        self.nodes.push(Node { name, ..Node::default() });
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.children.push(number);
        }
        number
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Notes the id of an element. Of two that are alike, the first one is meant.
    pub(super) fn names(&mut self, number: usize, id: &str) {
        self.by_id.entry(String::from(id)).or_insert(number);
    }

    /// Notes that an element shows another one.
    pub(super) fn shows(&mut self, number: usize, id: String, times: Times) {
        if let Some(node) = self.nodes.get_mut(number) {
            node.shows.push((id, times));
        }
    }

    /// Notes how many points a line has.
    pub(super) fn has_points(&mut self, count: u64) {
        self.points = self.points.saturating_add(count);
    }

    /// Notes a sheet of styles, which is held against each element.
    pub(super) fn has_sheet(&mut self, length: usize) {
        self.sheets = self.sheets.saturating_add(length);
    }

    /// Notes that a sheet of styles shows an element.
    pub(super) fn shows_by_style(&mut self, id: String) {
        self.by_style.push(id);
    }

    /// Whether all of it is drawn soon. Nothing that is drawn shows itself.
    pub(super) fn ends_soon(mut self) -> bool {
        // Which elements a sheet means is not looked at: so it may mean colours, and nothing that shows something else.
        let is_colour = |id: &String| {
            let node = self.by_id.get(id).and_then(|number| self.nodes.get(*number));
            node.is_none_or(|node| matches!(node.name, "linearGradient" | "radialGradient"))
        };
        let is_styled_soon = self.sheets.saturating_mul(self.len()) <= MOST_STYLED;
        is_styled_soon && self.by_style.iter().all(is_colour) && self.cost(0, 0).is_some_and(|cost| cost <= MOST)
    }

    /// What an element costs with all that it shows; none if that has no end. Each is counted once.
    fn cost(&mut self, number: usize, far: usize) -> Option<u64> {
        let node = self.nodes.get_mut(number)?;
        if let Some(cost) = node.cost {
            return Some(cost);
        }
        let is_effect = node.name.starts_with("fe") || matches!(node.name, "mask" | "pattern" | "filter");
        let mut cost = if is_effect { EFFECT } else { 1 };
        // An element that shows itself ends by the length of the way.
        let (children, shows) = (node.children.clone(), node.shows.clone());
        for child in children {
            cost = cost.saturating_add(self.cost(child, far)?);
        }
        for (id, times) in shows {
            // Nothing has this id: then nothing is shown.
            let Some(target) = self.by_id.get(&id).copied() else { continue };
            if far >= FURTHEST {
                return None;
            }
            let times = match times {
                Times::Once => 1,
                Times::AtPoints(points) => points,
                Times::AtAllPoints => self.points,
            };
            cost = cost.saturating_add(self.cost(target, far + 1)?.saturating_mul(times.max(1)));
        }
        self.nodes.get_mut(number)?.cost = Some(cost);
        Some(cost)
    }
}
