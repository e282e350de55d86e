//! The life of a link, played by hand.

use super::*;

/// Plays inputs at times and gives what was done.
fn play(link: &mut Link, inputs: &[(Millis, Input)]) -> Vec<Act> {
    inputs.iter().flat_map(|(now, input)| link.handle(*input, *now, u32::MAX)).collect()
}

fn live() -> Link {
    let mut link = Link::default();
    let acts = play(&mut link, &[(0, Input::Follow), (5, Input::Opened), (10, Input::Heard)]);
    assert_eq!(acts, [Act::Open, Act::Greet, Act::Live]);
    assert!(link.is_live());
    link
}

#[test]
fn silence_is_asked_about_and_a_dead_socket_is_replaced() {
    let mut link = live();
    assert_eq!(link.deadline(), Some(10 + PING_EVERY));
    let asked = 10 + PING_EVERY;
    assert_eq!(play(&mut link, &[(asked, Input::Time)]), [Act::Ping]);
    assert_eq!(link.deadline(), Some(asked + PONG_WITHIN));
    assert_eq!(play(&mut link, &[(asked + PONG_WITHIN, Input::Time)]), [Act::Close, Act::Lost]);
    assert!(link.is_down());
    let again = link.deadline().unwrap();
    assert_eq!(play(&mut link, &[(again, Input::Time)]), [Act::Open]);
}

#[test]
fn any_frame_proves_life() {
    let mut link = live();
    play(&mut link, &[(100, Input::Check), (200, Input::Heard)]);
    assert_eq!(play(&mut link, &[(100 + PONG_WITHIN, Input::Time)]), []);
    assert!(link.is_live());
}

#[test]
fn the_edge_gets_a_ping_every_twenty_seconds_whatever_it_says_meanwhile() {
    let mut link = live();
    let (mut pings, mut now) = (Vec::new(), 10);
    while now < 10 + 3 * PING_EVERY {
        now += 1_000;
        let acts = play(&mut link, &[(now, Input::Time), (now, Input::Heard)]);
        pings.extend(acts.contains(&Act::Ping).then_some(now));
    }
    assert_eq!(pings, [1, 2, 3].map(|count| 10 + count * PING_EVERY));
}

#[test]
fn asking_twice_does_not_give_more_time() {
    let mut link = live();
    play(&mut link, &[(100, Input::Check), (5_000, Input::Check)]);
    assert_eq!(play(&mut link, &[(100 + PONG_WITHIN, Input::Time)]), [Act::Close, Act::Lost]);
}

#[test]
fn a_person_who_is_back_does_not_wait_for_the_next_try() {
    let mut link = live();
    assert_eq!(play(&mut link, &[(20, Input::Closed)]), [Act::Close, Act::Lost]);
    assert_eq!(play(&mut link, &[(21, Input::Check)]), [Act::Open]);
}

#[test]
fn a_socket_that_never_opens_or_greets_is_given_up() {
    let mut link = Link::default();
    play(&mut link, &[(0, Input::Follow)]);
    assert_eq!(play(&mut link, &[(OPEN_WITHIN, Input::Time)]), [Act::Close, Act::Lost]);
    let waits: Vec<Millis> = (0..3)
        .map(|_| {
            let at = link.deadline().unwrap();
            play(&mut link, &[(at, Input::Time), (at, Input::Closed)]);
            link.deadline().unwrap() - at
        })
        .collect();
    assert_eq!(waits, [2_000, 4_000, 8_000]);
}

/// Two sockets that close before they live.
fn blocked() -> (Link, Millis) {
    let mut link = Link::default();
    assert_eq!(play(&mut link, &[(0, Input::Follow), (1, Input::Closed)]), [Act::Open, Act::Close, Act::Lost]);
    let again = link.deadline().unwrap();
    let acts = play(&mut link, &[(again, Input::Time), (again + 1, Input::Closed)]);
    assert_eq!(acts, [Act::Open, Act::Close, Act::Lost, Act::Ask]);
    (link, again + 1)
}

#[test]
fn a_half_open_socket_is_noticed_within_thirty_seconds() {
    let mut link = live();
    let mut now = 10;
    // The other side was last heard at 10 and is gone; nothing but the clock goes on.
    while link.is_live() {
        now = link.deadline().unwrap();
        play(&mut link, &[(now, Input::Time)]);
    }
    assert!(now - 10 < 30_000, "{now}");
}

#[test]
fn where_sockets_are_blocked_requests_carry_the_conversation() {
    let (mut link, now) = blocked();
    assert!(link.is_asking() && !link.is_down() && !link.is_live());
    assert_eq!(play(&mut link, &[(now + 25_000, Input::Answered)]), [Act::Ask], "one follows the other");
}

#[test]
fn requests_that_are_answered_at_once_do_not_become_a_flood() {
    let (mut link, now) = blocked();
    assert_eq!(play(&mut link, &[(now + 1, Input::Answered)]), []);
    assert_eq!(link.deadline(), Some(now + ASK_EVERY));
    assert_eq!(play(&mut link, &[(now + ASK_EVERY, Input::Time)]), [Act::Ask]);
}

#[test]
fn where_answers_are_long_requests_follow_each_other_more_slowly() {
    let mut link = Link::asking_every(10_000);
    play(&mut link, &[(0, Input::Follow), (1, Input::Closed)]);
    let again = link.deadline().unwrap();
    let acts = play(&mut link, &[(again, Input::Time), (again + 1, Input::Closed), (again + 200, Input::Answered)]);
    assert_eq!(acts.last(), Some(&Act::Ask));
    // The socket is tried meanwhile, which asks for nothing.
    let mut asked = Vec::new();
    while asked.is_empty() {
        let now = link.deadline().unwrap();
        let acts = play(&mut link, &[(now, Input::Time), (now, Input::Closed)]);
        asked.extend(acts.contains(&Act::Ask).then_some(now));
    }
    assert_eq!(asked, [again + 1 + 10_000]);
}

#[test]
fn a_request_that_fails_is_tried_again_more_and_more_slowly() {
    let (mut link, mut now) = blocked();
    let mut waits = Vec::new();
    for _ in 0..3 {
        play(&mut link, &[(now, Input::Unanswered)]);
        let Asking::Resting { until } = link.asking else { panic!("it rests") };
        waits.push(until - now);
        now = until;
        assert!(play(&mut link, &[(now, Input::Time)]).contains(&Act::Ask));
    }
    assert_eq!(waits, [1_000, 2_000, 4_000]);
}

#[test]
fn the_socket_is_tried_on_and_takes_over_when_it_lives() {
    let (mut link, _) = blocked();
    let again = link.deadline().unwrap();
    assert_eq!(play(&mut link, &[(again, Input::Time)]), [Act::Open], "beside the request that is held");
    assert_eq!(play(&mut link, &[(again + 5, Input::Opened), (again + 9, Input::Heard)]), [Act::Greet, Act::Live]);
    assert_eq!(play(&mut link, &[(again + 20, Input::Answered)]), [], "the last request has no successor");
    assert_eq!(
        play(&mut link, &[(again + 30, Input::Closed)]),
        [Act::Close, Act::Lost],
        "one that lived is tried first"
    );
    assert!(!link.is_asking());
}

#[test]
fn another_conversation_on_the_same_network_need_not_find_out_again() {
    let (mut link, now) = blocked();
    assert_eq!(play(&mut link, &[(now + 9, Input::Follow)]), [Act::Open, Act::Ask]);
    play(&mut link, &[(now + 10, Input::Leave)]);
    assert_eq!(link.deadline(), None);
}

#[test]
fn following_another_conversation_leaves_the_first_and_leaving_ends_it() {
    let mut link = live();
    assert_eq!(play(&mut link, &[(20, Input::Follow)]), [Act::Close, Act::Lost, Act::Open]);
    assert_eq!(
        play(&mut link, &[(30, Input::Leave), (40, Input::Opened), (50, Input::Closed)]),
        [Act::Close, Act::Lost]
    );
    assert_eq!(link.deadline(), None);
}

#[test]
fn a_device_clock_that_is_put_back_makes_nobody_wait() {
    for back in [1_000, 60 * 60 * 1_000, 24 * 60 * 60 * 1_000] {
        let start = 100 * 24 * 60 * 60 * 1_000;
        // While it rests, opens, and is asked whether it lives.
        let mut link = Link::default();
        play(&mut link, &[(start, Input::Follow), (start, Input::Closed)]);
        play(&mut link, &[(start - back, Input::Time)]);
        assert!(link.deadline().unwrap() <= start - back + 30_000, "{back}: {link:?}");
        let opens = link.deadline().unwrap();
        assert_eq!(play(&mut link, &[(opens, Input::Time)]), [Act::Open], "{back}");
        play(&mut link, &[(opens - back, Input::Opened), (opens - back, Input::Heard), (opens - back, Input::Check)]);
        play(&mut link, &[(opens - 2 * back, Input::Time)]);
        assert!(link.deadline().unwrap() <= opens - 2 * back + PONG_WITHIN, "{back}: {link:?}");
    }
}
