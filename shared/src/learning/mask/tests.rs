use super::*;

/// Words that the documents of a site have.
const KNOWN: [&str; 16] = [
    "Lumen",
    "iPhone",
    "15",
    "404",
    "lamp",
    "Lampe",
    "lampe",
    "refund",
    "PayPal",
    "E-14",
    "Rechnung",
    "Bluetooth",
    "24",
    "order",
    "2.0",
    "Lamp",
];

fn mask(locale: &str, signed: &[&str], text: &str) -> Option<String> {
    let owned = |names: &[&str]| names.iter().map(|name| String::from(*name)).collect::<Vec<_>>();
    let is_known = |word: &str| {
        let known = words(word);
        let has = |word: &str| KNOWN.iter().any(|known| words(known).iter().any(|one| one.folded == word));
        !known.is_empty() && known.iter().all(|word| has(&word.folded))
    };
    let (signed, agents) = (owned(signed), owned(&["Ada Lovelace", "Lumen Team"]));
    masked(text, &Masking { locale, signed: &signed, agents: &agents, is_known: &is_known })
}

fn check(locale: &str, text: &str, expected: &str) {
    assert_eq!(mask(locale, &[], text).as_deref(), Some(expected), "{text}");
}

fn signed(locale: &str, name: &str, text: &str, expected: &str) {
    assert_eq!(mask(locale, &[name], text).as_deref(), Some(expected), "{text}");
}

#[test]
fn numbers_are_masked_unless_the_site_writes_them() {
    check("en", "where is my order 4711-22", "where is my order");
    check("en", "my iPhone 15 shows error 404", "my iPhone 15 shows error 404");
    check("en", "call me at +49 151 2345678 about my lamp", "call me at … about my lamp");
    check("en", "call me at 15 24 404 about my lamp", "call me at … about my lamp");
    check("en", "pay from DE89 3704 0044 0532 0130 00 please", "pay from … please");
    check("en", "it came on 12.03.2024 and is broken", "it came on … and is broken");
    check("ar", "أين طلبي رقم ٤٧١١٢٣ من فضلك", "أين طلبي رقم … من فضلك");
    check("hi", "मेरा ऑर्डर ४७११२३ कहाँ है", "मेरा ऑर्डर … कहाँ है");
    check("ja", "注文番号１２３４５６はどこですか", "注文番号…はどこですか");
    check("th", "สินค้า ๔๗๑๑๒๓ อยู่ที่ไหน", "สินค้า … อยู่ที่ไหน");
    check("zh", "我的订单 ②③④ 在哪里", "我的订单 … 在哪里");
    check("en", "does bluetooth 2.0 work with the lamp", "does bluetooth 2.0 work with the lamp");
}

#[test]
fn addresses_of_mail_and_of_the_web_are_masked() {
    check("en", "please write to anna.mueller@mail.example about it", "please write to … about it");
    check("en", "please write to anna @ mail.example about it", "please write to … about it");
    check("en", "please write to anna (at) mail dot example about it", "please write to … about it");
    check("ja", "返金はanna@mail.exampleにお願いします", "返金は…にお願いします");
    check("en", "please write to anna＠mail.example about it", "please write to … about it");
    check("en", "please write to an\u{200b}na@mail.example about it", "please write to … about it");
    check("en", "my page https://me.example/?token=x does not load", "my page … does not load");
    check("en", "my page me.example/private does not load", "my page … does not load");
    check("en", "ask @anna_m for the refund", "ask … for the refund");
    check("ru", "напишите на почту анна@почта.рф про возврат", "напишите на почту … про возврат");
}

#[test]
fn what_the_site_has_signed_is_masked_in_every_form() {
    signed("en", "Will Smith", "this is will smith, how do i pay", "this is … how do i pay");
    signed("de", "Anna Müller", "müllers lampe ist kaputt", "lampe ist kaputt");
    signed("de", "Anna Mu\u{308}ller", "die lampe von MÜLLER ist kaputt", "die lampe von … ist kaputt");
    signed("pl", "Anna Kowalska", "lampa dla anny kowalskiej nie działa", "lampa dla … nie działa");
    signed("ru", "Марина Иванова", "заказ марины ивановой не пришёл", "заказ … не пришёл");
    signed("ja", "山田太郎", "山田の注文はどこですか", "の注文はどこですか");
    signed("zh", "王小明", "小明的订单在哪里", "的订单在哪里");
    signed("ko", "김철수", "김철수의 주문은 어디 있나요", "주문은 어디 있나요");
    signed("tr", "Ayşe Yılmaz", "ayşe'nin lambası çalışmıyor", "lambası çalışmıyor");
    signed("ar", "فاطمة", "طلب فاطمة لم يصل بعد", "طلب … لم يصل بعد");
    check("en", "can ada tell me how to pay", "can … tell me how to pay");
    check("en", "is the lumen lamp for outside", "is the lumen lamp for outside");
    check("en", "write to zoe.quinn@mail.example, zoe does not get the refund", "write to … does not get the refund");
}

#[test]
fn people_who_say_their_name_greet_and_sign() {
    check("en", "Hi, I'm Anna Miller and my lamp is broken", "Hi, I'm … and my lamp is broken");
    check("en", "hi, i'm anna and my lamp is broken", "hi, i'm … and my lamp is broken");
    check("en", "i am unable to find the lamp", "i am unable to find the lamp");
    check("en", "my name is anna, where is my order", "my name is … where is my order");
    check("en", "Dear Ms Winter, how do I return the lamp?", "Dear Ms … how do I return the lamp?");
    check("en", "hi tom, how do I return the lamp?", "hi … how do I return the lamp?");
    check("en", "How do I return the lamp?\nBest regards,\nAnna Miller", "How do I return the lamp? Best regards");
    check("en", "How do I return the lamp? Anna", "How do I return the lamp?");
    check("en", "how do i return the lamp\nanna", "how do i return the lamp");
    check("de", "Hallo Frau Winter, wie bekomme ich eine Rechnung?", "Hallo Frau … wie bekomme ich eine Rechnung?");
    check("de", "Ich heiße Jonas Winter. Wie bekomme ich eine Rechnung?", "Ich heiße … Wie bekomme ich eine Rechnung?");
    check("de", "Wie bekomme ich einen Gutschein? LG Jonas", "Wie bekomme ich einen Gutschein?");
    check("fr", "Je m'appelle Chloé Martin et ma lampe est cassée", "Je m'appelle … et ma lampe est cassée");
    check("es", "Me llamo Lucía. ¿Dónde está mi pedido?", "Me llamo … ¿Dónde está mi pedido?");
    check("ru", "Меня зовут Ольга, где мой заказ?", "Меня зовут … где мой заказ?");
    check("zh", "我叫李雷，我的订单在哪里", "我叫…,我的订单在哪里");
    check("ja", "田中と申します。返品の方法を教えてください", "と申します。返品の方法を教えてください");
    check("ja", "鈴木さんに返品の方法を聞きました", "さんに返品の方法を聞きました");
    check("ja", "お客様番号の変更方法を教えてください", "お客様番号の変更方法を教えてください");
    check("ar", "اسمي خالد وأريد استرجاع المبلغ", "اسمي … وأريد استرجاع المبلغ");
    check("ko", "제 이름은 박지민입니다. 환불은 어떻게 받나요", "제 이름은 … 환불은 어떻게 받나요");
}

#[test]
fn words_that_are_written_like_names_are_masked_where_no_document_has_them() {
    check("en", "does the lamp ship to Trondheim", "does the lamp ship to");
    check("en", "can I pay with PayPal or by USB stick", "can I pay with PayPal or by USB stick");
    check("en", "Dimming does not work", "Dimming does not work");
    check("de", "Wie löse ich einen Gutschein ein?", "Wie löse ich einen Gutschein ein?");
    check("de", "Hat Jonas Winter die Lampe bestellt?", "Hat … die Lampe bestellt?");
    check("de", "Bitte nach Hauptstraße 5, 10115 Berlin liefern", "Bitte nach … liefern");
    check("en", "please deliver the lamp to 12 Baker Street, London", "please deliver the lamp to");
    check("en", "WHERE IS MY ORDER JONAS", "WHERE IS MY ORDER");
}

#[test]
fn what_is_no_question_any_more_is_none() {
    for text in ["", "…", "4711", "anna@mail.example", "Anna Müller", "hello", "+49 151 23456 DE89 3704 0044"] {
        assert_eq!(mask("en", &[], text), None, "{text}");
    }
    let long = "how do I pay ".repeat(30);
    assert_eq!(mask("en", &[], &long), None, "it is a story");
    assert!(mask("en", &[], &long[..290]).is_some());
}

#[test]
fn whatever_comes_nothing_of_the_kind_is_left() {
    let mut dice = crate::dice::Dice::new(7);
    let parts = [
        "anna",
        "@",
        "mail.example",
        " ",
        "\n",
        "12",
        "٤٧",
        "注文",
        "https://",
        ".",
        "Müller",
        "e\u{301}",
        "山田さん",
        "\u{200b}",
        "(at)",
        "dot",
        "名前は",
        "ชื่อ",
        "-",
        "님",
        "Dr.",
        "hi",
        "my name is",
        "我叫",
        "…",
        ",",
        "४७",
        "\u{202e}",
    ];
    for _ in 0..2_000 {
        let count = 1 + dice.under(12);
        let text: String = (0..count).map(|_| *dice.pick(&parts)).collect();
        let Some(masked) = mask("en", &["Anna Müller"], &text) else { continue };
        let bad = masked.contains('@') || masked.contains("://") || masked.chars().any(char::is_numeric);
        assert!(!bad, "{text:?}: {masked:?}");
    }
}
