use super::*;
use crate::matching::{Corpus, Index, Query, compile};
use crate::turns::{Turn, at_once};

fn title(id: &str, title: &str) -> Doc {
    Doc { id: id.into(), title: title.into(), ..Doc::default() }
}

fn titles() -> Vec<Doc> {
    [
        ("refunds", "Getting your money back"),
        ("hours", "Opening hours"),
        ("parcel", "Track a delivery"),
        ("password", "Reset your password"),
        ("invoice", "Download an invoice"),
        ("address", "Change your address"),
        ("cancel", "Cancel a subscription"),
        ("card", "Pay by card"),
    ]
    .map(|(id, text)| title(id, text))
    .to_vec()
}

fn proposals(of: &[(&str, Kind, &[&str])]) -> Vec<Proposal> {
    let all = of.iter().flat_map(|(article, kind, texts)| {
        let proposal =
            |text: &&str| Proposal { article: String::from(*article), kind: *kind, text: String::from(*text) };
        texts.iter().map(proposal)
    });
    all.collect()
}

fn verdicts(docs: &[Doc], proposals: &[Proposal], budget: Budget) -> Vec<Verdict> {
    at_once(judged(docs, proposals, "en", budget, &Turns::none()))
}

fn first(docs: &[Doc], text: &str) -> Option<String> {
    let index = Index::open(compile(&Corpus { locale: "en", docs, audience: &[] })).unwrap();
    index.search(&Query { text, limit: 1, ..Query::default() }).into_iter().next().map(|hit| hit.id)
}

const REFUNDS: &[&str] = &["refund", "return a purchase", "reimbursement"];
const ASKED: &[&str] = &["how do I return shoes", "when is my refund paid", "I want a reimbursement for a return"];

#[test]
fn what_an_article_lacks_is_kept_and_found_from_then_on() {
    let docs = titles();
    let written = proposals(&[("refunds", Kind::Keyword, REFUNDS), ("refunds", Kind::Question, ASKED)]);
    let verdicts = verdicts(&docs, &written, Budget::default());
    assert_eq!(verdicts, [(); 6].map(|()| Verdict::KeptAsWords));
    let kept = with_kept(&docs, &written, &verdicts, "en");
    assert_eq!(first(&docs, "shoes"), None);
    assert_eq!(first(&kept, "shoes").as_deref(), Some("refunds"));
    assert_eq!(first(&kept, "opening ho").as_deref(), Some("hours"));
}

#[test]
fn each_that_is_not_kept_has_a_reason() {
    let mut docs = titles();
    docs.push(Doc {
        body: "A gift card is a card with credit. Redeem a gift card at the till or online. It expires after a year."
            .into(),
        ..title("gift", "Gift cards")
    });
    let written = proposals(&[
        ("refunds", Kind::Keyword, &["refund", "Refund!", "?!", "refund refund"]),
        ("nowhere", Kind::Keyword, &["refund"]),
        ("gift", Kind::Question, &["redeem a gift card", "does a gift card expire after a year"]),
        ("gift", Kind::Keyword, &["opening hours password"]),
    ]);
    let found = verdicts(&docs, &written, Budget::default());
    let refunds = [Verdict::KeptAsWords, Verdict::Repeated, Verdict::SaysNothing, Verdict::Repeated];
    assert_eq!(found.get(..4), Some(&refunds[..]));
    assert_eq!(found.get(4), Some(&Verdict::NoArticle));
    assert_eq!(found.get(5), Some(&Verdict::AlreadyFound), "every word of it is in the article");
    assert_eq!(found.get(6), Some(&Verdict::AlreadyFound));
    assert_eq!(found.get(7), Some(&Verdict::NearerTo("hours".into())));
}

#[test]
fn a_small_budget_takes_what_brings_most() {
    let docs = titles();
    let written = proposals(&[
        ("refunds", Kind::Keyword, REFUNDS),
        ("refunds", Kind::Question, ASKED),
        ("card", Kind::Keyword, &["contactless terminal mastercard visa maestro"]),
    ]);
    let tight = verdicts(&docs, &written, Budget { percent: 8, small: 0 });
    let kept = tight.iter().filter(|verdict| verdict.is_kept()).count();
    assert!((1..written.len()).contains(&kept), "{tight:?}");
    assert_eq!(tight.last(), Some(&Verdict::TooDear), "nothing else needs its words");
    let none = verdicts(&docs, &written, Budget { percent: 0, small: 0 });
    assert!(none.iter().all(|verdict| *verdict == Verdict::TooDear), "{none:?}");
}

#[test]
fn a_text_gets_only_the_words_that_it_lacks() {
    let docs =
        [Doc { body: "Redeem it at the till.".into(), ..title("gift", "Gift cards") }, title("hours", "Opening hours")];
    let written = proposals(&[
        ("gift", Kind::Keyword, &["Redeem a voucher", "Voucher at checkout"]),
        ("hours", Kind::Keyword, &["Opening times"]),
        ("hours", Kind::Question, &["When do you open?"]),
    ]);
    let verdicts = [Verdict::KeptAsWords, Verdict::KeptAsWords, Verdict::KeptAsWords, Verdict::KeptAsLesson];
    let kept = with_kept(&docs, &written, &verdicts, "en");
    assert_eq!(kept[0].keywords, ["a voucher", "checkout"]);
    assert_eq!(kept[1].keywords, ["Opening times"]);
    assert_eq!(kept[1].examples, ["When do you open?"]);
}

/// Questions of which the half tells only by the way it is put: the words alone are everywhere.
fn many() -> (Vec<Doc>, Vec<Proposal>) {
    let topics = ["lamp", "chair", "table", "shelf", "sofa", "mirror", "carpet", "curtain"];
    let docs = topics.map(|topic| title(topic, topic)).to_vec();
    let mut written = Vec::new();
    for topic in topics {
        let texts = [
            format!("my {topic} arrived broken"),
            format!("the {topic} has a scratch"),
            format!("can I order a {topic} in blue"),
            format!("where is the {topic} that I bought"),
            format!("how heavy is a {topic}"),
        ];
        written.extend(texts.map(|text| Proposal { article: topic.into(), kind: Kind::Question, text }));
    }
    (docs, written)
}

#[test]
fn the_models_judge_is_left_out_where_words_find_as_much() {
    let (docs, written) = many();
    let found = verdicts(&docs, &written, Budget { percent: 0, small: 1_000_000 });
    assert!(!found.contains(&Verdict::KeptAsLesson), "{found:?}");
}

#[test]
fn the_same_verdicts_are_given_in_turns() {
    let (docs, written) = many();
    let turn = || -> Turn { Box::pin(std::future::ready(())) };
    let in_turns = at_once(judged(&docs, &written, "en", Budget::default(), &Turns::giving(turn)));
    assert_eq!(in_turns, verdicts(&docs, &written, Budget::default()));
}

#[test]
fn a_verdict_is_one_object_on_the_wire() {
    let wire = |verdict: &Verdict| serde_json::to_string(verdict).unwrap();
    assert_eq!(wire(&Verdict::NearerTo("refunds".into())), r#"{"verdict":"nearer_to","article":"refunds"}"#);
    assert_eq!(wire(&Verdict::KeptAsWords), r#"{"verdict":"kept_as_words"}"#);
    assert_eq!(serde_json::from_str::<Verdict>(r#"{"verdict":"too_dear"}"#).unwrap(), Verdict::TooDear);
}

#[test]
fn nothing_is_judged_where_there_is_nothing() {
    assert_eq!(verdicts(&[], &proposals(&[("a", Kind::Keyword, &["b"])]), Budget::default()), [Verdict::NoArticle]);
    assert!(verdicts(&titles(), &[], Budget::default()).is_empty());
}
