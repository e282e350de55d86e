//! What the agents' page costs with many conversations and a long thread, beside what it costs with few, in one run in Chromium.
//! `cargo xtask bench inbox` runs it.
//!
//! The conversations are written as lines into the inbox's own database while the edge is stopped, and the messages as events
//! into the conversation's (`tests::seed`): the edge ranks and counts them when it wakes. The product itself is measured then.

mod measures;

use measures::{Figures, Page};
use shared::protocol::{InboxAsk, ListName, Millis, Status, Summary};
use std::time::Instant;
use tests::people::{ask_person, conversation, id, say};
use tests::seed::{Seed, line};
use tests::{Agent, Browser, Edge, Visitor};

/// Conversations and messages on each side.
const FEW: (u32, u32) = (100, 20);
const MANY: (u32, u32) = (100_000, 5_000);
/// A shared machine is now faster and now slower: both sides take turns, and the one in the middle counts.
const ROUNDS: usize = 7;
/// Many may cost so much more than few.
const MOST: f64 = 1.2;
/// What nobody notices, in milliseconds: smaller differences are the machine's.
const NOTHING_MS: f64 = 4.0;
/// An agent begins with no more bytes than this.
const MOST_BYTES: f64 = 30_000.0;
/// No more elements than this are drawn.
const MOST_NODES: f64 = 1_500.0;

/// An edge with a number of conversations, and one of them with a number of messages.
struct Side {
    edge: Edge,
    agent: Agent,
    browser: Browser,
}

impl Side {
    fn new((conversations, messages): (u32, u32)) -> Self {
        let edge = Edge::start_with(&[("UNPACED", "1")]);
        let agent = Agent::set_up(&edge, "Ada");
        let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
        visitor.command(&thread, 0, id(1), say("My lamp hums"));
        visitor.command(&thread, 0, id(2), ask_person());
        let at = agent.inbox().first().unwrap().updated_at;
        edge.kill();
        let begun = Instant::now();
        let seed = Seed::open(&edge);
        seed.messages(messages, &agent.me, at);
        seed.lines(&(0..conversations).map(|number| some_line(number, at)).collect::<Vec<_>>());
        drop(seed);
        let seeded = begun.elapsed().as_secs_f64();
        edge.restart();
        let begun = Instant::now();
        agent.lists("list=waiting");
        let woken = begun.elapsed().as_secs_f64();
        println!(
            "{conversations} conversations, {messages} messages: written in {seeded:.1} s, ranked once in {woken:.1} s"
        );
        let browser = Browser::open(&edge);
        Page::sign_in(&browser, &edge, "Ada");
        Self { edge, agent, browser }
    }

    fn round(&self, figures: &mut Figures) {
        let begun = Instant::now();
        let mut live = self.agent.lists_live(&InboxAsk::Show { list: ListName::Waiting, open: None });
        let bytes: usize = (0..2).map(|_| live.receive_text().len()).sum();
        figures.add("connect: bytes", bytes as f64);
        figures.add("connect: ms until the first page", begun.elapsed().as_secs_f64() * 1_000.0);
        drop(live);
        Page::new(&self.browser, &self.edge).measure(figures);
    }
}

/// One of ten waits; of the rest some are answered, most resolved.
fn some_line(number: u32, at: Millis) -> Summary {
    let status = match number % 10 {
        0 => Status::Waiting,
        1 => Status::Replied,
        2 => Status::Automatic,
        _ => Status::Resolved,
    };
    line(number, status, at + Millis::from(number))
}

fn main() {
    let mut sides = [FEW, MANY].map(|size| (Side::new(size), Figures::default()));
    for _ in 0..ROUNDS {
        for (side, figures) in &mut sides {
            side.round(figures);
        }
    }
    let [(_, few), (_, many)] = &sides;
    println!("\n{:>38} {:>12} {:>12} {:>7}", "median of 7", "few", "many", "ratio");
    let mut is_good = true;
    for (name, few) in few.medians() {
        let many = many.median(name);
        let ratio = many / few.max(f64::EPSILON);
        let holds = match name {
            "connect: bytes" => many <= MOST_BYTES,
            name if name.contains("elements") => many <= MOST_NODES,
            _ => ratio <= MOST || many - few <= NOTHING_MS,
        };
        is_good &= holds;
        println!("{name:>38} {few:>12.1} {many:>12.1} {ratio:>7.2}{}", if holds { "" } else { "  too much" });
    }
    if !is_good {
        std::process::exit(1);
    }
}
