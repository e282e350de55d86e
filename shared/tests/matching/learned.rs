//! What is learned from example questions.

use super::{best, bytes_of, doc, index_of, search};
use shared::matching::{Doc, Index};

fn asked(id: &str, examples: &[&str]) -> Doc {
    Doc { examples: examples.iter().map(|text| String::from(*text)).collect(), ..doc(id, "", "") }
}

fn bank() -> Vec<Doc> {
    vec![
        asked(
            "lost",
            &[
                "i lost my card",
                "my card is gone",
                "someone stole my card",
                "cannot find my card",
                "i left my card in a taxi",
            ],
        ),
        asked(
            "fee",
            &[
                "why was i charged",
                "what is this fee",
                "there is an extra charge",
                "i paid a fee",
                "why does it cost more",
            ],
        ),
        asked(
            "rate",
            &[
                "the exchange rate is wrong",
                "which rate do you use",
                "bad rate abroad",
                "how is the rate made",
                "rate today",
            ],
        ),
    ]
}

#[test]
fn an_answer_is_found_by_questions_like_its_examples() {
    let index = index_of("en", &bank());
    for (text, expected) in [
        ("somebody has stolen my card", "lost"),
        ("lost card", "lost"),
        ("what am i charg", "fee"),
        ("rate for doll", "rate"),
    ] {
        assert_eq!(best(&index, text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_question_about_something_else_is_not_sure_of_any() {
    let index = index_of("en", &bank());
    let confidence = |text: &str| search(&index, text).first().map_or(0.0, |hit| hit.confidence);
    assert!(confidence("i lost my card") > 2.0 * confidence("do you like tomatoes from spain"));
}

#[test]
fn few_examples_make_no_model_and_are_found_all_the_same() {
    let features = |docs: &[Doc]| u32::from_le_bytes(bytes_of("en", docs)[28..32].try_into().unwrap());
    assert!(features(&bank()) > 0);
    let few = [asked("a", &["when are you open"]), asked("b", &["do you ship abroad"])];
    assert_eq!(features(&few), 0);
    assert_eq!(best(&index_of("en", &few), "open on sunday when").as_deref(), Some("a"));
}

#[test]
fn examples_do_not_travel() {
    let bytes = bytes_of("en", &bank());
    assert!(Index::open(&bytes[..]).is_ok());
    let text = "in a taxi";
    assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()));
}
