//! The style sheets of the programs: each class belongs to one component, and no side is called left or right.

use super::{File, Finding};

/// Files that speak of other components' classes: what is narrow rearranges all of them, and so do colours that are forced.
const ACROSS: [&str; 2] = ["narrow", "forced"];

/// Words of CSS that name a side of the screen; a page that is read from right to left needs the side of the text.
const SIDES: [&str; 12] = [
    "margin-left",
    "margin-right",
    "padding-left",
    "padding-right",
    "border-left",
    "border-right",
    "text-align: left",
    "text-align: right",
    "float: left",
    "float: right",
    " left:",
    " right:",
];

/// Everything that is wrong in the style sheets of the programs.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let sheets: Vec<Sheet> = files.iter().filter_map(Sheet::of).collect();
    let common: Vec<&str> = sheets.iter().filter(|sheet| sheet.is_common()).flat_map(Sheet::classes).collect();
    sheets.iter().flat_map(|sheet| sheet.findings(&common)).collect()
}

/// A style sheet of a program.
struct Sheet<'a> {
    path: &'a str,
    /// The component: the name of the file.
    name: &'a str,
    text: &'a str,
}

impl<'a> Sheet<'a> {
    fn of(file: &'a File) -> Option<Self> {
        let (folder, name) = file.path.rsplit_once('/')?;
        let name = name.strip_suffix(".css")?;
        let is_ours = ["kit/styles", "widget/styles", "inbox/styles"].contains(&folder);
        is_ours.then_some(Self { path: &file.path, name, text: file.text.as_deref()? })
    }

    /// Whether every component may use its classes.
    fn is_common(&self) -> bool {
        self.path.starts_with("kit/") || ["controls", "choices"].contains(&self.name)
    }

    fn findings(&self, common: &[&str]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for side in SIDES {
            if self.text.contains(side) {
                findings.push(
                    self.finding(format!("`{}` names a side of the screen; name the side of the text", side.trim())),
                );
            }
        }
        if self.is_common() || ACROSS.contains(&self.name) {
            return findings;
        }
        for class in self.classes() {
            let is_own = class == self.name || class.strip_prefix(self.name).is_some_and(|rest| rest.starts_with('-'));
            if !is_own && !class.starts_with("is-") && !common.contains(&class) {
                let name = self.name;
                findings.push(
                    self.finding(format!("`.{class}` is no class of {name}: it is called `{name}-…` or is the kit's")),
                );
            }
        }
        findings
    }

    fn finding(&self, message: String) -> Finding {
        Finding { path: self.path.into(), line: 0, message }
    }

    /// The classes that its selectors name.
    fn classes(&self) -> Vec<&'a str> {
        let mut classes = Vec::new();
        let mut rest = self.text;
        while let Some(end) = rest.find(['{', '}', ';']) {
            let (selector, after) = rest.split_at(end);
            if after.starts_with('{') {
                classes.extend(in_selector(selector));
            }
            rest = after.get(1..).unwrap_or_default();
        }
        classes
    }
}

fn in_selector(selector: &str) -> impl Iterator<Item = &str> {
    let after_dots = selector.split('.').skip(1);
    let name = |text: &'_ str| text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    after_dots
        .filter_map(move |text| text.get(..name(text)))
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(path: &str, text: &str) -> File {
        File { path: path.into(), bytes: Vec::new(), text: Some(text.into()) }
    }

    fn check_one(text: &str, expected: &[&str]) {
        let files = [sheet("kit/styles/kit.css", ".face { width: 1px; }"), sheet("inbox/styles/rail.css", text)];
        let found = check(&files);
        assert_eq!(found.len(), expected.len());
        for (finding, part) in found.iter().zip(expected) {
            assert!(finding.message.contains(part), "{}", finding.message);
        }
    }

    #[test]
    fn a_components_classes_have_its_name_or_are_states_or_the_kits() {
        check_one(".rail { top: 0.5px; } .rail-list.is-open > .face:hover { color: red; }", &[]);
        check_one("@media (x) { .rail .line { color: red; } }", &["`.line` is no class of rail"]);
        check_one(".railway { color: red; }", &["`.railway`"]);
    }

    #[test]
    fn a_side_is_that_of_the_text() {
        check_one(".rail { margin-left: 1px; text-align: right; }", &["`margin-left`", "`text-align: right`"]);
        check_one(".rail { inset-inline-start: 0; left: 0; }", &["`left:`"]);
    }
}
