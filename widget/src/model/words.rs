//! The panel's words in the visitor's language.

/// The words by their keys; some forty, so they are looked through. Nothing is shown before they are known: a flash of English is worse than an empty moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(Vec<(String, String)>);

impl Words {
    /// The words that the edge gave.
    pub fn new(words: Vec<(String, String)>) -> Self {
        Self(words)
    }

    /// The words for a key; empty if there are none.
    pub fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(name, _)| name == key).map_or("", |(_, text)| text)
    }

    /// The words for a key with a number or a time put in for `{n}`.
    pub fn filled(&self, key: &str, n: &str) -> String {
        let (before, after) = self.get(key).split_once('{').unwrap_or_default();
        let after = after.split_once('}').unwrap_or_default().1;
        [before, n, after].concat()
    }

    /// The words for a number of things, in a plural form such as "one". A language that does not have the form has "other".
    pub fn counted(&self, key: &str, form: &str, n: &str) -> String {
        let of = |form: &str| [key, "_", form].concat();
        let own = of(form);
        let has_form = !self.get(&own).is_empty();
        self.filled(&if has_form { own } else { of("other") }, n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::path::Path;

    const FORMS: [&str; 2] = ["one", "other"];

    fn keys() -> Vec<String> {
        let words: BTreeMap<String, String> = serde_json::from_str(shared::languages::ENGLISH_PANEL_WORDS).unwrap();
        words.into_keys().collect()
    }

    /// The keys stand in the source as `t("key")`, `word("key")` or `"word:key"`, and in that of the loader as `words.key`.
    #[test]
    fn every_word_that_the_source_asks_for_is_there_and_none_is_there_unasked() {
        let mut source = String::new();
        let mut folders = ["src", "loader"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).to_vec();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { source += &std::fs::read_to_string(path).unwrap() }
            }
        }
        let english = keys();
        let counted = |stem: &str| english.contains(&format!("{stem}_other"));
        for key in &english {
            let stem = key.rsplit_once('_').filter(|(stem, form)| FORMS.contains(form) && counted(stem));
            let said = stem.map_or_else(|| format!("\"{key}\""), |(stem, _)| format!("counted(\"{stem}\""));
            assert!(source.contains(&said) || source.contains(&format!("words.{key},")), "nothing says {key}");
        }
        for part in source.split(".t(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(english.iter().any(|key| key == part), "{part} has no words");
        }
    }

    #[test]
    fn a_number_is_put_in() {
        let words = Words::new([("many".into(), "{n} of them".into())].into());
        assert_eq!((words.filled("many", "3").as_str(), words.get("none")), ("3 of them", ""));
    }

    #[test]
    fn a_form_that_the_language_does_not_have_is_the_form_of_all_other_numbers() {
        let words = |pairs: &[(&str, &str)]| {
            Words::new(pairs.iter().map(|(key, text)| (String::from(*key), String::from(*text))).collect())
        };
        let polish = words(&[("file_one", "{n} plik"), ("file_few", "{n} pliki"), ("file_other", "{n} pliku")]);
        for (form, n, expected) in [("one", "1", "1 plik"), ("few", "3", "3 pliki"), ("many", "5", "5 pliku")] {
            assert_eq!(polish.counted("file", form, n), expected);
        }
        assert_eq!(words(&[("file_other", "파일 {n}개")]).counted("file", "one", "1"), "파일 1개");
    }
}
