//! The life of commands on their way, played by hand for both sides.

use super::*;
use crate::protocol::{
    AgentAction, AgentCommand, Author, Context, ErrorCode, Placement, Survey, VisitorAction, VisitorCommand, What,
};

/// A random number that adds nothing to a wait.
const CALM: u32 = 0;

fn conversation(letter: char) -> ConversationId {
    ConversationId::parse(&String::from(letter).repeat(22)).unwrap()
}

fn id(text: &str) -> EventId {
    EventId::parse(text).unwrap()
}

fn does(letter: char, at: Millis, name: &str, action: AgentAction) -> Pending<AgentCommand> {
    Pending::new(conversation(letter), at, AgentCommand { id: id(name), action, seen: None })
}

fn replies(letter: char, at: Millis, name: &str) -> Pending<AgentCommand> {
    does(letter, at, name, AgentAction::Reply { text: name.into(), seen: None })
}

fn wants(name: &str, action: VisitorAction) -> Pending<VisitorCommand> {
    Pending::new(conversation('a'), 1, VisitorCommand { id: id(name), action })
}

/// Everything that is sent now, over requests.
fn sent<C: Command>(outbox: &mut Outbox<C>, now: Millis) -> Vec<String> {
    let next = std::iter::from_fn(|| outbox.next(None, now));
    next.map(|(_, one)| String::from(one.command.id().as_str())).collect()
}

/// What a refusal that comes back at 1,000 means for a command that was sent, and what is sent at later times.
fn refuse<C: Command>(one: Pending<C>, error: ApiError, later: &[Millis]) -> (Option<Verdict>, Vec<usize>) {
    let id = one.command.id().clone();
    let mut outbox = Outbox::restored(vec![one]);
    sent(&mut outbox, 0);
    let verdict = outbox.refused(&id, error, 1_000, CALM);
    (verdict, later.iter().map(|now| sent(&mut outbox, *now).len()).collect())
}

fn every_agent_action() -> Vec<AgentAction> {
    vec![
        AgentAction::Reply { text: "words".into(), seen: None },
        AgentAction::Resolve,
        AgentAction::Reopen,
        AgentAction::Assign { place: Placement::default() },
        AgentAction::Snooze { until: 5 },
        AgentAction::Wake,
        AgentAction::Read { up_to: 1 },
    ]
}

fn every_visitor_action() -> Vec<VisitorAction> {
    let rate = |comment: &str| VisitorAction::Rate { survey: Survey::Effort, score: 3, comment: comment.into() };
    vec![
        VisitorAction::Say { text: "words".into(), context: Context::default() },
        VisitorAction::AskPerson { context: Context::default() },
        VisitorAction::Helped { about: id("q"), yes: false, article: None },
        rate(""),
        rate("words"),
        VisitorAction::Read { up_to: 1 },
    ]
}

#[test]
fn what_is_refused_only_for_now_is_sent_again_for_every_command_of_both_sides() {
    for action in every_agent_action() {
        let (verdict, sends) = refuse(does('a', 1, "x", action.clone()), ApiError::too_many(2_000), &[2_999, 3_000]);
        assert_eq!((verdict, sends), (Some(Verdict::Later), vec![0, 1]), "{action:?}");
        let trouble = ApiError::new(ErrorCode::Internal);
        let (verdict, sends) = refuse(does('a', 1, "x", action.clone()), trouble, &[1_400, 1_500]);
        assert_eq!((verdict, sends), (Some(Verdict::Later), vec![0, 1]), "{action:?}");
    }
    for action in every_visitor_action() {
        let (verdict, sends) = refuse(wants("x", action.clone()), ApiError::too_many(2_000), &[2_999, 3_000]);
        assert_eq!((verdict, sends), (Some(Verdict::Later), vec![0, 1]), "{action:?}");
    }
    let signed_out = ApiError::new(ErrorCode::NotSignedIn);
    assert_eq!(refuse(replies('a', 1, "x"), signed_out, &[]).0, Some(Verdict::Later), "until somebody signs in again");
}

#[test]
fn a_refusal_for_good_never_takes_words_with_it() {
    let refusal = || ApiError::new(ErrorCode::MessageTooLong);
    for action in every_agent_action() {
        let one = does('a', 1, "x", action);
        let has_words = one.command.words().is_some();
        let verdict = if has_words { Verdict::Kept } else { Verdict::Dropped };
        assert_eq!(refuse(one, refusal(), &[99_000]), (Some(verdict), vec![0]));
    }
    for action in every_visitor_action() {
        let asks = matches!(action, VisitorAction::AskPerson { .. });
        let one = wants("x", action);
        let stays = asks || one.command.words().is_some();
        let verdict = if stays { Verdict::Kept } else { Verdict::Dropped };
        assert_eq!(refuse(one, refusal(), &[99_000]), (Some(verdict), vec![0]));
    }
    let words = |action| does('a', 1, "x", action).command.words().map(String::from);
    assert_eq!(words(AgentAction::Reply { text: "words".into(), seen: None }).as_deref(), Some("words"));
    let kept = every_visitor_action().into_iter().filter(|action| wants("x", action.clone()).command.words().is_some());
    assert_eq!(kept.count(), 2, "a message, and a survey with a comment");
}

#[test]
fn commands_go_one_at_a_time_in_their_order_after_a_reload_too() {
    let mut outbox = Outbox::restored(vec![replies('a', 2, "second"), replies('a', 1, "first")]);
    assert_eq!(sent(&mut outbox, 9), ["first"]);
    assert!(outbox.is_sending() && outbox.has(&id("first")));
    assert!(outbox.forget(&id("first")).is_some());
    assert!(outbox.forget(&id("first")).is_none());
    assert_eq!(sent(&mut outbox, 9), ["second"]);
}

#[test]
fn a_refusal_for_now_lets_nothing_overtake_and_stops_no_other_conversation() {
    let mut outbox = Outbox::default();
    outbox.add(replies('a', 1, "one"));
    outbox.add(does('a', 2, "two", AgentAction::Resolve));
    assert_eq!(sent(&mut outbox, 10), ["one"]);
    assert_eq!(outbox.refused(&id("one"), ApiError::too_many(400), 10, CALM), Some(Verdict::Later));
    outbox.add(replies('b', 3, "elsewhere"));
    assert_eq!(sent(&mut outbox, 10), ["elsewhere"]);
    assert_eq!(outbox.deadline(), Some(410));
    outbox.reached();
    assert_eq!(sent(&mut outbox, 409), Vec::<String>::new(), "the edge has said when");
    assert_eq!(sent(&mut outbox, 410), ["one"]);
    outbox.forget(&id("one"));
    assert_eq!(sent(&mut outbox, 410), ["two"]);
    assert_eq!(outbox.deadline(), None);
}

#[test]
fn the_wait_that_the_edge_asks_for_is_spread_and_never_shortened() {
    assert_eq!((spread(2_000, 0), spread(2_000, u32::MAX)), (2_000, 2_500));
    assert_eq!(spread(Millis::MAX, u32::MAX), Millis::MAX);
}

#[test]
fn a_clock_that_is_put_back_holds_nothing_up() {
    let mut outbox = Outbox::restored(vec![replies('a', 1, "one")]);
    sent(&mut outbox, 1_000_000);
    outbox.refused(&id("one"), ApiError::too_many(400), 1_000_000, CALM);
    assert!(!outbox.is_due(1_000_399));
    assert!(outbox.is_due(500_000));
}

#[test]
fn what_finds_no_edge_is_tried_more_and_more_slowly_and_at_once_when_it_is_back() {
    let mut outbox = Outbox::restored(vec![replies('a', 1, "one")]);
    let mut now = 0;
    let mut waits = Vec::new();
    for _ in 0..3 {
        assert_eq!(sent(&mut outbox, now), ["one"]);
        outbox.unreached(&id("one"), now, u32::MAX);
        assert!(matches!(outbox.pending()[0].progress, Progress::Unreached(_)));
        let until = outbox.deadline().unwrap();
        waits.push(until - now);
        now = until;
    }
    assert_eq!(waits, [1_000, 2_000, 4_000]);
    assert!(!outbox.is_due(now - 1));
    outbox.reached();
    assert_eq!(sent(&mut outbox, now - 1), ["one"]);
    outbox.unreached(&id("one"), now, u32::MAX);
    outbox.add(replies('a', 2, "two"));
    assert_eq!(sent(&mut outbox, now), ["one"], "who does something more wants it all there now");
}

#[test]
fn what_a_lost_socket_carried_is_sent_again_and_a_request_is_waited_for() {
    let (here, mut outbox) = (conversation('a'), Outbox::default());
    outbox.add(replies('a', 1, "one"));
    outbox.add(replies('b', 2, "two"));
    let ways = [outbox.next(Some(&here), 5), outbox.next(Some(&here), 5), outbox.next(Some(&here), 5)];
    let ways: Vec<Option<Way>> = ways.into_iter().map(|next| next.map(|(way, _)| way)).collect();
    assert_eq!(ways, [Some(Way::Socket), Some(Way::Request), None]);
    assert_eq!(outbox.carried(), Some(&id("one")));
    outbox.lost();
    assert_eq!(outbox.carried(), None);
    assert_eq!(sent(&mut outbox, 5), ["one"], "and not what a request may still bring");
}

#[test]
fn an_event_with_its_id_confirms_a_command() {
    let outbox = Outbox::restored(vec![replies('a', 1, "e1"), replies('a', 2, "other")]);
    let event = Event { seq: 1, id: id("e1"), at: 1, by: Author::Visitor, what: What::Resolved };
    assert_eq!(outbox.confirmed_by(&[event]), [id("e1")]);
}

#[test]
fn words_that_are_refused_stay_until_their_person_lets_go_of_them() {
    let mut outbox = Outbox::restored(vec![replies('a', 1, "one"), replies('a', 2, "two")]);
    sent(&mut outbox, 5);
    let refusal = ApiError::new(ErrorCode::MessageTooLong);
    assert_eq!(outbox.refused(&id("one"), refusal.clone(), 5, CALM), Some(Verdict::Kept));
    assert_eq!(outbox.pending()[0].progress, Progress::Refused(refusal.clone()));
    assert_eq!(sent(&mut outbox, 5), ["two"], "one that failed does not stop the others");
    outbox.forget(&id("two"));
    outbox.retry(&id("one"));
    assert_eq!(sent(&mut outbox, 5), ["one"]);
    assert_eq!(outbox.forget(&id("one")).and_then(|one| one.command.words().map(String::from)).as_deref(), Some("one"));
    assert_eq!(outbox.refused(&id("one"), refusal, 5, CALM), None, "it is not here any more");
}

#[test]
fn an_answer_to_a_question_is_on_its_way_until_it_is_refused() {
    let about = id("q");
    let mut outbox =
        Outbox::restored(vec![wants("h", VisitorAction::Helped { about: about.clone(), yes: false, article: None })]);
    assert!(outbox.answers(&about) && outbox.asks_person(&conversation('a')));
    sent(&mut outbox, 5);
    let closed = ApiError::new(ErrorCode::UnknownEvent);
    assert_eq!(outbox.refused(&id("h"), closed, 5, CALM), Some(Verdict::Dropped));
    assert!(outbox.pending().is_empty() && !outbox.answers(&about) && !outbox.asks_person(&conversation('a')));
}

#[test]
fn the_last_score_counts_that_is_on_its_way() {
    let rate = |name, score| wants(name, VisitorAction::Rate { survey: Survey::Effort, score, comment: String::new() });
    let outbox = Outbox::restored(vec![rate("r1", 2), rate("r2", 5)]);
    assert_eq!(outbox.rated(&conversation('a'), Survey::Effort), Some(5));
    assert_eq!(outbox.rated(&conversation('a'), Survey::Satisfaction), None);
}

#[test]
fn what_was_kept_by_older_builds_is_read_and_progress_is_not_kept() {
    let of_inbox =
        r#"{"conversation":"aaaaaaaaaaaaaaaaaaaaaa","command":{"id":"x","action":{"reply":{"text":"x"}}},"at":7}"#;
    let mut one: Pending<AgentCommand> = serde_json::from_str(of_inbox).unwrap();
    assert_eq!(one, replies('a', 7, "x"));
    one.progress = Progress::Sending(Way::Request);
    let of_panel =
        r#"{"conversation":"aaaaaaaaaaaaaaaaaaaaaa","at":7,"command":{"id":"x","action":{"reply":{"text":"x"}}}}"#;
    assert_eq!(serde_json::to_string(&one).unwrap(), of_panel);
}
