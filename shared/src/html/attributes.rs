//! The attributes of an element.

/// Names in small letters with their values, each name once.
#[derive(Debug, Default)]
pub(crate) struct Attributes(pub(crate) Vec<(String, String)>);

impl Attributes {
    /// These names with these values.
    pub(crate) fn of(all: &[(&str, &str)]) -> Self {
        Self(all.iter().map(|(name, value)| (String::from(*name), String::from(*value))).collect())
    }

    /// The value of an attribute, which may be empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// The value of the first of these that says something.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().filter_map(|name| self.get(name)).find(|value| !value.is_empty())
    }

    /// A whole number, such as a width.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim_end_matches("px").parse().ok()
    }

    /// The names in `class`, in small letters.
    pub(crate) fn classes(&self) -> impl Iterator<Item = String> {
        self.get("class").unwrap_or_default().split_ascii_whitespace().map(str::to_ascii_lowercase)
    }
}
