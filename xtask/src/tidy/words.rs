//! Comments and documents can be read by people for whom English is a second language: a sentence has a noun for its subject.

use super::prose::sentences;
use super::{File, Finding};

/// Words after which a reader has to look for who or how many is meant. In two halves, so that this file does not find itself.
const UNCLEAR: [(&str, &str); 2] = [("who", "ever"), ("so ", "many")];

/// A sentence that begins with one of these has a clause in the place of its subject, if it goes on with a verb of its own.
const OPENING: [&str; 3] = ["What", "Who", "Whatever"];

/// Verbs that show where a clause is. Those of a clause and of its sentence are two: `What is late is coloured`.
const VERBS: [&str; 29] = [
    "is", "are", "was", "were", "has", "have", "had", "may", "can", "cannot", "must", "will", "does", "do", "did",
    "goes", "stays", "comes", "gets", "counts", "makes", "takes", "keeps", "changes", "waits", "costs", "begins",
    "belongs", "needs",
];

/// Words that begin a clause within the clause: the next verb is theirs.
const SUBORDINATING: [&str; 11] =
    ["that", "which", "who", "while", "when", "where", "before", "after", "because", "if", "until"];

/// Words after which a verb belongs to the same clause as the verb before, or is an infinitive.
const JOINING: [&str; 8] = ["and", "or", "to", "not", "may", "can", "must", "will"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for sentence in sentences(file) {
            findings.extend(complaint(&sentence.text).map(|message| file.finding(sentence.line, message)));
        }
    }
    findings
}

fn complaint(sentence: &str) -> Option<String> {
    let lower = sentence.to_lowercase();
    let unclear = UNCLEAR.iter().map(|(start, end)| format!("{start}{end}")).find(|words| contains(&lower, words));
    if let Some(words) = unclear {
        return Some(format!("\"{words}\" makes a reader search for what is meant: name it"));
    }
    has_clause_as_subject(sentence).then(|| format!("a clause in the place of the subject: {}", beginning(sentence)))
}

/// Whether `words` stand there by themselves.
fn contains(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(place, _)| {
        let before = text.get(..place).is_none_or(|before| !before.ends_with(char::is_alphanumeric));
        before && text.get(place + words.len()..).is_none_or(|after| !after.starts_with(char::is_alphanumeric))
    })
}

/// Looks at the words up to the first sign; a question may begin as it likes.
fn has_clause_as_subject(sentence: &str) -> bool {
    let sentence = sentence.trim_matches(['*', '_', ' ']);
    if sentence.ends_with('?') {
        return false;
    }
    let clause = sentence.split([',', ';', ':', '(']).next().unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().map(|word| word.trim_matches(['.', '*', '_', '"'])).collect();
    if words.first().is_none_or(|first| !OPENING.contains(first)) {
        return false;
    }
    let (mut verbs, mut others) = (0, 0_usize);
    for (before, word) in words.iter().zip(words.iter().skip(1)) {
        if SUBORDINATING.contains(word) {
            others += 1;
        } else if VERBS.contains(word) && !JOINING.contains(before) {
            match others.checked_sub(1) {
                Some(fewer) => others = fewer,
                None => verbs += 1,
            }
        }
    }
    verbs > 1
}

/// Enough of a sentence to find it.
fn beginning(sentence: &str) -> String {
    const WORDS: usize = 8;
    sentence.split_whitespace().take(WORDS).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::lines_found;

    #[test]
    fn a_sentence_without_a_noun_for_its_subject_is_found() {
        for text in [
            "What is due or late is coloured; the rest is calm.",
            "What the clock shows is there. What is skipped has its place.",
            "**What has gone stays.**",
            "Whatever comes is what was asked for.",
            "What cannot be noted is told again: that is all.",
            "What is missing in a thread that is followed comes later.",
        ] {
            assert_eq!(lines_found(check, "a.rs", &format!("// Fine.\n/// {text}")), [2], "{text}");
        }
        for text in [
            "What the panel's start needs.",
            "What a visitor can do.",
            "What is not there yet, or was and is gone.",
            "What is owed?",
            "Who opens a socket, as far as the worker could tell.",
            "The one who is here is asked.",
            "What was sent over it and is not answered yet.",
            "What is said of the page that the visitor is on.",
            "What the visitor did not have yet.",
        ] {
            assert_eq!(lines_found(check, "a.rs", &format!("/// {text}")), [0; 0], "{text}");
        }
    }

    #[test]
    fn unclear_words_are_found_in_comments_and_documents_and_not_in_code() {
        for (start, end) in UNCLEAR {
            let words = format!("{start}{end}");
            assert_eq!(lines_found(check, "docs/a.md", &format!("One\nof {words} things.")), [1]);
            assert_eq!(lines_found(check, "a.css", &format!("/* Of {words}. */")), [1]);
            assert_eq!(lines_found(check, "a.rs", &format!("let a = \"{words}\";\n// a{words}b")), [0; 0]);
        }
    }
}
