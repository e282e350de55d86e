//! Hard cases, language by language.

use super::{best, doc, index_of, search};

/// Each text finds its article among all of the language.
fn check(locale: &str, articles: &[(&str, &str)], cases: &[(&str, &str)]) {
    let docs: Vec<_> = articles.iter().map(|(id, title)| doc(id, title, "")).collect();
    let index = index_of(locale, &docs);
    for (text, expected) in cases {
        assert_eq!(best(&index, text).as_deref(), Some(*expected), "{locale}: {text}");
    }
}

#[test]
fn turkish_has_two_i_s_and_long_words() {
    let articles = [("cargo", "Kargonuzu takip edin"), ("bill", "Faturayı indirin"), ("device", "Cihazı değiştirin")];
    check(
        "tr",
        &articles,
        &[
            ("KARGOM NEREDE", "cargo"),
            ("kargo takibi", "cargo"),
            ("faturam", "bill"),
            ("FATURAYI İNDİR", "bill"),
            ("faturayi indir", "bill"),
            ("cihaz degistirme", "device"),
            ("cihazımı deği", "device"),
        ],
    );
}

#[test]
fn accents_may_be_left_out_or_put_in() {
    check(
        "es",
        &[("change", "Cambiar la dirección de envío"), ("invoice", "Descargar una factura"), ("year", "Plan por año")],
        &[("direccion", "change"), ("DIRECCIÓN", "change"), ("facturas", "invoice"), ("por ano", "year")],
    );
    check(
        "fr",
        &[("delay", "Retard de livraison"), ("cancel", "Annuler l’abonnement"), ("cook", "Cœur de la lampe")],
        &[("livraisons", "delay"), ("l'abonnement", "cancel"), ("abonnement", "cancel"), ("coeur", "cook")],
    );
    check(
        "de",
        &[("size", "Größe ändern"), ("bill", "Rechnung herunterladen"), ("cancel", "Kündigung")],
        &[("groesse grösse", "size"), ("GRÖSSE", "size"), ("rechnungen", "bill"), ("kundigung", "cancel")],
    );
    check(
        "pl",
        &[("pay", "Płatność kartą"), ("ship", "Śledzenie przesyłki")],
        &[("platnosc", "pay"), ("sledzic przesylke", "ship")],
    );
    check(
        "vi",
        &[("pay", "Thanh toán đơn hàng"), ("ship", "Vận chuyển")],
        &[("thanh toan don", "pay"), ("van chuyen", "ship")],
    );
}

#[test]
fn korean_is_found_while_a_syllable_is_unfinished() {
    let articles = [("card", "카드 등록하기"), ("address", "배송지 변경"), ("refund", "환불 안내")];
    check(
        "ko",
        &articles,
        &[
            ("칻", "card"),
            ("카드", "card"),
            ("카드를 등록", "card"),
            ("배송지를 변ㄱ", "address"),
            ("배송", "address"),
            ("환불은 언제", "refund"),
            ("환부", "refund"),
        ],
    );
    let docs: Vec<_> = articles.iter().map(|(id, title)| doc(id, title, "")).collect();
    let index = index_of("ko", &docs);
    assert!(!search(&index, "ㅋ").is_empty(), "the first key of a word finds something");
}

#[test]
fn chinese_japanese_and_thai_have_no_spaces() {
    check(
        "zh",
        &[("address", "修改收货地址"), ("refund", "退款多久到账"), ("lamp", "连接台灯")],
        &[("怎么改地址", "address"), ("我要退款", "refund"), ("台灯连不上", "lamp"), ("地", "address")],
    );
    check(
        "ja",
        &[("address", "お届け先の変更"), ("refund", "返金の時期"), ("wifi", "Wi-Fiに接続する")],
        &[("届け先を変えたい", "address"), ("返金はいつ", "refund"), ("ｗｉ-fi 接続", "wifi")],
    );
    check("th", &[("refund", "การคืนเงิน"), ("ship", "ติดตามพัสดุ")], &[("คืนเงินเมื่อไหร่", "refund"), ("พัสดุ", "ship")]);
}

#[test]
fn arabic_has_marks_and_several_forms_of_a_letter() {
    check(
        "ar",
        &[("cancel", "إلغاء الطلب"), ("return", "إرجاع قطعة"), ("card", "بطاقة الهدية")],
        &[("الغاء الطلب", "cancel"), ("إلْغَاءُ", "cancel"), ("ارجاع قطعه", "return"), ("بطاقه الهديه", "card")],
    );
    check("he", &[("a", "ביטול הזמנה"), ("b", "החזר כספי")], &[("בִּטּוּל", "a"), ("החזר", "b")]);
}

#[test]
fn cyrillic_greek_and_devanagari_words_are_words() {
    check("ru", &[("a", "Ещё раз отправить счёт"), ("b", "Возврат товара")], &[("еще раз", "a"), ("возвраты", "b")]);
    check(
        "el",
        &[("a", "Επιστροφή προϊόντος"), ("b", "Αλλαγή διεύθυνσης")],
        &[("επιστροφη", "a"), ("ΔΙΕΥΘΥΝΣΗΣ", "b")],
    );
    check("hi", &[("a", "ऑर्डर रद्द करें"), ("b", "पैसे वापस")], &[("ऑर्डर रद्द", "a"), ("पैसे", "b")]);
}

#[test]
fn two_languages_in_one_text_and_signs_between_are_no_obstacle() {
    check(
        "ko",
        &[("wifi", "Wi-Fi 네트워크 변경"), ("bill", "청구서")],
        &[("wifi 네트", "wifi"), ("🙂 청구서 🙂", "bill"), ("\u{200f}wi-fi\u{200e}", "wifi")],
    );
}

#[test]
fn ten_thousand_pasted_characters_are_searched_like_any_text() {
    let index = index_of("en", &[doc("lamp", "Change the lamp", ""), doc("other", "Something else", "")]);
    let pasted = "change the lamp 🙂 ".repeat(600);
    assert_eq!(best(&index, &pasted).as_deref(), Some("lamp"));
    search(&index, &"x".repeat(10_000));
    search(&index, &"카".repeat(10_000));
    search(&index, &"中".repeat(10_000));
    search(&index, &"e\u{301}".repeat(5_000));
}

#[test]
fn a_syllable_of_korean_is_a_word_only_before_a_particle() {
    check(
        "ko",
        &[("cell", "셀 병합"), ("hide", "텍스트 숨기기"), ("count", "수 세기"), ("card", "카드 등록")],
        &[("셀을", "cell"), ("셀을 합치려면", "cell"), ("숨겨진 글", "hide"), ("카드를", "card")],
    );
    let index = index_of("ko", &[doc("count", "수 세기", ""), doc("card", "카드 등록", "")]);
    assert_eq!(best(&index, "숨기기 "), None, "수 is no beginning of 숨");
}

#[test]
fn indonesian_words_are_found_behind_other_beginnings() {
    let verbs = ["hapus", "salin", "pilih", "simpan", "kirim", "gambar", "tutup"];
    let forms = verbs.map(|verb| format!("{verb} di{verb} men{verb} pen{verb}an"));
    let docs = [
        doc("delete", "Menghapus pesanan", ""),
        doc("print", "Mencetak tagihan", ""),
        doc("all", "Istilah", &forms.join(" ")),
    ];
    let index = index_of("id", &docs);
    for text in ["cetak", "cetakkan", "pencetakan", "dicetak", "pencetakannya"] {
        assert_eq!(best(&index, text).as_deref(), Some("print"), "{text}");
    }
}

#[test]
fn a_slip_in_a_script_without_spaces_leaves_the_halves_of_its_pairs() {
    check(
        "zh",
        &[("frame", "插入框架"), ("print", "打印文档"), ("chart", "数据透视图")],
        &[("框价", "frame"), ("印打", "print"), ("查看框", "frame"), ("数剧透", "chart")],
    );
    check(
        "ja",
        &[("mail", "メールアドレスの変更"), ("stop", "解約の方法")],
        &[("メーノレアド", "mail"), ("解役", "stop")],
    );
}

#[test]
fn vietnamese_accents_make_other_words_and_may_be_left_out() {
    let titles = [("table", "Chèn bảng"), ("sell", "Bán hàng"), ("friend", "Mời bạn bè"), ("cancel", "Hủy đơn hàng")];
    check(
        "vi-VN",
        &titles,
        &[
            ("bảng", "table"),
            ("tôi muốn bán", "sell"),
            ("mời bạn", "friend"),
            ("bang", "table"),
            ("huy don", "cancel"),
            ("HUỶ ĐƠN", "cancel"),
        ],
    );
    // Elsewhere they are one word.
    check("en", &[("a", "Résumé"), ("b", "Other")], &[("resume", "a")]);
}

#[test]
fn what_arabic_and_hebrew_write_before_a_word_is_no_part_of_it() {
    let titles = [
        ("language", "تغيير لغة التطبيق"),
        ("invoice", "تحميل الفواتير"),
        ("card", "إضافة بطاقة ائتمان"),
        ("cancel", "إلغاء الاشتراك"),
        ("parcel", "تتبع الشحنة"),
    ];
    let asked = [
        ("كيف أغير اللغة", "language"),
        ("والل", "language"),
        ("بالبطاقة", "card"),
        ("وبطاقتي", "card"),
        ("كيف ألغي اشتراكي", "cancel"),
        ("أين شحنتي", "parcel"),
        ("أين أجد فواتيري", "invoice"),
    ];
    check("ar", &titles, &asked);
    check("he", &[("a", "ביטול הזמנה"), ("b", "החזר כספי")], &[("את ההזמנה", "a"), ("בהחזר", "b"), ("וכספי", "b")]);
}
