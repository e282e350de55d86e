//! Keeps a data folder as this build writes it, for every later build to open: `cargo xtask keep NAME`.

mod talks;
mod team;

use serde_json::json;
use tests::stored::{DAY_MS, Seen};
use tests::{Edge, Stored, eventually};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(name), None) = (arguments.next(), arguments.next()) else {
        eprintln!("The folder needs a name: the day of the release, such as 2026-11-29.");
        std::process::exit(2);
    };
    let edge = Edge::start_empty_with(&[("DAY_MS", DAY_MS), ("UNPACED", "1")]);
    edge.make("demo");
    let team = team::hire(&edge);
    let numbers = talks::all(&edge, &team);
    for (number, helped) in [(201, true), (202, true), (203, false)] {
        let id = tests::id(number);
        let resolution = json!({ "id": id, "article": "track-a-parcel", "locale": "en", "helped": helped });
        assert_eq!(edge.client().post("/api/w/demo/resolutions").json(&resolution).send().status, 204);
    }
    let invitation = team.ada.invitation().token;
    eventually("everything to be in the inbox", || (team.ada.inbox().len() == numbers.len()).then_some(()));
    // The very last words are not told to every list yet, as at any moment at which a process may end.
    talks::last_words(&edge, &team);
    let seen = Seen::of(&edge, &team.ada, &invitation, numbers);
    edge.stop();
    Stored::named(&name).keep(&edge, &seen);
    println!("{name}: {} conversations are kept in tests/stored/{name}.", seen.conversations.len());
}
