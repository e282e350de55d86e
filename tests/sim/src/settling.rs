//! What follows from a change, as the edge does it after it has answered: searches, routes, lists, and the alarm.

use std::sync::LazyLock;

use shared::assistant::{Found, Keywords, PeopleFirst, Rules, VisitorContext};
use shared::conversation::{Line, Output, Target};
use shared::ids::{ArticleId, EventId, TeamId};
use shared::protocol::{ArticleRef, Destination, Placement, Priority};

use crate::net::Socket;
use crate::people::ada_id;
use crate::store::Broken;
use crate::world::{Happening, World};

/// Keywords are not what is simulated, and reading two hundred of them for each message would be most of the time.
static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let none = Keywords::default;
    let people_first = PeopleFirst {
        pricing: none(),
        upgrade: none(),
        cancellation: none(),
        complaint: none(),
        at_risk: none(),
        not_helped: none(),
        person: none(),
        ..PeopleFirst::default()
    };
    Rules { people_first, ..Rules::default() }
});

impl World {
    /// What is owed, and what the lists may not go without, a step at a time: between two of them anything can happen.
    pub(crate) fn settle(&mut self, object: usize) {
        let now = self.server_now();
        let visitor_looks = self.visitor_looks(object);
        let one = &mut self.objects[object];
        let due = match one.store.disk.borrow().meta {
            Some(_) => one.machine.due(&one.store, visitor_looks, now),
            None => return,
        };
        if let Ok(due) = self.survive(object, due) {
            self.settle_with(object, &due);
        }
    }

    /// An object that has slept remembers what the lists know.
    pub(crate) fn recall_told(&mut self, object: usize) {
        let now = self.server_now();
        let one = &mut self.objects[object];
        let recalled = one.machine.recall_told(&one.store, now);
        let _ = self.survive(object, recalled);
    }

    fn visitor_looks(&self, object: usize) -> bool {
        let looks = |socket: &Socket| socket.object == object && socket.server_has && !self.ends[socket.end].is_agent();
        self.sockets.iter().any(looks)
    }

    /// The same, with these lists.
    pub(crate) fn settle_with(&mut self, object: usize, lists: &[Target]) {
        self.light_fuse(object, 3);
        let one = &mut self.objects[object];
        if one.store.disk.borrow().meta.is_none() {
            return;
        }
        let owed = one.machine.owed(&one.store);
        let Ok(owed) = self.survive(object, owed) else { return };
        let wait = self.rng.between(5, 400);
        let life = self.objects[object].life;
        match owed {
            Some(Output::Search { about, text, .. }) => {
                let works = self.healed || !self.rng.chance(15);
                self.after(wait, Happening::Found { object, life, about, text, works });
                // The lists are told even while the search fails.
                if !works {
                    self.tell_lists(object, lists);
                }
            }
            Some(Output::Route { about }) => {
                let place = self.rng.chance(50).then(billing);
                self.after(wait, Happening::Routed { object, life, about, place });
            }
            _ => self.tell_lists(object, lists),
        }
    }

    fn tell_lists(&mut self, object: usize, lists: &[Target]) {
        let now = self.server_now();
        let one = &mut self.objects[object];
        let tells = one.machine.tells(&one.store, lists, now);
        let Ok(tells) = self.survive(object, tells) else { return };
        let life = self.objects[object].life;
        for tell in tells {
            let Output::Tell { revision, line } = tell else { continue };
            let wait = if self.rng.chance(20) { self.rng.between(200, 5_000) } else { self.rng.between(2, 60) };
            if !self.healed && self.rng.chance(6) {
                // The conversation gets no answer, and sometimes not even an error.
                if self.rng.chance(50) {
                    self.objects[object].machine.not_told(line.target());
                }
                continue;
            }
            let happening = match line {
                Line::Inbox { summary, facts } => Happening::ToInbox { object, life, revision, line: summary, facts },
                Line::Visitor { thread, .. } => Happening::ToVisitor { object, life, revision, line: thread },
            };
            if !self.healed && self.rng.chance(10) {
                self.after(wait * 3, happening.clone());
            }
            self.after(wait, happening);
        }
    }

    pub(crate) fn found(&mut self, object: usize, life: u32, about: &EventId, text: &str, works: bool) {
        if self.objects[object].life != life {
            return;
        }
        let found = works.then(|| found(text));
        let now = self.server_now();
        self.light_fuse(object, 8);
        let one = &mut self.objects[object];
        let visitor = VisitorContext::default();
        let outputs = one.machine.found(&one.store, about, found.as_deref(), &RULES, &visitor, now);
        let Ok(outputs) = self.survive(object, outputs) else { return };
        self.broadcast(object, outputs);
        if works {
            self.settle(object);
        }
        self.notice(object);
    }

    pub(crate) fn routed(&mut self, object: usize, life: u32, about: &EventId, place: Option<Placement>) {
        if self.objects[object].life != life {
            return;
        }
        let now = self.server_now();
        // Sooner or later somebody of the team has room, and the inbox says so, perhaps twice.
        if place.is_some() {
            let wait = self.rng.between(50, 20_000);
            self.after(wait, Happening::Seated { object });
            self.after(wait + 300, Happening::Seated { object });
        }
        self.light_fuse(object, 8);
        let one = &mut self.objects[object];
        let outputs = one.machine.routed(&one.store, about, place, now);
        let Ok(outputs) = self.survive(object, outputs) else { return };
        self.broadcast(object, outputs);
        self.settle(object);
        self.notice(object);
    }

    pub(crate) fn seated(&mut self, object: usize) {
        let now = self.server_now();
        self.light_fuse(object, 8);
        let one = &mut self.objects[object];
        let outputs = one.machine.seated(&one.store, &billing_team(), ada_id(), now);
        let Ok(outputs) = self.survive(object, outputs) else { return };
        self.broadcast(object, outputs);
        self.settle_with(object, &Target::ALL);
        self.notice(object);
    }

    pub(crate) fn told(&mut self, object: usize, life: u32, target: Target, revision: u32) {
        if self.objects[object].life != life {
            return;
        }
        self.light_fuse(object, 4);
        let one = &mut self.objects[object];
        let told = one.machine.told(&one.store, &[(target, revision)]);
        let _ = self.survive(object, told);
    }

    /// The alarm, which may be late and may ring twice. While it is handled it counts as set: who dies then is called again.
    pub(crate) fn alarm(&mut self, object: usize) {
        let due = self.objects[object].store.disk.borrow().alarm;
        let now = self.server_now();
        if let Some(at) = due.filter(|at| *at > now) {
            // It was set for later meanwhile, or the clock was put back.
            return self.after(at - now, Happening::Alarm(object));
        }
        self.objects[object].store.disk.borrow_mut().alarm = None;
        self.objects[object].wound = None;
        self.light_fuse(object, 6);
        let one = &mut self.objects[object];
        let outputs = one.machine.handle_timeout(&one.store, now);
        match self.survive(object, outputs) {
            Ok(outputs) => {
                self.broadcast(object, outputs);
                let life = self.objects[object].life;
                self.settle(object);
                // An object that has died does nothing more; the alarm counts as set.
                self.light_fuse(object, 3);
                let one = &mut self.objects[object];
                let armed = if one.life == life { one.machine.rearm(&one.store, now) } else { Err(Broken::Crash) };
                if self.survive(object, armed).is_err() {
                    self.objects[object].store.disk.borrow_mut().alarm = Some(now);
                }
            }
            Err(_) => self.objects[object].store.disk.borrow_mut().alarm = Some(now),
        }
        self.notice(object);
    }

    /// Has the alarm ring when it is set for, or late, or twice.
    pub(crate) fn wind(&mut self, object: usize) {
        let set = self.objects[object].store.disk.borrow().alarm;
        if set == self.objects[object].wound {
            return;
        }
        self.objects[object].wound = set;
        let Some(at) = set else { return };
        let late = if self.rng.chance(20) { self.rng.between(100, 9_000) } else { 0 };
        let wait = at.saturating_sub(self.server_now()) + late;
        self.after(wait, Happening::Alarm(object));
        if !self.healed && self.rng.chance(10) {
            self.after(wait + 700, Happening::Alarm(object));
        }
    }
}

/// The help centre has an article for every third message.
fn found(text: &str) -> Vec<Found> {
    let number = text.bytes().map(u32::from).sum::<u32>();
    if !number.is_multiple_of(3) {
        return Vec::new();
    }
    let id = ArticleId::parse(&format!("article-{}", number % 4)).unwrap_or_else(|error| panic!("{error}"));
    let article = ArticleRef { title: format!("About {id}"), id };
    vec![Found::Article { article, confidence: 0.9 }]
}

fn billing() -> Placement {
    Placement { to: Destination::Team(billing_team()), priority: Priority::High, ..Placement::default() }
}

fn billing_team() -> TeamId {
    TeamId::parse("billing").unwrap_or_else(|error| panic!("{error}"))
}
