//! Questions that are sent at once after the last letter, as people do who never look at a list.

use serde_json::json;
use shared::protocol::Boot;
use std::collections::BTreeMap;
use tests::browser::{Browser, Key};
use tests::{Edge, Host, eventually};

/// Each question, and the title of the article that stands above the composer at its last letter.
const QUESTIONS: [(&str, [(&str, &str); 8]); 5] = [
    (
        "en",
        [
            ("return an item", "Return an item"),
            ("return an ite", "Return an item"),
            ("how long does delivery take to spain", "Delivery times"),
            ("where is my parcel", "Track a parcel"),
            ("change my delivery address", "Change your delivery address"),
            ("download invoi", "Download an invoice"),
            ("my light flickers", "My light flickers"),
            ("I forgot my password", "Reset your password"),
        ],
    ),
    (
        "es",
        [
            ("como cambio la direccion de entrega", "Cambiar la dirección de entrega"),
            ("descargar una factura", "Descargar una factura"),
            ("donde esta mi paquete", "¿Dónde está mi paquete?"),
            ("conectar la lampara al wifi", "Conectar la lámpara al wifi"),
            ("he olvidado mi contraseña", "He olvidado mi contraseña"),
            ("cuando recibire el reembolso", "¿Cuándo recibiré el reembolso?"),
            ("garanti", "Garantía"),
            ("plazos de entrega", "Plazos de entrega"),
        ],
    ),
    (
        "id",
        [
            ("cara mengubah alamat pengiriman", "Cara mengubah alamat pengiriman"),
            ("berapa lama pengirimannya", "Berapa lama pengirimannya?"),
            ("lupa kata sandi", "Lupa kata sandi"),
            ("lupa kata san", "Lupa kata sandi"),
            ("lampu saya offline", "Lampu saya offline"),
            ("cara melacak paket", "Cara melacak paket"),
            ("menghubungkan lampu ke wi-fi", "Menghubungkan lampu ke Wi-Fi"),
            ("garansi", "Garansi"),
        ],
    ),
    (
        "ko",
        [
            ("배송지를 변경하고 싶어요", "배송지를 변경하고 싶어요"),
            ("환불은 언제 되나요?", "환불은 언제 되나요?"),
            ("비밀번호를 잊어버렸어요", "비밀번호를 잊어버렸어요"),
            ("반품하고 싶어요", "반품하고 싶어요"),
            ("배송 조회", "배송 조회는 어떻게 하나요?"),
            ("조명이 오프라인", "조명이 오프라인으로 나와요"),
            ("배송 기간", "배송 기간은 얼마나 걸리나요?"),
            ("결제 수단 변경", "결제 수단을 변경하고 싶어요"),
        ],
    ),
    (
        "tr",
        [
            ("teslimat adresimi nasıl değiştiririm", "Teslimat adresimi nasıl değiştiririm?"),
            ("faturamı nasıl indiririm", "Faturamı nasıl indiririm?"),
            ("param ne zaman iade edilir", "Param ne zaman iade edilir?"),
            ("şifremi unuttum", "Şifremi unuttum"),
            ("sifremi unuttu", "Şifremi unuttum"),
            ("ürünü nasıl iade ederim", "Ürünü nasıl iade ederim?"),
            ("kargom nerede", "Kargom nerede?"),
            ("lambam çevrimdışı görünüyor", "Lambam çevrimdışı görünüyor"),
        ],
    ),
];

/// Notes what stands above the composer when Enter goes down, before the panel hears of it.
const WATCH: &str = "
    window.listed = [];
    addEventListener('keydown', (event) => {
        const names = [...document.querySelectorAll('[role=option] .suggestions-name')];
        if (event.key === 'Enter') window.listed = names.map((name) => name.textContent);
    }, true);
";

#[test]
fn nobody_hears_that_nothing_was_found_whose_article_was_on_the_screen() {
    let edge = Edge::start();
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    for (locale, questions) in &QUESTIONS {
        // One visitor may not begin as many conversations at once.
        let browser = Browser::open(&edge);
        let boot: Boot = edge.client().get(&format!("/api/w/demo/boot?locale={locale}")).send().ok();
        let host = Host::visit(&browser, &edge, &format!("/help/{locale}/"));
        host.open_panel();
        browser.script(WATCH, &[]);
        for (text, title) in questions {
            host.composer().click();
            browser.press(&text.chars().map(Key::Char).chain([Key::Enter]).collect::<Vec<_>>());
            let reply = "[role=log] .thread-by:has(.thread-badge) ~ *, [role=log] .thread-notice";
            eventually(&format!("a reply to {text:?}"), || browser.css(reply).is_there().then_some(()));
            let listed = browser.script("return window.listed", &[]);
            let thread = browser.css("[role=log]").text();
            let articles = browser.css("[role=log] .article-link").texts();
            if !listed.as_array().unwrap().contains(&json!(title)) {
                wrong.insert(text, format!("{title:?} did not stand there: {listed}"));
            } else if thread.contains(&boot.words["found_nothing"]) || !articles.iter().any(|name| name == title) {
                wrong.insert(text, format!("{listed} stood there, and then: {thread}"));
            }
            browser.css("button.is-back").click();
            browser.css(".home").wait();
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn who_has_turned_an_article_down_is_offered_a_person_and_not_the_same_again() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("my light flickers");
    host.suggestion("My light flickers").open_by_keyboard();
    browser.named("button", "No, I still need help").click();
    browser.named("button", "Talk to a person").wait_focused();
    host.say("");
    browser.role("log").wait_for_text("Automatic");
    let again = browser.css("[role=log] .article-link").texts();
    assert!(!again.contains(&String::from("My light flickers")), "{again:?}");
}

#[test]
fn a_very_long_text_is_counted_and_kept_and_its_question_is_understood() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.composer().click();
    let paste =
        "document.execCommand('insertText', false, 'change my delivery address ' + 'at line 7: null. '.repeat(2000))";
    browser.script(paste, &[]);
    browser.css(".desk-warning").wait_for_text("characters too many");
    host.suggestion("Change your delivery address").wait();
    assert!(browser.named("button", "Send").attribute("disabled").is_some());
    let kept =
        "return Object.entries(localStorage).some(([name, text]) => name.includes('draft') && text.length > 30000)";
    browser.until("the draft to be kept", kept);
}
