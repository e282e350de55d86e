//! Tables of what is decided.

use super::*;
use crate::conversation::State;
use crate::ids::{AnswerId, ArticleId, EventId};
use crate::protocol::{ArticleRef, Author, Context, Event, HandOffReason, Millis, What};

const NOW: Millis = 1_000_000_000;

fn article(id: &str, percent: u8) -> Found {
    let article = reference(id);
    Found::Article { article, confidence: f32::from(percent) / 100.0 }
}

fn reference(id: &str) -> ArticleRef {
    ArticleRef { id: ArticleId::parse(id).unwrap(), title: id.into() }
}

fn hours(percent: u8, article: Option<&str>) -> Found {
    Found::Answer {
        id: AnswerId::parse("hours").unwrap(),
        text: "Nine to five.".into(),
        article: article.map(reference),
        confidence: f32::from(percent) / 100.0,
    }
}

fn after(whats: Vec<(Author, What)>) -> State {
    let events: Vec<Event> = (1..)
        .zip(whats)
        .map(|(seq, (by, what))| Event { seq, id: EventId::parse(&seq.to_string()).unwrap(), at: NOW, by, what })
        .collect();
    State::replay(&events)
}

fn check(state: &State, found: &[Found], expected: &str) {
    check_text(state, "where is it", found, &VisitorContext::default(), expected);
}

fn check_text(state: &State, text: &str, found: &[Found], visitor: &VisitorContext, expected: &str) {
    check_at(state, text, found, visitor, NOW, expected);
}

/// What is decided, in short: `answer hours`, `suggest a b`, `ask`, `hand off Asked`, `silent`.
fn check_at(state: &State, text: &str, found: &[Found], visitor: &VisitorContext, now: Millis, expected: &str) {
    let id = EventId::parse("m").unwrap();
    let short = match decide(state, &Message { id: &id, text }, found, &Rules::default(), visitor, now) {
        Decision::Answer { answer, article, .. } => {
            format!("answer {answer}{}", article.map(|article| format!(" {}", article.id)).unwrap_or_default())
        }
        Decision::Suggest(articles) => {
            articles.iter().fold(String::from("suggest"), |line, article| format!("{line} {}", article.id))
        }
        Decision::Ask => String::from("ask"),
        Decision::HandOff(reason) => format!("hand off {reason:?}"),
        Decision::Silent => String::from("silent"),
    };
    assert_eq!(short, expected, "{text} {found:?}");
}

#[test]
fn a_sure_answer_comes_before_articles_and_an_unsure_one_does_not_come() {
    let new = State::default();
    check(&new, &[article("a", 90), hours(90, None)], "answer hours");
    check(&new, &[article("a", 90), hours(50, None)], "suggest a");
    check(&new, &[article("a", 28), article("b", 12), article("c", 11)], "suggest a b");
    check(&new, &[article("a", 27), article("b", 26)], "ask");
    check(&new, &["a", "b", "c", "d"].map(|id| article(id, 80)), "suggest a b c");
    check(&new, &[article("a", 10)], "ask");
}

#[test]
fn nothing_is_said_twice_and_a_second_nothing_leads_to_a_person() {
    let answered =
        What::Answered { answer: AnswerId::parse("hours").unwrap(), text: "x".into(), article: Some(reference("b")) };
    let state = after(vec![
        (Author::Assistant, What::Suggested { articles: vec![reference("a")] }),
        (Author::Assistant, answered),
    ]);
    check(&state, &[article("a", 90), article("b", 90), hours(99, None)], "ask");
    let state = after(vec![(Author::Assistant, What::FoundNothing)]);
    check(&state, &[], "hand off NothingFound");
    check(&state, &[article("a", 90)], "suggest a");
}

#[test]
fn an_answer_does_not_link_what_was_suggested_before() {
    let state = after(vec![(Author::Assistant, What::Suggested { articles: vec![reference("a")] })]);
    check(&state, &[hours(90, Some("a"))], "answer hours");
    check(&state, &[hours(90, Some("b"))], "answer hours b");
}

#[test]
fn a_visitor_from_the_help_centre_is_not_met_with_articles() {
    let told = Context { recent: vec![ArticleId::parse("a").unwrap()], ..Context::default() };
    let state = after(vec![(Author::Visitor, What::Context(told.clone()))]);
    let later = |minutes: Millis, found: &[Found], expected: &str| {
        let visitor = VisitorContext::default();
        check_at(&state, "x", found, &visitor, NOW + minutes * 60_000, expected);
    };
    let found = [article("a", 90), article("b", 90)];
    later(14, &found, "ask");
    later(15, &found, "suggest b");
    later(14, &[hours(90, Some("b"))], "answer hours b");
    later(14, &[hours(90, Some("a"))], "ask");
    let state = after(vec![
        (Author::Visitor, What::Context(told)),
        (Author::Assistant, What::Suggested { articles: vec![reference("c")] }),
    ]);
    check(&state, &found, "suggest b");
}

#[test]
fn the_assistant_is_silent_once_a_person_was_asked_for_or_has_joined() {
    let hand_off = crate::conversation::hand_off_to_escalations(HandOffReason::Asked);
    let agent = Author::Agent { id: crate::ids::AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() };
    for one in [(Author::Visitor, hand_off), (agent, What::Said { text: "hi".into() })] {
        check(&after(vec![one.clone()]), &[hours(100, None)], "silent");
        let visitor = VisitorContext { at_risk: true, ..VisitorContext::default() };
        check_text(&after(vec![one]), "I want a human", &[], &visitor, "silent");
    }
}

#[test]
fn what_hurts_is_left_to_people_in_every_language() {
    let new = State::default();
    for (text, reason) in [
        ("Can I get a quote for 40 lamps?", "Pricing"),
        ("Toplu alım için fiyat teklifi istiyorum", "Pricing"),
        ("¿Me hacen un presupuesto?", "Pricing"),
        ("대량 구매 견적 부탁드려요", "Pricing"),
        ("Berapa harga grosir?", "Pricing"),
        ("I'd like to upgrade", "Upgrade"),
        ("Planımı yükseltmek istiyorum", "Upgrade"),
        ("quiero mejorar mi plan", "Upgrade"),
        ("상위 요금제로 바꾸고 싶어요", "Upgrade"),
        ("mau naik paket", "Upgrade"),
        ("Please cancel my Lumen Plus subscription", "Cancellation"),
        ("Aboneliğimi iptal etmek istiyorum", "Cancellation"),
        ("Quiero darme de baja", "Cancellation"),
        ("구독을 해지하고 싶어요", "Cancellation"),
        ("Saya ingin berhenti berlangganan", "Cancellation"),
        ("This is unacceptable", "Complaint"),
        ("Şikayetim var", "Complaint"),
        ("Esto es inaceptable", "Complaint"),
        ("정말 실망했습니다", "Complaint"),
        ("Saya sangat kecewa", "Complaint"),
        ("Then I go to a competitor", "AtRisk"),
        ("Rakibinize geçeceğim", "AtRisk"),
        ("me voy a la competencia", "AtRisk"),
        ("다른 회사로 갈아타겠습니다", "AtRisk"),
        ("Saya beralih ke merek lain", "AtRisk"),
        ("Let me talk to a person", "Asked"),
        ("Bir temsilciyle görüşmek istiyorum", "Asked"),
        ("Quiero hablar con una persona", "Asked"),
        ("상담원 연결해 주세요", "Asked"),
        ("Saya mau bicara dengan orang", "Asked"),
    ] {
        let expected = format!("hand off {reason}");
        check_text(&new, text, &[hours(100, None)], &VisitorContext::default(), &expected);
    }
    for text in
        ["Cancel my order", "How much does delivery cost?", "Siparişimi iptal et", "주문 취소", "Batalkan pesanan"]
    {
        check_text(&new, text, &[hours(100, None)], &VisitorContext::default(), "answer hours");
    }
}

#[test]
fn some_visitors_have_a_person_at_once() {
    let day = 24 * 60 * 60 * 1_000;
    let known = VisitorContext::default;
    for (visitor, expected) in [
        (VisitorContext { questions: 9, ..known() }, "answer hours"),
        (VisitorContext { questions: 10, ..known() }, "hand off HighTouch"),
        (VisitorContext { trial: true, ..known() }, "hand off NewCustomer"),
        (VisitorContext { customer_since: Some(NOW - 3 * day), ..known() }, "hand off NewCustomer"),
        (VisitorContext { customer_since: Some(0), ..known() }, "hand off NewCustomer"),
        (VisitorContext { at_risk: true, ..known() }, "hand off AtRisk"),
    ] {
        let text = "where is it";
        check_text(&State::default(), text, &[hours(100, None)], &visitor, expected);
    }
    let old = VisitorContext { customer_since: Some(0), ..known() };
    let id = EventId::parse("m").unwrap();
    let about = Message { id: &id, text: "where" };
    let later = decide(&State::default(), &about, &[], &Rules::default(), &old, 15 * day);
    assert_eq!(later, Decision::Ask);
}

#[test]
fn a_bare_no_to_the_question_is_a_no_and_without_one_it_is_not() {
    let asked = after(vec![(Author::Assistant, What::Suggested { articles: vec![reference("a")] })]);
    check_text(&asked, "No.", &[article("b", 90)], &VisitorContext::default(), "hand off NotHelped");
    check_text(&asked, "no parcel came", &[article("b", 90)], &VisitorContext::default(), "suggest b");
    check_text(&State::default(), "no", &[article("b", 90)], &VisitorContext::default(), "suggest b");
}

#[test]
fn rules_are_data_and_what_is_left_out_stays_as_it_is() {
    let rules: Rules = serde_json::from_str(
        r#"{ "nothing_found": "hand_off", "people_first": { "pricing": {}, "other": { "en": ["brass*"] } } }"#,
    )
    .unwrap();
    assert_eq!(rules.answer_at, Rules::default().answer_at);
    let decided = |text: &str| {
        let id = EventId::parse("m").unwrap();
        decide(&State::default(), &Message { id: &id, text }, &[], &rules, &VisitorContext::default(), NOW)
    };
    assert_eq!(decided("hello"), Decision::HandOff(HandOffReason::NothingFound));
    assert_eq!(decided("a quote"), Decision::HandOff(HandOffReason::NothingFound), "taken off the list");
    assert_eq!(decided("in brass?"), Decision::HandOff(HandOffReason::ByRule));
    assert_eq!(decided("unacceptable"), Decision::HandOff(HandOffReason::Complaint));
    assert!(serde_json::from_str::<Rules>(r#"{ "anser_at": 3 }"#).is_err());
    let older: Rules = serde_json::from_str(r#"{ "offer_at": 33 }"#).unwrap();
    assert_eq!(older.suggest_at, 33, "its name in what was published before");
    let written = serde_json::to_string(&Rules::default()).unwrap();
    assert_eq!(serde_json::from_str::<Rules>(&written).unwrap(), Rules::default());
}
