//! What people do, and what befalls the machines.

use shared::client::{Input, Side};
use shared::conversation::open_survey;
use shared::ids::TeamId;
use shared::protocol::{AgentAction, Context, Destination, Placement, ReadMarks, VisitorAction};

use super::end::End;
use super::given::DAY_MS;
use super::object::Object;
use super::others::Others;
use super::{Device, Happening, Intent, World};

/// A minute of trouble shows as much as an hour of it.
const TROUBLE_MS: u64 = 60_000;
/// An hour.
const HOUR_MS: u64 = 60 * 60 * 1_000;

impl World {
    /// One or two conversations. The first visitor has two tabs on one device and one on another; each conversation has one
    /// to four agents who look at it.
    pub(crate) fn populate(&mut self) {
        let conversations = self.rng.between(1, 2) as usize;
        for object in 0..conversations {
            let server_now = self.server_now();
            self.objects.push(Object::new(object, self.bug, server_now));
            self.reference.push(Vec::new());
            self.marks.push(ReadMarks::default());
            self.others.push(Others::default());
            self.presented.push(None);
            self.really.push(Vec::new());
            self.restored.push(0);
            let first = self.devices.len();
            let tabs: &[usize] = if object == 0 { &[0, 0, 1] } else { &[0] };
            for device in tabs {
                self.add_end(first + device, object, Side::Visitor);
            }
            for _ in 0..self.rng.between(1, 4) {
                self.add_end(self.devices.len(), object, Side::Agent);
            }
        }
        for end in 0..self.ends.len() {
            self.open_page(end);
        }
        let acts = self.rng.between(15, 50);
        for _ in 0..acts {
            let at = self.rng.below(TROUBLE_MS);
            self.after(at, Happening::Act);
        }
    }

    fn add_end(&mut self, device: usize, object: usize, side: Side) {
        while self.devices.len() <= device {
            self.devices.push(Device { is_online: true, ..Device::default() });
        }
        let id = self.objects[object].id.clone();
        self.ends.push(End::new(device, object, side, id));
    }

    /// Somebody does something, or something befalls somebody.
    pub(crate) fn somebody_acts(&mut self) {
        let number = self.rng.pick(self.ends.len());
        match self.rng.below(100) {
            0..55 if self.ends[number].is_agent() => self.agent_acts(number),
            0..55 => self.visitor_acts(number),
            55..63 => self.open_page(number),
            63..66 => {
                self.tell(|| format!("page {number} closes"));
                self.close_page(number);
            }
            66..73 => self.toggle_network(number),
            73..77 => {
                self.ends[number].is_shown = !self.ends[number].is_shown;
                self.read_what_is_shown(number);
            }
            77..80 => {
                let device = self.ends[number].device;
                let step = self.step(10_000);
                self.tell(|| format!("the clock of device {device} steps by {step} ms"));
                self.devices[device].skew += step;
            }
            80..83 => {
                let step = self.step(5_000);
                self.tell(|| format!("the edge's clock steps by {step} ms"));
                self.clock_steps(step);
                // Mostly somebody puts it right soon.
                if self.rng.chance(70) {
                    let wait = self.rng.between(500, 15_000);
                    self.after(wait, Happening::ClockIsRight);
                }
            }
            83..84 => {
                let object = self.ends[number].object;
                self.copied(object);
            }
            84..88 => {
                let object = self.ends[number].object;
                self.crash(object);
            }
            88..94 => self.evict(self.ends[number].object),
            _ => {
                self.inbox_is_up = !self.inbox_is_up;
                let up = self.inbox_is_up;
                self.tell(|| format!("the inbox is {}", if up { "up" } else { "down" }));
            }
        }
    }

    /// How far a clock steps: by some seconds, an hour or a day, both ways.
    fn step(&mut self, few: u64) -> i64 {
        let far = match self.rng.below(10) {
            0..6 => few,
            6..8 => HOUR_MS,
            _ => DAY_MS,
        };
        self.rng.between(0, 2 * far) as i64 - far as i64
    }

    /// Somebody puts the edge's clock right.
    pub(crate) fn clock_is_right(&mut self) {
        self.tell(|| String::from("the edge's clock is put right"));
        self.clock_steps(-self.skew);
    }

    fn visitor_acts(&mut self, number: usize) {
        if !self.ends[number].is_open {
            return self.open_page(number);
        }
        let context = Context { locale: String::from("en"), ..Context::default() };
        let question = self.ends[number].log.state().open_questions.first().cloned();
        let survey = open_survey(self.ends[number].log.state(), self.server_now());
        match (self.rng.below(100), question, survey) {
            (0..15, Some(about), _) => {
                let yes = self.rng.chance(50);
                self.commit(number, VisitorAction::Helped { about, yes, article: None });
            }
            (0..15, None, Some(survey)) => {
                let score = self.rng.between(1, 5) as u8;
                self.commit(number, VisitorAction::Rate { survey, score, comment: String::new() });
            }
            (15..20, _, _) => {
                self.tell(|| format!("page {number} asks for a person"));
                self.commit(number, VisitorAction::AskPerson { context });
            }
            _ => {
                let text = self.write_down(number);
                self.commit(number, VisitorAction::Say { text, context });
            }
        }
    }

    fn agent_acts(&mut self, number: usize) {
        if !self.ends[number].is_open {
            return self.open_page(number);
        }
        if self.ends[number].log.have() == 0 {
            return self.fetch(number);
        }
        let until = self.server_now() + 20_000;
        let action = match self.rng.below(100) {
            0..50 => {
                let text = self.write_down(number);
                return self.reply(number, text);
            }
            50..65 => AgentAction::Resolve,
            65..70 => AgentAction::Reopen,
            70..85 => {
                let team = TeamId::parse("sales").unwrap_or_else(|error| panic!("{error}"));
                AgentAction::Assign { place: Placement { to: Destination::Team(team), ..Placement::default() } }
            }
            85..95 => AgentAction::Snooze { until },
            _ => AgentAction::Wake,
        };
        self.work(number, action);
    }

    /// A text that nobody else writes, as the reference model remembers it.
    pub(crate) fn write_down(&mut self, number: usize) -> String {
        self.written += 1;
        let links = self.ends[number].is_agent() && self.written.is_multiple_of(3);
        let address = if links { ", see https://help.example/a" } else { "" };
        let text = format!("message {} of page {number}{address}", self.written);
        self.tell(|| format!("page {number} writes \"{text}\""));
        let object = self.ends[number].object;
        self.intents.push(Intent { object, end: number, text: text.clone() });
        text
    }

    fn toggle_network(&mut self, number: usize) {
        let device = self.ends[number].device;
        let is_online = !self.devices[device].is_online;
        self.devices[device].is_online = is_online;
        self.tell(|| format!("device {device} is {}", if is_online { "online" } else { "offline" }));
        if is_online {
            return self.back_on(device);
        }
        for socket in 0..self.sockets.len() {
            let one = &self.sockets[socket];
            if self.ends[one.end].device == device && one.client_has && !one.broken {
                self.break_socket(socket, 30);
            }
        }
    }

    /// The browser says that it is online: the panel finds out at once whether its socket lives, and sends what waits.
    fn back_on(&mut self, device: usize) {
        for end in 0..self.ends.len() {
            if self.ends[end].device == device && self.ends[end].is_open {
                self.turn(end, Input::Check);
                self.hurry(end);
            }
        }
    }

    /// The trouble ends: all is up, everybody is back and looks at the thread, and nothing is lost any more.
    pub(crate) fn heal(&mut self) {
        self.tell(|| String::from("the trouble is over"));
        self.healed = true;
        self.healed_at = self.now;
        self.inbox_is_up = true;
        for object in 0..self.objects.len() {
            self.objects[object].store.fuse.set(None);
        }
        for device in 0..self.devices.len() {
            self.devices[device].is_online = true;
            self.back_on(device);
        }
        for end in 0..self.ends.len() {
            if !self.ends[end].is_open {
                self.open_page(end);
            }
        }
    }
}
