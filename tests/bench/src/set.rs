//! The sets: documents and the questions that people asked, one set a line of a JSONL file.

use serde::{Deserialize, Serialize};

/// Documents of one site and questions about them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Set {
    pub name: String,
    /// The documents' language, as a tag of BCP 47.
    pub lang: String,
    pub docs: Vec<Doc>,
    pub queries: Vec<Question>,
}

/// A help article.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Doc {
    pub id: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub body: String,
    /// Questions that others asked before and that this answers.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Other words for what it is about.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// A question as somebody wrote it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    pub text: String,
    /// The ids of the documents that answer it; empty when nothing here does.
    pub relevant: Vec<String>,
}

impl Question {
    /// Whether something here answers it.
    pub fn is_in_scope(&self) -> bool {
        !self.relevant.is_empty()
    }

    /// Whether this document answers it.
    pub fn is_answered_by(&self, id: &str) -> bool {
        self.relevant.iter().any(|relevant| relevant == id)
    }
}

/// Reads sets. An error says which line is malformed.
pub fn parse(jsonl: &str) -> Result<Vec<Set>, String> {
    let lines = jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1)))
        .collect()
}

/// The sets with these names, or all of them when none is named. An error names what is missing.
pub fn named(mut sets: Vec<Set>, names: &[String]) -> Result<Vec<Set>, String> {
    if let Some(missing) = names.iter().find(|name| sets.iter().all(|set| set.name != **name)) {
        return Err(format!("there is no set {missing}"));
    }
    sets.retain(|set| names.is_empty() || names.contains(&set.name));
    Ok(sets)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = concat!(
        r#"{"name":"a","lang":"en","docs":[{"id":"x","title":"X","body":""}],"queries":[{"text":"x?","relevant":["x"],"lang":"en"}]}"#,
        "\n",
        r#"{"name":"b","lang":"ko","docs":[{"id":"y","examples":["1","2"]}],"queries":[{"text":"?","relevant":[]}]}"#,
        "\n",
    );

    fn check(jsonl: &str, names: &[&str], expected: Result<&[&str], &str>) {
        let names: Vec<String> = names.iter().map(|name| String::from(*name)).collect();
        match (parse(jsonl).and_then(|sets| named(sets, &names)), expected) {
            (Ok(sets), Ok(expected)) => {
                let found: Vec<&str> = sets.iter().map(|set| set.name.as_str()).collect();
                assert_eq!(found, expected, "{names:?}");
            }
            (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
            (found, expected) => panic!("{found:?}, not {expected:?}"),
        }
    }

    #[test]
    fn named_sets_are_read_and_a_missing_one_is_an_error() {
        check(TWO, &[], Ok(&["a", "b"]));
        check(TWO, &["b"], Ok(&["b"]));
        check(TWO, &["a", "c"], Err("no set c"));
        check("{}", &[], Err("line 1"));
    }

    #[test]
    fn what_is_left_out_of_a_document_is_empty_and_scope_is_having_an_answer() {
        let sets = parse(TWO).unwrap();
        assert_eq!(sets[1].docs[0].title, "");
        assert_eq!(sets[1].docs[0].examples, ["1", "2"]);
        assert!(sets[0].queries[0].is_in_scope() && sets[0].queries[0].is_answered_by("x"));
        assert!(!sets[1].queries[0].is_in_scope());
    }
}
