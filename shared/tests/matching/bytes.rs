//! Whatever the bytes and the text are, opening and searching end with a value.

use super::{Random, bytes_of, doc, lamps};
use shared::matching::{Doc, ENGINE, Index, Query};

/// What stands in `corpus/` was found by fuzzing or was thought of as hostile; each file is searched as the fuzz target does.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/open_and_search");

/// Opens bytes and searches for a text, as a stranger's index and a stranger's hands would.
pub(crate) fn open_and_search(bytes: &[u8], text: &str) {
    let Ok(index) = Index::open(bytes) else { return };
    let hits = index.search(&Query { text, limit: 5, page: "/cart", ..Query::default() });
    for hit in hits {
        assert!(hit.confidence.is_nan() || (0.0..=1.0).contains(&hit.confidence));
        for range in hit.title_marks {
            assert!(hit.title.get(range).is_some());
        }
        for range in hit.snippet_marks {
            assert!(hit.snippet.get(range).is_some());
        }
    }
}

fn with_a_model() -> Vec<Doc> {
    let asked = |id: &str, examples: [&str; 3]| Doc {
        examples: examples.map(String::from).to_vec(),
        ..doc(id, &format!("About {id}"), "")
    };
    vec![
        asked("hours", ["when are you open", "opening times", "are you there on sunday"]),
        asked("shipping", ["do you ship abroad", "shipping to norway", "which countries do you ship to"]),
    ]
}

/// Each way of taking a word apart has something to find here.
fn in_many_scripts() -> Vec<Doc> {
    let titles = [
        "Chèn bảng",
        "Bán hàng",
        "เปลี่ยนภาษา",
        "修改收货地址",
        "メールの変更",
        "تغيير اللغة",
        "ביטול הזמנה",
        "카드 변경",
    ];
    titles.iter().enumerate().map(|(number, title)| doc(&number.to_string(), title, title)).collect()
}

#[test]
fn damaged_bytes_are_refused_or_find_something_and_never_panic() {
    for bytes in [bytes_of("en", &lamps()), bytes_of("en", &with_a_model())] {
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 900) {
            for value in [0, 128, 255] {
                let mut damaged = bytes.clone();
                damaged[at] = value;
                open_and_search(&damaged, "change addr");
            }
        }
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 400) {
            assert!(Index::open(&bytes[..at]).is_err(), "cut at {at}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert!(Index::open(&longer[..]).is_err());
    }
}

#[test]
fn any_bytes_and_any_text_end_with_a_value() {
    let wholes = [bytes_of("en", &with_a_model()), bytes_of("vi", &in_many_scripts())];
    let letters: Vec<char> = "aéạ카ㅋกืะขက္中国あアー🙂\u{301}\u{200f}ß'’ .\u{0}\u{fffd}İıوالبغهבהכ".chars().collect();
    let mut random = Random(7);
    for _ in 0..800 {
        let whole = random.pick(&wholes);
        let mut bytes = whole.clone();
        for _ in 0..=random.below(6) {
            let at = random.below(bytes.len());
            bytes[at] = random.next() as u8;
        }
        let text: String = (0..random.below(40)).map(|_| *random.pick(&letters)).collect();
        open_and_search(&bytes, &text);
        open_and_search(whole, &text);
        let noise: Vec<u8> = (0..random.below(300)).map(|_| random.next() as u8).collect();
        open_and_search(&[b"BFI5", &noise[..]].concat(), &text);
    }
}

#[test]
fn counts_that_promise_more_than_is_there_are_refused_without_taking_memory() {
    let whole = bytes_of("en", &lamps());
    for number in 0..17 {
        for value in [u32::MAX, u32::MAX / 8, 1 << 30] {
            let mut bytes = whole.clone();
            bytes[4 + 4 * number..8 + 4 * number].copy_from_slice(&value.to_le_bytes());
            open_and_search(&bytes, "lamp");
        }
    }
}

#[test]
fn the_committed_corpus_is_survived() {
    let mut files: Vec<_> = std::fs::read_dir(CORPUS).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut opened = 0;
    for file in files {
        let input = std::fs::read(&file).unwrap();
        let (length, rest) = input.split_first().map_or((0, &input[..]), |(length, rest)| (usize::from(*length), rest));
        let (text, bytes) = rest.split_at(length.min(rest.len()));
        open_and_search(bytes, &String::from_utf8_lossy(text));
        opened += usize::from(Index::open(bytes).is_ok());
    }
    assert!(opened >= 3, "only {opened} files of the corpus get past the header: the format has grown from under them");
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    for docs in [lamps(), with_a_model()] {
        assert_eq!(bytes_of("en", &docs), bytes_of("en", &docs));
        let mut other = docs.clone();
        other[0].title.push('!');
        other[0].title.push_str(" more");
        assert_ne!(bytes_of("en", &docs), bytes_of("en", &other));
    }
}

/// What is asked in many scripts, and often enough for a model.
fn asked_in_many_scripts() -> Vec<Doc> {
    let more =
        ["Größe der Straße ändern", "IŞIKLARI kapat, İade iste", "Ёлку вернуть", "ऑर्डर बदलें", "Αλλαγή διεύθυνσης"];
    let more = more.iter().map(|title| doc(title, title, ""));
    let asked = |doc: Doc| Doc { examples: ["", "?", " ok"].map(|end| [&doc.title, end].concat()).to_vec(), ..doc };
    in_many_scripts().into_iter().chain(more).map(asked).collect()
}

#[test]
fn an_engine_that_reads_texts_otherwise_is_another_engine() {
    let hash = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let rows_of_the_model = |bytes: &[u8]| bytes[4 + 4 * 6..4 + 4 * 7].to_vec();
    assert_ne!(rows_of_the_model(&bytes_of("en", &asked_in_many_scripts())), [0; 4], "there is a model to look at");
    let made: Vec<u8> = ["en", "vi", "ja", "ar", "th", "de", "tr"]
        .map(|locale| bytes_of(locale, &asked_in_many_scripts()))
        .iter()
        // But for the eight numbers of the header whose last bits differ between machines.
        .flat_map(|bytes| [&bytes[..4 + 4 * 9], &bytes[4 + 4 * 17..]].concat())
        .collect();
    let advice = "what this engine makes is not what the one before made: ENGINE grows, and this is its new hash";
    assert_eq!((ENGINE, hash(&made)), (7, 3_376_952_219_413_734_424), "{advice}");
}

#[test]
fn nothing_at_all_can_be_compiled_and_searched() {
    for docs in [vec![], vec![doc("", "", "")]] {
        let bytes = bytes_of("en", &docs);
        open_and_search(&bytes, "hello");
        assert_eq!(Index::open(&bytes[..]).unwrap().len(), docs.len());
    }
}
