//! One thing written in many ways: apart and together, composed and not, with the digits and signs of every keyboard.

use super::{best, doc, index_of, search};
use shared::matching::{SUGGEST_TYPING, words};

/// A help centre of some size in which the cases stand, so that chance finds nothing.
pub(crate) const OTHERS: [&str; 30] = [
    "Find a store near you",
    "First order discount",
    "Change your password",
    "Cancel your order",
    "Return an item",
    "Track a parcel",
    "Delivery times",
    "Pay by invoice",
    "Gift cards",
    "Download your data",
    "Delete your account",
    "Two-factor codes by text",
    "Update the app",
    "Invite a colleague",
    "Set up a team",
    "Export a report",
    "Print a label",
    "Connect a printer",
    "Opening hours",
    "Refund to your card",
    "Lost luggage",
    "Damaged goods",
    "Terms of use",
    "Privacy settings",
    "Report a problem",
    "Contact support",
    "Student discount",
    "Newsletter settings",
    "Choose a plan",
    "Upgrade storage",
];

fn check(locale: &str, articles: &[(&str, &str)], cases: &[(&str, &str)]) {
    let own = articles.iter().map(|(id, title)| doc(id, title, ""));
    let others = OTHERS.iter().map(|title| doc(title, title, ""));
    let docs: Vec<_> = own.chain(others).collect();
    let index = index_of(locale, &docs);
    for (text, expected) in cases {
        assert_eq!(best(&index, text).as_deref(), Some(*expected), "{locale}: {text}");
    }
}

#[test]
fn what_one_writes_apart_another_writes_together() {
    let articles = [
        ("wifi", "Connect to Wi-Fi"),
        ("email", "Change your e-mail address"),
        ("login", "Log in with a code"),
        ("signup", "Sign-up bonus"),
        ("checkin", "Check in online"),
    ];
    let cases = [
        ("wifi", "wifi"),
        ("wi-fi", "wifi"),
        ("wi fi", "wifi"),
        ("WiFi", "wifi"),
        ("wi\u{2011}fi", "wifi"),
        ("email", "email"),
        ("e-mail", "email"),
        ("e mail", "email"),
        ("login", "login"),
        ("log-in", "login"),
        ("log in", "login"),
        ("signup", "signup"),
        ("sign up", "signup"),
        ("checkin", "checkin"),
        ("check-in ", "checkin"),
    ];
    check("en", &articles, &cases);
    check(
        "en",
        &[("wifi", "Connect to wifi"), ("login", "Login problems"), ("pass", "Passwordless accounts")],
        &[
            ("wi-fi", "wifi"),
            ("wi fi", "wifi"),
            ("wi-f", "wifi"),
            ("log in", "login"),
            ("log-in problem", "login"),
            ("password less", "pass"),
        ],
    );
}

#[test]
fn a_name_keeps_its_signs() {
    let titles = [
        "Using the C++ SDK",
        "Using the C# SDK",
        "Using the .NET SDK",
        "Using the Go SDK",
        "Using the Node.js SDK",
        "What is R?",
    ];
    let articles: Vec<(&str, &str)> = titles.iter().map(|title| (*title, *title)).collect();
    check(
        "en",
        &articles,
        &[
            ("c#", "Using the C# SDK"),
            ("c# sdk", "Using the C# SDK"),
            ("c++", "Using the C++ SDK"),
            ("c++ sdk", "Using the C++ SDK"),
            (".net", "Using the .NET SDK"),
            ("net", "Using the .NET SDK"),
            ("node.js", "Using the Node.js SDK"),
            ("nodejs", "Using the Node.js SDK"),
            ("node js", "Using the Node.js SDK"),
            ("r", "What is R?"),
        ],
    );
    check(
        "en",
        &[("att", "AT&T customers"), ("disney", "Disney+ on your TV"), ("tcp", "TCP/IP settings")],
        &[
            ("at&t", "att"),
            ("att", "att"),
            ("disney", "disney"),
            ("disney+", "disney"),
            ("tcpip", "tcp"),
            ("tcp ip", "tcp"),
        ],
    );
}

#[test]
fn a_code_is_itself_and_no_other() {
    let titles = [
        "Error 0x80070057",
        "Error 0x80070005",
        "E-1042: card declined",
        "E-1043: card expired",
        "Release notes 2023",
        "Model 10421",
        "Version 2.4.1",
        "Unsubscribe",
        "Where is my order",
    ];
    let articles: Vec<(&str, &str)> = titles.iter().map(|title| (*title, *title)).collect();
    let docs: Vec<_> = articles.iter().map(|(id, title)| doc(id, title, "")).collect();
    let index = index_of("en", &docs);
    for (text, expected) in [
        ("0x80070057", "Error 0x80070057"),
        ("E-1042", "E-1042: card declined"),
        ("e1042", "E-1042: card declined"),
        ("e 1042", "E-1042: card declined"),
        ("1043", "E-1043: card expired"),
        ("2.4.1", "Version 2.4.1"),
        ("version 2.4", "Version 2.4.1"),
        ("release 2024", "Release notes 2023"),
    ] {
        assert_eq!(best(&index, text).as_deref(), Some(expected), "{text}");
        let confidence = search(&index, text).first().map_or(0.0, |hit| hit.confidence);
        assert!(confidence > SUGGEST_TYPING, "{text}: {confidence}");
    }
    assert_eq!(best(&index, "order 4711").as_deref(), Some("Where is my order"));
    for text in ["0x80070652", "0x80070652 ", "10423", "2.4.10", "1044 ", "2024"] {
        assert_eq!(search(&index, text), [], "{text}");
    }
}

#[test]
fn what_a_sign_joins_counts_once() {
    let articles = [
        ("limit", "Tageslimit ändern"),
        ("login", "Anmelden im Online-Banking"),
        ("address", "Adresse ändern"),
        ("phish", "Verdächtige E-Mail erhalten"),
        ("close", "Konto kündigen"),
    ];
    check(
        "de",
        &articles,
        &[
            ("Tageslimit im Online-Banking ändern", "limit"),
            ("E-Mail Adresse ändern", "address"),
            ("Wie kann ich mein Konto kündigen? Ich freue mich auf Ihre E-Mail.", "close"),
            ("Online-Banking", "login"),
            ("Onlinebanking", "login"),
            ("Adressänderung", "address"),
        ],
    );
    let docs =
        [doc("usb-c", "USB-C charger", ""), doc("e42", "Error E-42: door open", ""), doc("x", "Return an item", "")];
    let index = index_of("en", &docs);
    let docs = [
        doc("seven", "Windows 7", ""),
        doc("gb", "Plan with 5 GB", ""),
        doc("e", "Error E 42", ""),
        doc("vitamin", "Vitamin C", ""),
        doc("x", "Return an item", ""),
    ];
    let apart = index_of("en", &docs);
    for (text, expected) in [
        ("windows7", "seven"),
        ("windows-7", "seven"),
        ("Windows-7 ", "seven"),
        ("5gb", "gb"),
        ("5-gb", "gb"),
        ("e42", "e"),
        ("E-42 ", "e"),
        ("vitamin-c ", "vitamin"),
    ] {
        assert_eq!(best(&apart, text).as_deref(), Some(expected), "{text}");
    }
    for text in ["windows8 ", "6gb ", "E-43 "] {
        assert_eq!(search(&apart, text), [], "{text}");
    }
    for text in ["usb-d ", "E-43 ", "e43 ", "E-43"] {
        assert!(search(&index, text).iter().all(|hit| hit.confidence < SUGGEST_TYPING), "{text}");
    }
    assert_eq!(best(&index, "usb-c").as_deref(), Some("usb-c"));
    assert_eq!(best(&index, "usb c").as_deref(), Some("usb-c"));
}

#[test]
fn the_words_of_equal_texts_are_equal() {
    let folded = |text: &str| words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>();
    for (one, other) in [
        ("환불 안내", "\u{1112}\u{116a}\u{11ab}\u{1107}\u{116e}\u{11af} \u{110b}\u{1161}\u{11ab}\u{1102}\u{1162}"),
        ("Мой заказ", "Мои\u{306} заказ"),
        ("Її заява", "І\u{308}і\u{308} заява"),
        ("パスワード", "ハ\u{309a}スワード"),
        ("ガイド", "カ\u{3099}イド"),
        ("パスワード", "ﾊﾟｽﾜｰﾄﾞ"),
        ("Rückgabe", "Ru\u{308}ckgabe"),
        ("ǎ ṣ ŵ", "a\u{30c} s\u{323} w\u{302}"),
        ("Ὀδυσσεύς", "Ο\u{313}δυσσευ\u{301}ς"),
        ("क़लम", "क\u{93c}लम"),
        ("কো", "ক\u{9c7}\u{9be}"),
        ("ทำ", "ท\u{e4d}\u{e32}"),
        ("office", "oﬃce"),
        ("m2 4", "m² ④"),
        ("Wi-Fi 6", "Ｗｉ－Ｆｉ ６"),
        ("12345", "١٢٣٤٥"),
        ("2026", "२०२६"),
        ("2026", "๒๐๒๖"),
        ("2.5 1000", "٢٫٥ ١٬٠٠٠"),
        ("c#", "C♯"),
        ("c++", "Ｃ＋＋"),
        ("don't", "don’t"),
        ("don't", "don`t"),
        ("don't", "don´t"),
        ("п'ять", "пʼять"),
        ("oʻzbek", "o'zbek"),
        ("חו\"ל", "חו״ל"),
        ("password", "pass\u{ad}word"),
        ("refund", "re\u{200b}fund\u{feff}"),
    ] {
        assert_eq!(folded(one), folded(other), "{one}");
    }
}

#[test]
fn a_mark_never_parts_a_letter() {
    for (title, query) in [
        ("환불 안내", "환불"),
        ("\u{1112}\u{116a}\u{11ab}\u{1107}\u{116e}\u{11af} 안내", "환불"),
        ("Ru\u{308}ckgabe", "rückgabe"),
        ("Мои\u{306} заказ", "мой"),
        ("ハ\u{309a}スワードを変える", "パスワード"),
        ("Hoa\u{300}n tiê\u{300}n", "hoan tien"),
    ] {
        let index = index_of("en", &[doc("a", title, ""), doc("b", "Something else", "")]);
        let hit = search(&index, query).remove(0);
        assert_eq!(hit.id, "a", "{title}");
        assert!(!hit.title_marks.is_empty(), "{title}");
        for mark in hit.title_marks {
            let next = title[mark.end..].chars().next();
            let cuts = next.is_some_and(
                |c| matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' | '\u{1160}'..='\u{11ff}'),
            );
            assert!(!cuts, "{title}: {mark:?}");
        }
    }
}

#[test]
fn what_is_found_as_one_word_is_marked_as_one() {
    let index = index_of("en", &[doc("a", "Connect to Wi-Fi at home", ""), doc("b", "Using the .NET SDK", "")]);
    let marked = |text: &str| {
        let hit = search(&index, text).remove(0);
        hit.title_marks.into_iter().map(|mark| String::from(&hit.title[mark])).collect::<Vec<_>>()
    };
    assert_eq!(marked("wifi"), ["Wi-Fi"]);
    assert_eq!(marked("wifi home"), ["Wi-Fi", "home"]);
    assert_eq!(marked("net sdk"), [".NET", "SDK"]);
}

#[test]
fn vietnamese_tones_are_the_same_on_every_keyboard() {
    let articles = [("refund", "Hoàn tiền"), ("delay", "Hoãn tiên")];
    check(
        "vi",
        &articles,
        &[
            ("hoàn tiền", "refund"),
            ("hoa\u{300}n tie\u{302}\u{300}n", "refund"),
            ("hoàn tiê\u{300}n", "refund"),
            ("hoa\u{303}n tie\u{302}n", "delay"),
        ],
    );
}

#[test]
fn what_is_left_of_a_small_word_is_no_word() {
    check(
        "it",
        &[
            ("out", "Uscire da un account"),
            ("group", "Uscire dal gruppo"),
            ("bill", "Dove trovare la fattura"),
            ("app", "Aggiornare l'app"),
        ],
        &[
            ("come uscire dall'account", "out"),
            ("uscire dall’account", "out"),
            ("dov'è la fattura", "bill"),
            ("quest'app", "app"),
            ("nell'app", "app"),
        ],
    );
    check(
        "fr",
        &[("card", "Une carte est refusée"), ("date", "Date de fin"), ("today", "Aujourd’hui seulement")],
        &[
            ("lorsqu'une carte", "card"),
            ("jusqu'à la date", "date"),
            ("aujourd'hui", "today"),
            ("quelqu’un refuse la carte", "card"),
        ],
    );
    check(
        "ca",
        &[("order", "Comanda d'avui"), ("app", "L'aplicació")],
        &[("aplicacio", "app"), ("l’aplicació", "app")],
    );
}

#[test]
fn german_and_dutch_words_are_found_by_their_parts_and_parts_by_their_words() {
    let de = |titles: &[&'static str], cases: &[(&str, &str)]| {
        let articles: Vec<(&str, &str)> = titles.iter().map(|title| (*title, *title)).collect();
        check("de", &articles, cases);
    };
    de(
        &[
            "Konto löschen",
            "Passwort ändern",
            "Adresse der Rechnung ändern",
            "Frist zur Kündigung",
            "Lieferadresse ändern",
        ],
        &[
            ("Kontolöschung", "Konto löschen"),
            ("Passwortänderung", "Passwort ändern"),
            ("Rechnungsadresse", "Adresse der Rechnung ändern"),
            ("Kündigungsfrist", "Frist zur Kündigung"),
        ],
    );
    de(
        &["Kontolöschung", "Passwortänderung", "Rechnungsadresse", "Kündigungsfrist"],
        &[
            ("Konto löschen", "Kontolöschung"),
            ("Passwort ändern", "Passwortänderung"),
            ("Adresse", "Rechnungsadresse"),
            ("Frist der Kündigung", "Kündigungsfrist"),
        ],
    );
    de(
        &["E-Mail-Adresse ändern"],
        &[
            ("Emailadresse", "E-Mail-Adresse ändern"),
            ("Email", "E-Mail-Adresse ändern"),
            ("E-Mailadresse", "E-Mail-Adresse ändern"),
        ],
    );
    check("nl", &[("cost", "Kosten van verzending"), ("time", "Levertijd")], &[("verzendkosten", "cost")]);
    check(
        "sv",
        &[("mail", "Ändra e-postadress"), ("pay", "Betala med faktura")],
        &[("epostadress", "mail"), ("fakturabetalning", "pay")],
    );
    check("ko", &[("refund", "환불 안내"), ("ship", "배송지 변경")], &[("환불안내", "refund"), ("배송지변경", "ship")]);
}
