use super::*;
use crate::model::samples::{ada_id, conversation, page, placed, summary, team, whole};
use shared::protocol::Status;

fn lists(list: &List, summaries: Vec<Summary>) -> Lists {
    let mut lists = Lists::of(ada_id());
    lists.take(page(list, None, summaries, false));
    lists
}

fn letters(lists: &Lists, list: &List) -> String {
    let rows = lists.rows(list);
    let letter = |at| ('a'..='z').find(|letter| rows.get(at) == Some(&conversation(*letter))).unwrap();
    let all: String = (0..rows.len()).map(letter).collect();
    for (at, letter) in all.chars().enumerate() {
        assert_eq!(rows.find(&conversation(letter)), Some(at));
    }
    all
}

fn waiting(letter: char, version: u32, due: u64) -> Summary {
    Summary { due: Some(due), ..summary(letter, version, Status::Waiting, Some(1), due) }
}

fn changed(summary: Summary) -> InboxFrame {
    InboxFrame::Changed(Box::new(summary))
}

#[test]
fn a_list_is_in_order_and_a_change_moves_a_line_or_takes_it_out() {
    let mut lists = lists(&List::Waiting, vec![waiting('a', 1, 10), waiting('b', 1, 20), waiting('c', 1, 30)]);
    assert_eq!(letters(&lists, &List::Waiting), "abc");
    lists.take(changed(waiting('a', 2, 25)));
    assert_eq!(letters(&lists, &List::Waiting), "bac");
    lists.take(changed(summary('b', 2, Status::Replied, None, 40)));
    assert_eq!(letters(&lists, &List::Waiting), "ac");
    assert_eq!(lists.get(&conversation('b')), None, "what no list here holds is not kept");
    lists.take(InboxFrame::Forgotten { id: conversation('a') });
    assert_eq!(letters(&lists, &List::Waiting), "c");
}

#[test]
fn what_is_beyond_the_part_that_is_here_comes_with_its_page() {
    let mut lists = Lists::of(ada_id());
    lists.take(page(&List::Waiting, None, vec![waiting('a', 1, 10), waiting('b', 1, 20)], true));
    lists.take(changed(waiting('x', 1, 15)));
    lists.take(changed(waiting('y', 1, 50)));
    assert_eq!(
        letters(&lists, &List::Waiting),
        "axb",
        "what comes after the end is not put in without what is before it"
    );
    let end = lists.end(&List::Waiting).cloned();
    assert_eq!(end, Some(waiting('b', 1, 20).position()));
    // The last line has moved away: the list still reaches as far as it did.
    lists.take(changed(waiting('b', 2, 60)));
    assert_eq!((letters(&lists, &List::Waiting).as_str(), lists.end(&List::Waiting).cloned()), ("ax", end.clone()));
    lists.take(page(&List::Waiting, end, vec![waiting('c', 1, 30), waiting('y', 1, 50), waiting('b', 2, 60)], false));
    assert_eq!((letters(&lists, &List::Waiting).as_str(), lists.end(&List::Waiting)), ("axcyb", None));
    lists.take(changed(waiting('z', 1, 99)));
    assert_eq!(letters(&lists, &List::Waiting), "axcybz", "now that all is here");
}

#[test]
fn an_answer_to_an_older_question_is_not_joined() {
    let mut lists = Lists::of(ada_id());
    lists.take(page(&List::Waiting, None, vec![waiting('a', 1, 10)], true));
    let old = Some(waiting('q', 1, 5).position());
    lists.take(page(&List::Waiting, old, vec![waiting('b', 1, 20)], false));
    assert_eq!(letters(&lists, &List::Waiting), "a");
    let end = lists.end(&List::Waiting).cloned();
    lists.take(page(&List::Waiting, end.clone(), vec![waiting('b', 1, 20)], true));
    lists.take(page(&List::Waiting, end, vec![waiting('b', 1, 20)], true));
    assert_eq!(letters(&lists, &List::Waiting), "ab", "the same page twice");
}

#[test]
fn after_a_lost_link_the_lists_begin_anew_and_nothing_is_gone_meanwhile() {
    let mut lists = lists(&List::Waiting, vec![waiting('a', 1, 10), waiting('b', 3, 20)]);
    lists.take(page(&List::All, None, vec![waiting('a', 1, 10)], false));
    lists.open(Some(conversation('a')));
    lists.take(whole(&[(List::Waiting, 2), (List::All, 9)]));
    assert_eq!(letters(&lists, &List::Waiting), "ab");
    lists.take(page(&List::Waiting, None, vec![waiting('b', 2, 20), waiting('c', 1, 30)], false));
    assert_eq!(letters(&lists, &List::Waiting), "bc");
    assert_eq!(lists.get(&conversation('b')).unwrap().version, 3, "an old line never replaces a newer one");
    assert!(!lists.has_begun(&List::All), "what the other lists were may be wrong by now");
    assert!(lists.get(&conversation('a')).is_some(), "the open one's line is kept");
    assert_eq!((lists.size(&List::Waiting), lists.size(&List::All), lists.size(&List::Snoozed)), (2, 9, 0));
}

#[test]
fn counts_are_the_edges_and_change_one_by_one() {
    let mut lists = Lists::default();
    assert!(!lists.loaded);
    let old = List::Team(team("old"));
    lists.take(whole(&[(List::Waiting, 100_000), (old.clone(), 1)]));
    assert!(lists.loaded && lists.teams().eq([team("old")]));
    let change = Counts { whole: false, lists: [(old.clone(), 0)].into(), first: Vec::new() };
    lists.take(InboxFrame::Counts(change));
    assert_eq!((lists.size(&List::Waiting), lists.size(&old), lists.teams().count()), (100_000, 0, 0));
}

#[test]
fn an_old_frame_never_replaces_a_newer_one() {
    let mut lists = lists(&List::All, vec![summary('a', 5, Status::Replied, None, 5)]);
    lists.take(changed(summary('a', 4, Status::Waiting, Some(1), 4)));
    assert_eq!(lists.get(&conversation('a')).unwrap().version, 5);
    lists.take(changed(summary('a', 6, Status::Resolved, None, 6)));
    assert_eq!(lists.get(&conversation('a')).unwrap().version, 6);
    assert_eq!(letters(&lists, &List::All), "a");
}

#[test]
fn the_line_of_the_open_conversation_is_kept_and_live_in_whichever_list_it_is() {
    let mut lists = lists(&List::Waiting, vec![waiting('a', 1, 10)]);
    lists.open(Some(conversation('z')));
    lists.take(changed(summary('z', 1, Status::Resolved, None, 5)));
    lists.take(changed(summary('z', 2, Status::Replied, None, 6)));
    assert_eq!(lists.get(&conversation('z')).unwrap().version, 2);
    assert_eq!(letters(&lists, &List::Waiting), "a");
    lists.open(Some(conversation('a')));
    assert_eq!(lists.get(&conversation('z')), None);
    lists.open(None);
    assert!(lists.get(&conversation('a')).is_some());
}

/// The same rule as the edge's, over all that a summary can say.
#[test]
fn nothing_is_outside_all_and_everything_else_is_somewhere() {
    let billing = List::Team(team("billing"));
    for status in [Status::Automatic, Status::Waiting, Status::Replied, Status::Resolved] {
        for snoozed_until in [None, Some(5)] {
            for to in [None, Some("billing")] {
                let plain = Summary { snoozed_until, ..summary('a', 1, status, None, 1) };
                let line = to.map_or(plain.clone(), |to| placed(plain, to, None));
                let places = [List::Escalations, billing.clone(), List::Automatic, List::Snoozed, List::Solved];
                let held: Vec<_> = places.iter().filter(|list| list.holds(&line, Some(&ada_id()))).collect();
                assert_eq!(held.len(), 1, "{status:?} {snoozed_until:?} {to:?}: {held:?}");
                let with_people = matches!(held.first(), Some(List::Escalations | List::Team(_)));
                assert_eq!(List::Unassigned.holds(&line, None), with_people, "{status:?}");
                assert!(List::All.holds(&line, None) && !List::Mine.holds(&line, None));
            }
        }
    }
    let mine = placed(summary('b', 1, Status::Replied, None, 8), "billing", Some(ada_id()));
    assert!(List::Mine.holds(&mine, Some(&ada_id())) && !List::Unassigned.holds(&mine, Some(&ada_id())));
}
