//! What is near to a word of the documents without being one: parts of words, versions, kana that are still to be made others, typing errors.

use super::spellings::OTHERS;
use super::{best, doc, index_of, search};
use shared::matching::{ANSWER, Index, SUGGEST_SENT};

fn with_others(locale: &str, titles: &[&str]) -> Index<Vec<u8>> {
    let docs: Vec<_> = titles.iter().chain(&OTHERS).map(|title| doc(title, title, "")).collect();
    index_of(locale, &docs)
}

fn confidence(index: &Index<Vec<u8>>, text: &str, id: &str) -> f32 {
    search(index, text).into_iter().find(|hit| hit.id == id).map_or(0.0, |hit| hit.confidence)
}

#[test]
fn a_word_is_found_by_the_one_that_it_begins_or_ends_with() {
    for (locale, title, texts) in [
        ("de", "Lastschrift zurückgeben", vec!["Rücklastschrift", "Lastschrifteinzug "]),
        ("sv", "Fel på bredband", vec!["bredbandsproblem "]),
        ("nl", "Een verzekering afsluiten", vec!["zorgverzekering", "verzekeringspolis "]),
        ("fi", "Lasku puuttuu", vec!["laskutusosoite "]),
    ] {
        let index = with_others(locale, &[title]);
        for text in texts {
            assert_eq!(best(&index, text).as_deref(), Some(title), "{locale}: {text}");
        }
    }
}

#[test]
fn a_version_is_found_by_a_longer_one_and_with_its_letter() {
    let index = with_others("en", &["Firmware 2.4", "Firmware v3.1", "Firmware 4.0.2"]);
    for (text, expected) in [
        ("firmware 2.4", "Firmware 2.4"),
        ("v2.4", "Firmware 2.4"),
        ("firmware v2.4 ", "Firmware 2.4"),
        ("firmware 2.4.1 ", "Firmware 2.4"),
        ("3.1 ", "Firmware v3.1"),
        ("v3.1.7 ", "Firmware v3.1"),
        ("4.0", "Firmware 4.0.2"),
    ] {
        assert_eq!(best(&index, text).as_deref(), Some(expected), "{text}");
    }
    for text in ["2.5 ", "v4.0.3 ", "2.40 ", "24 ", "v24 "] {
        assert_eq!(search(&index, text), [], "{text}");
    }
}

#[test]
fn another_code_is_mostly_what_is_asked_about() {
    let index =
        with_others("en", &["Error E-42", "Charger with USB-C", "How to use the 3D printer", "What a cable is for"]);
    for text in ["error E-42", "USB-C ", "usbc", "3d printer", "3dprinter", "3d-printer"] {
        let hits = search(&index, text);
        assert!(hits.first().is_some_and(|hit| hit.confidence >= SUGGEST_SENT), "{text}: {hits:?}");
    }
    for text in ["error E-43 ", "USB-D ", "USB-A ", "2D printer "] {
        let hits = search(&index, text);
        assert!(hits.iter().all(|hit| hit.confidence < ANSWER), "{text}: {hits:?}");
    }
    assert_eq!(search(&index, "E-43 "), []);
    let known = confidence(&index, "error ", "Error E-42");
    assert!(confidence(&index, "error E-43 ", "Error E-42") < known, "a code that is not here speaks against");
}

#[test]
fn katakana_is_found_while_it_is_still_hiragana() {
    let docs = [("pw", "パスワードを変更する"), ("point", "ポイントを使う"), ("order", "注文をキャンセルする")];
    let docs: Vec<_> = docs.iter().map(|(id, title)| doc(id, title, "")).collect();
    let index = index_of("ja", &docs);
    for (text, expected) in [("ぱすわーど", "pw"), ("ぽいんと", "point"), ("きゃんせる", "order")] {
        assert_eq!(best(&index, text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_long_word_with_an_error_is_that_word() {
    let index = with_others("de", &["Kreditkarte sperren", "Geldautomat finden", "Umsätze ansehen"]);
    for (text, expected) in [
        ("Kredtikarte", "Kreditkarte sperren"),
        ("Kredtikarte ", "Kreditkarte sperren"),
        ("Geldatuomat", "Geldautomat finden"),
        ("Geldautomt", "Geldautomat finden"),
    ] {
        assert_eq!(best(&index, text).as_deref(), Some(expected), "{text}");
    }
}
