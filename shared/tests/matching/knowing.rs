//! What is known of words: those that say nothing, those that one document has, and those that mean the same.

use super::spellings::OTHERS;
use super::{best, doc, index_of, search};
use shared::matching::{ANSWER, Doc, Query, SUGGEST_SENT, SUGGEST_TYPING};

#[test]
fn words_that_say_nothing_find_nothing() {
    let docs: Vec<_> = OTHERS.iter().map(|title| doc(title, title, "")).collect();
    let index = index_of("en", &docs);
    for text in
        ["my", "hi", "hello", "Hi!", "how do", "how do i", "what is", "can you", "thanks", "i", "the ", "please"]
    {
        assert_eq!(search(&index, text), [], "{text}");
    }
    let plain = index_of("en", &[doc("who", "Who are you", ""), doc("delete", "Delete your account", "")]);
    assert_eq!(best(&plain, "who are you").as_deref(), Some("who"), "a title that has no other words");
    let among: Vec<_> = ["Who are you"].iter().chain(&OTHERS).map(|title| doc(title, title, "")).collect();
    let who = search(&index_of("en", &among), "who are you");
    assert!(who[0].confidence >= SUGGEST_SENT, "and it is as likely as any other: {who:?}");
    assert_eq!(search(&plain, "your"), []);
    let asked = plain.explain(&Query { text: "your", limit: 3, ..Query::default() }, &["delete".into()]);
    assert_eq!((asked.nothing, asked.docs[0].confidence), (1.0, 0.0), "and it is explained by that");
    let vietnamese = index_of("vi", &[doc("who", "Tôi là ai", ""), doc("b", "Bán hàng", "")]);
    assert_eq!(best(&vietnamese, "tôi là ai").as_deref(), Some("who"));
    for (locale, title, text) in [
        ("de", "Wie kann ich mein Konto löschen", "wie kann ich"),
        ("de", "Wie kann ich mein Konto löschen", "hallo"),
        ("fr", "Comment supprimer mon compte", "comment"),
        ("es", "¿Cómo borro mi cuenta?", "hola"),
        ("tr", "Hesabımı nasıl silerim", "merhaba"),
        ("it", "Come elimino il mio account", "come"),
    ] {
        let index = index_of(locale, &[doc("a", title, ""), doc("b", "X", "")]);
        assert_eq!(search(&index, text), [], "{locale}: {text}");
    }
}

#[test]
fn the_frame_of_an_example_is_not_its_point() {
    let taught = |examples: &[[&str; 4]; 3], count: usize| -> Vec<Doc> {
        let titles = ["Replace a card", "Order a copy", "Borrow books"];
        let docs = titles.iter().zip(examples).map(|(title, examples)| {
            let examples = examples.iter().take(count).map(|example| String::from(*example)).collect();
            Doc { examples, ..doc(title, title, "") }
        });
        docs.chain(OTHERS.iter().map(|title| doc(title, title, ""))).collect()
    };
    let examples = [
        ["i lost my student card", "how can i get a new card", "my card is gone", "what do i do without a card"],
        [
            "i need a copy of my record",
            "can you send me a transcript",
            "how do i get an official copy",
            "a copy please",
        ],
        ["how many books can i borrow", "where is the library", "can i take books home", "how long can i keep a book"],
    ];
    for count in [1, 2, 4] {
        let index = index_of("en", &taught(&examples, count));
        for text in ["how can i", "can you", "i", "how do i get", "where is the ", "what do i"] {
            let hits = search(&index, text);
            assert!(hits.iter().all(|hit| hit.confidence < SUGGEST_TYPING), "{count} {text}: {hits:?}");
        }
        for text in ["i need", "how many", "i lost my dog "] {
            let hits = search(&index, text);
            assert!(hits.iter().all(|hit| hit.confidence < ANSWER), "{count} {text}: {hits:?}");
        }
        assert_eq!(best(&index, "i lost my student card").as_deref(), Some("Replace a card"));
    }
}

#[test]
fn a_character_that_stands_alone_finds_the_words_that_have_it() {
    for (locale, titles, cases) in [
        ("zh", ["开具发票", "退款多久到账"], [("票", "开具发票"), ("票 ", "开具发票"), ("退 ", "退款多久到账")]),
        ("ja", ["領収書の発行", "返金の時期"], [("書", "領収書の発行"), ("返 ", "返金の時期"), ("金 ", "返金の時期")]),
    ] {
        let docs = titles.map(|title| doc(title, title, ""));
        let index = index_of(locale, &docs);
        for (text, expected) in cases {
            assert_eq!(best(&index, text).as_deref(), Some(expected), "{text}");
        }
    }
    let docs = ["如何申请退款", "什么时候发货"].map(|title| doc(title, title, ""));
    let index = index_of("zh", &docs);
    assert_eq!(search(&index, "何"), [], "it says nothing");
    assert_eq!(best(&index, "款").as_deref(), Some("如何申请退款"));
}

#[test]
fn an_alias_means_what_its_own_line_says() {
    let titles =
        ["Update your details", "Money transfers", "Age limit", "Talk to an agent", "Refunds", "Top-up by card"];
    let docs = titles.map(|title| doc(title, title, ""));
    let index = index_of("en", &docs);
    let found = |text: &str| search(&index, text).into_iter().map(|hit| hit.id).collect::<Vec<_>>();
    assert_eq!(found("update "), ["Update your details"]);
    assert_eq!(found("kids "), ["Age limit"]);
    assert_eq!(found("money-back ").first().map(String::as_str), Some("Refunds"));
    assert_eq!(found("money back ").first().map(String::as_str), Some("Refunds"));
}

#[test]
fn every_word_that_one_document_has_is_known() {
    // Many more words than are common, each in one long body.
    let pages: Vec<_> = (0..60)
        .map(|page| {
            let body: Vec<String> = (0..150).map(|word| format!("wort{page:02}x{word:03} common filler")).collect();
            doc(&format!("p{page}"), &format!("Page {page}"), &body.join(" "))
        })
        .collect();
    let index = index_of("en", &pages);
    for page in [0, 17, 59] {
        for word in [0, 77, 149] {
            let text = format!("wort{page:02}x{word:03} ");
            let hit = index.search(&Query { text: &text, limit: 1, ..Query::default() });
            assert_eq!(hit.first().map(|hit| hit.id.as_str()), Some(format!("p{page}").as_str()), "{text}");
        }
    }
}
