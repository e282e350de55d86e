//! Rules as site owners write them, and where conversations go by them.

use super::*;
use crate::dice::Dice;
use crate::ids::{AgentId, TeamId};

const TEAMS: &str = r#"[
    {"id": "billing", "name": "Billing", "members": [{"agent": "aaaaaaaaaaaaaaaaaaaaaa"}, {"agent": "bbbbbbbbbbbbbbbbbbbbbb", "capacity": 2}]},
    {"id": "tech", "name": "Technical help", "members": [{"agent": "cccccccccccccccccccccc"}]},
    {"id": "sales", "name": "Sales", "members": [{"agent": "dddddddddddddddddddddd"}]}
]"#;

const RULES: &str = r#"[
    {"id": "trial", "when": {"plan": ["trial"], "tenure": [{"under_days": 14}]}, "then": {"team": "sales", "priority": "high", "tags": ["trial"]}},
    {"id": "again", "when": {"helped_by": [{"team": "billing"}], "words": ["refund*", "invoice*", "iade*", "환불"]}, "then": {"team": "billing", "assign": "previous"}},
    {"id": "money", "when": {"words": ["refund*", "invoice*", "money back", "iade*", "환불", "返金"]}, "then": {"team": "billing"}},
    {"id": "checkout", "when": {"page": ["/checkout", "/*/checkout"], "products": ["shop", "market"]}, "then": {"team": "tech", "assign": {"agent": "cccccccccccccccccccccc"}, "priority": "urgent"}},
    {"id": "agencies", "when": {"company": ["agency"], "language": ["es", "pt-BR"]}, "then": {"team": "sales", "assign": "queue"}},
    {"id": "angry", "when": {"words": ["complaint"]}, "then": {"priority": "urgent", "tags": ["complaint"]}}
]"#;

fn router() -> Router {
    let (router, warnings) =
        Router::new(serde_json::from_str(RULES).unwrap(), serde_json::from_str(TEAMS).unwrap()).unwrap();
    assert_eq!(warnings, []);
    router
}

/// `expected` is `rule -> team`, with `escalations` for no team and `-` for no rule.
fn check(case: &str, expected: &str) -> Decision {
    let case: Case = serde_json::from_str(case).unwrap();
    let decision = router().route(&case);
    let team = decision.team.as_ref().map_or("escalations", TeamId::as_str);
    assert_eq!(format!("{} -> {team}", decision.rule.as_deref().unwrap_or("-")), expected, "{case:?}");
    assert_eq!(router().explain(&case).decision, decision);
    decision
}

#[test]
fn the_first_rule_whose_conditions_all_hold_decides() {
    check(r#"{"text": "Where is my invoice?"}"#, "money -> billing");
    check(r#"{"text": "Where is my invoice?", "plan": "Trial", "tenure_days": 3}"#, "trial -> sales");
    check(r#"{"text": "Where is my invoice?", "plan": "Trial", "tenure_days": 14}"#, "money -> billing");
    check(r#"{"text": "Where is my invoice?", "plan": "Trial"}"#, "money -> billing");
}

#[test]
fn words_count_in_every_language() {
    check(r#"{"text": "İADELER ne zaman?"}"#, "money -> billing");
    check(r#"{"text": "배송비환불해 주세요"}"#, "money -> billing");
    check(r#"{"text": "商品の返金をお願いします"}"#, "money -> billing");
    check(r#"{"text": "I want my money back"}"#, "money -> billing");
    check(r#"{"text": "backing money"}"#, "- -> escalations");
}

#[test]
fn every_condition_must_hold_and_any_of_its_entries_is_enough() {
    check(r#"{"text": "?", "page": "https://x.test/tr/checkout", "products": ["Blog", "Market"]}"#, "checkout -> tech");
    check(r#"{"text": "?", "page": "https://x.test/tr/checkout", "products": ["Blog"]}"#, "- -> escalations");
    check(r#"{"text": "?", "page": "https://x.test/cart", "products": ["shop"]}"#, "- -> escalations");
}

#[test]
fn a_language_takes_its_regions_and_not_its_parents() {
    check(r#"{"text": "hola", "company": "Agency", "language": "es-MX"}"#, "agencies -> sales");
    check(r#"{"text": "oi", "company": "Agency", "language": "pt_br"}"#, "agencies -> sales");
    check(r#"{"text": "olá", "company": "Agency", "language": "pt"}"#, "- -> escalations");
    check(r#"{"text": "est", "company": "Agency", "language": "est"}"#, "- -> escalations");
}

#[test]
fn who_helped_before_helps_again_if_they_are_still_in_the_team() {
    let again = |agent: &str| {
        let text = format!(r#"{{"text": "refund", "helped_by": [{{"team": "billing", "agent": "{agent}"}}]}}"#);
        check(&text, "again -> billing").assign
    };
    let b = AgentId::parse("bbbbbbbbbbbbbbbbbbbbbb").unwrap();
    assert_eq!(again(b.as_str()), Assignment::Agent(b));
    assert_eq!(again("eeeeeeeeeeeeeeeeeeeeee"), Assignment::Balance);
}

#[test]
fn a_rule_without_a_team_sends_to_escalations_with_its_priority_and_tags() {
    let decision = check(r#"{"text": "This is a complaint"}"#, "angry -> escalations");
    assert_eq!((decision.priority, decision.tags), (Priority::Urgent, vec![String::from("complaint")]));
    assert_eq!(decision.assign, Assignment::Queue);
}

#[test]
fn the_dry_run_says_why_in_plain_sentences() {
    let case =
        r#"{"text": "I want my Money, back!", "page": "https://x.test/checkout", "products": ["shop"], "plan": "pro"}"#;
    let explanation = router().explain(&serde_json::from_str(case).unwrap());
    assert_eq!(explanation.sentence, "Rule money sends it to team billing, to whoever there has the most room.");
    let rules: Vec<&str> = explanation.rules.iter().map(|rule| rule.sentence.as_str()).collect();
    assert_eq!(
        rules,
        [
            "Rule trial does not hold, because of tenure and plan.",
            "Rule again does not hold, because of words and helped_by.",
            "Rule money decides: all of its conditions hold.",
            "Rule checkout would hold as well, but rule money comes first.",
            "Rule agencies does not hold, because of company and language.",
            "Rule angry does not hold, because of words.",
        ]
    );
    let sentence = |rule: usize, condition: usize| explanation.rules[rule].conditions[condition].sentence.as_str();
    assert_eq!(sentence(0, 0), "Their time as a customer is not known, and the rule wants under 14 days.");
    assert_eq!(sentence(0, 1), "Their plan is pro, and the rule wants trial.");
    assert_eq!(sentence(1, 1), "Nobody helped them before, and the rule wants team billing.");
    assert_eq!(sentence(2, 0), "The message has \"Money, back\", which the rule wants as \"money back\".");
    assert_eq!(sentence(3, 0), "The page https://x.test/checkout fits /checkout.");
    let nothing = router().explain(&Case::default());
    assert_eq!(nothing.sentence, "No rule holds, so it goes to escalations.");
}

#[test]
fn the_dry_run_never_disagrees_with_the_real_one() {
    let router = router();
    let maybe = |dice: &mut Dice, from: &[&str]| (!dice.one_in(3)).then(|| String::from(*dice.pick(from)));
    for seed in 0..2_000 {
        let dice = &mut Dice::new(seed);
        let words = ["refund", "Invoices", "money", "back", "환불", "complaint", "iade", "hello", "返金"];
        let text: Vec<&str> = (0..dice.under(5)).map(|_| *dice.pick(&words)).collect();
        let agents = ["aaaaaaaaaaaaaaaaaaaaaa", "eeeeeeeeeeeeeeeeeeeeee"];
        let case = Case {
            text: text.join(if dice.one_in(2) { " " } else { "" }),
            page: maybe(dice, &["/checkout", "https://x.test/de/checkout", "/"]),
            products: maybe(dice, &["shop", "blog"]).into_iter().collect(),
            company: maybe(dice, &["agency", "school"]),
            tenure_days: (!dice.one_in(2)).then(|| dice.under(30) as u32),
            plan: maybe(dice, &["trial", "pro"]),
            language: maybe(dice, &["es", "es-AR", "en"]),
            helped_by: (0..dice.under(3))
                .map(|_| Helped {
                    team: TeamId::parse("billing").ok().filter(|_| dice.one_in(2)),
                    agent: AgentId::parse(dice.pick::<&str>(&agents)).unwrap(),
                })
                .collect(),
        };
        let explanation = router.explain(&case);
        assert_eq!(explanation.decision, router.route(&case), "seed {seed}: {case:?}");
        let deciding: Vec<&str> = explanation
            .rules
            .iter()
            .filter(|rule| rule.outcome == Outcome::Decides)
            .map(|rule| rule.rule.as_str())
            .collect();
        assert_eq!(deciding, explanation.decision.rule.as_deref().into_iter().collect::<Vec<_>>(), "seed {seed}");
        for rule in &explanation.rules {
            let all = rule.conditions.iter().all(|condition| condition.holds);
            assert_eq!(rule.outcome != Outcome::Fails, all, "seed {seed}: {rule:?}");
        }
    }
}

#[test]
fn a_rule_reads_back_as_it_was_written() {
    let rules: Vec<Rule> = serde_json::from_str(RULES).unwrap();
    let written: serde_json::Value = serde_json::from_str(RULES).unwrap();
    assert_eq!(serde_json::to_value(&rules).unwrap(), written);
}
