//! Texts of one length in many scripts, and such as nobody writes.

/// The longest message, in characters.
const CHARS: usize = 8_000;

/// A sentence that is repeated, by its script. English, with which all are compared, is the first.
const SENTENCES: [(&str, &str); 24] = [
    ("English", "I ordered two lamps last week and one of them arrived broken, so how do I send it back? "),
    ("German", "Ich habe letzte Woche zwei Lampen bestellt, und eine kam kaputt an. Wie schicke ich sie zurück? "),
    ("Vietnamese", "Tôi đã đặt hai chiếc đèn tuần trước và một chiếc bị vỡ, làm thế nào để trả lại? "),
    ("Russian", "Я заказал две лампы на прошлой неделе, одна пришла разбитой, как её вернуть? "),
    ("Greek", "Παρήγγειλα δύο λάμπες την περασμένη εβδομάδα και η μία ήρθε σπασμένη. "),
    ("Arabic", "طلبت مصباحين الأسبوع الماضي ووصل أحدهما مكسورا، كيف أعيده وأسترد المال؟ "),
    ("Arabic, pointed", "طَلَبْتُ مِصْبَاحَيْنِ الأُسْبُوعَ المَاضِيَ وَوَصَلَ أَحَدُهُمَا مَكْسُورًا "),
    ("Hebrew", "הזמנתי שתי מנורות בשבוע שעבר ואחת מהן הגיעה שבורה, איך מחזירים אותה? "),
    ("Devanagari", "मैंने पिछले हफ्ते दो लैंप मंगवाए थे और उनमें से एक टूटा हुआ आया, वापस कैसे करूँ? "),
    ("Tamil", "நான் கடந்த வாரம் இரண்டு விளக்குகளை வாங்கினேன், ஒன்று உடைந்து வந்தது "),
    ("Thai", "ฉันสั่งโคมไฟสองดวงเมื่อสัปดาห์ที่แล้วและดวงหนึ่งมาถึงในสภาพแตกหักจะคืนได้อย่างไร"),
    ("Khmer", "ខ្ញុំបានបញ្ជាទិញចង្កៀងពីរកាលពីសប្តាហ៍មុន"),
    ("Han", "我上周订购了两盏灯其中一盏到货时已经损坏请问如何退货退款包裹"),
    ("Kana", "せんしゅうランプをふたつちゅうもんしましたがひとつこわれていました"),
    ("Hangul", "지난주에 램프 두 개를 주문했는데 하나가 깨져서 왔어요 어떻게 반품하나요 "),
    ("one Han character", "退"),
    ("one letter", "a"),
    ("letters and spaces", "a "),
    ("lines", "a\n"),
    ("combining marks", "\u{301}"),
    ("marks on letters", "a\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}"),
    ("nothing visible", "\u{200b}\u{202e}\u{feff}"),
    ("emoji", "👩‍👩‍👧‍👦🙂"),
    ("signs", "*_`[]()!?'’"),
];

/// Each script's text, and one of words that are all different.
pub(super) fn samples() -> Vec<(&'static str, String)> {
    let repeated = |sentence: &str| sentence.chars().cycle().take(CHARS).collect::<String>();
    let mut all: Vec<_> = SENTENCES.iter().map(|(script, sentence)| (*script, repeated(sentence))).collect();
    let different: String = (0..CHARS).map(|number| format!("{number:x} ")).collect();
    all.push(("different words", different.chars().take(CHARS).collect()));
    all
}
