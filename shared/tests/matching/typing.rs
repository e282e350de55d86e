//! Half questions, typing errors, and what is marked.

use super::{Random, best, doc, index_of, lamps, search};
use shared::matching::{Query, SUGGEST_TYPING};

#[test]
fn half_a_question_finds_its_article() {
    let index = index_of("en", &lamps());
    let check = |text: &str, expected: &str| assert_eq!(best(&index, text).as_deref(), Some(expected), "{text}");
    check("how do i chan", "address");
    check("chnage my adress", "address");
    check("where is my par", "track");
    check("wi-fi lam", "wifi");
    check("my lamp keeps flick", "flicker");
    check("refunds", "refund");
    check("WHEN DO I GET MY REFUND???", "refund");
    check("reimbursement", "refund");
}

#[test]
fn what_has_nothing_to_do_with_any_article_finds_none() {
    let index = index_of("en", &lamps());
    for text in ["", " ", "zzzz", "?!", "🙂🙂", "\u{301}"] {
        assert_eq!(search(&index, text), [], "{text:?}");
    }
}

#[test]
fn every_beginning_of_a_title_finds_its_article_and_marks_it() {
    let docs = lamps();
    let index = index_of("en", &docs);
    for doc in &docs {
        for (cut, _) in doc.title.char_indices().skip(2) {
            let text = &doc.title[..cut];
            // Such words say nothing by themselves.
            if "When your ".starts_with(text) {
                continue;
            }
            let hits = search(&index, text);
            assert!(hits.iter().any(|hit| hit.id == doc.id), "{text}");
        }
        let whole = search(&index, &doc.title).remove(0);
        assert_eq!(whole.id, doc.id);
        assert!(!whole.title_marks.is_empty(), "{}", doc.title);
    }
}

#[test]
fn a_word_more_never_loses_the_article_that_has_all_of_them() {
    let docs = lamps();
    let index = index_of("en", &docs);
    let mut random = Random(11);
    for doc in &docs {
        let words: Vec<&str> = doc.title.split_whitespace().chain(doc.body.split_whitespace()).collect();
        for _ in 0..60 {
            let mut text = format!("{} ", doc.title.rsplit(' ').next().unwrap());
            for _ in 0..6 {
                let word: &&str = random.pick(&words);
                text.push_str(word);
                text.push(' ');
                let hits = index.search(&Query { text: &text, limit: docs.len(), ..Query::default() });
                assert!(hits.iter().any(|hit| hit.id == doc.id), "{} lost by {text}", doc.id);
            }
        }
    }
}

#[test]
fn marks_cover_what_the_typed_words_mean_and_not_what_every_text_has() {
    let index = index_of("en", &lamps());
    let hit = search(&index, "how can i chang the addres").remove(0);
    let marked = |text: &str, marks: &[std::ops::Range<usize>]| -> Vec<String> {
        marks.iter().map(|range| text[range.clone()].to_lowercase()).collect()
    };
    assert_eq!(marked(&hit.title, &hit.title_marks), ["change", "address"]);
    assert!(!marked(&hit.snippet, &hit.snippet_marks).contains(&"the".into()));
}

#[test]
fn the_snippet_shows_the_part_that_matched() {
    let body = "First we say hello. Then, in the middle of it, the gasket is named. And so on, to the end.";
    let index = index_of("en", &[doc("a", "Title", body), doc("b", "Other", "Nothing.")]);
    let hit = search(&index, "gasket").remove(0);
    assert!(hit.snippet.contains("gasket"), "{}", hit.snippet);
    let [mark] = &hit.snippet_marks[..] else { panic!("{:?}", hit.snippet_marks) };
    assert_eq!(&hit.snippet[mark.clone()], "gasket");
}

#[test]
fn confidences_fall_from_hit_to_hit_and_are_likelihoods() {
    let index = index_of("en", &lamps());
    let hits = index.search(&Query { text: "change the lamp address", limit: 9, ..Query::default() });
    assert!(hits.iter().map(|hit| hit.confidence).is_sorted_by(|a, b| a >= b));
    assert!(hits.iter().map(|hit| hit.confidence).sum::<f32>() <= 1.001);
    let sure = search(&index, "change your delivery address").remove(0).confidence;
    let unsure = search(&index, "something about my address of birth in brazil").remove(0).confidence;
    assert!(sure > 0.5 && unsure < sure / 2.0, "{sure} {unsure}");
}

#[test]
fn a_question_before_or_behind_a_pasted_log_is_understood() {
    let logs = [
        "2026-11-30T10:00:01Z ERROR [worker-7] connect ECONNREFUSED 10.0.0.7:443 at TCPConnectWrap.afterConnect (net.js:1141:16)\n"
            .repeat(40),
        "java.lang.NullPointerException: null\n\tat com.example.shop.Cart.total(Cart.java:42)\n\tat java.base/java.lang.Thread.run\n"
            .repeat(300),
        "{\"level\":\"warn\",\"message\":\"retrying request\",\"attempt\":3,\"url\":\"https://api.example/v1/items?id=42\"}\n".repeat(3_000),
    ];
    let index = index_of("en", &lamps());
    for log in &logs {
        for (question, expected) in [
            ("how do I change my delivery address?", "address"),
            ("where is my parcel", "track"),
            ("my lamp flickers", "flicker"),
        ] {
            for text in [format!("{question}\n\n{log}"), format!("{log}\n\n{question}"), format!("{log}\n{question} ")]
            {
                let hit = search(&index, &text).into_iter().next();
                let (found, confidence) = hit.map(|hit| (hit.id, hit.confidence)).unwrap_or_default();
                assert_eq!(found, expected, "{question} {log:.40}");
                assert!(confidence > SUGGEST_TYPING, "{question} {log:.40}: {confidence}");
            }
        }
    }
}

#[test]
fn what_is_quoted_or_stands_in_a_signature_is_not_asked() {
    let index = index_of("en", &lamps());
    for text in [
        "where is my parcel?\n\n-----Original Message-----\nFrom: Lumen\nWhen your refund arrives: a refund takes three to five days",
        "> When your refund arrives\n> A refund takes three to five days\nwhere is my parcel",
        "where is my parcel\n-- \nAnna, who has a flickering lamp, light and router",
    ] {
        assert_eq!(best(&index, text).as_deref(), Some("track"), "{text}");
    }
}

#[test]
fn a_question_in_the_middle_of_a_message_is_read() {
    let around = "I have been a customer of yours for some years now and was always happy with what I got from you and with how you treat us. ";
    let index = index_of("en", &lamps());
    let text = format!("{around}Could you tell me how to change your delivery address? {around}");
    assert_eq!(best(&index, &text).as_deref(), Some("address"));
}
