//! How much the edge carries, beside a plain chat on the same engine in the same run. `cargo xtask bench edge` runs it; with
//! `--only messages`, just how many messages are taken.

mod figures;
mod idle;
mod long;
mod pairs;
mod plain;
mod room;

use figures::{median, millis};
use pairs::Pace;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tests::Edge;

/// The address of each conversation's visitor is given here, as a platform would: all of them share one machine.
const ADDRESS: &str = "x-load-address";
/// Ours reaches at least this share of the plain chat's throughput, while it also numbers, deduplicates, tells the lists and
/// counts against limits.
const LEAST_SHARE: f64 = 0.7;
/// For how long messages are counted.
const MEASURED: Duration = Duration::from_secs(40);
/// A shared machine is now faster and now slower: both sides take turns, and the one in the middle counts.
const ROUNDS: usize = 3;
/// The more conversations there are, the less each says, and the more of what is done for it is what it owes others. This is as
/// long as four tellings of the inbox, and one question for more messages with a telling of the visitor's list, take to fall due.
const UNTIL_ALL_IS_DUE: Duration = Duration::from_secs(130);
/// How many conversations there are, and for how long they are measured.
const SIZES: [(u32, Duration); 3] = [(1, MEASURED), (100, MEASURED), (1_000, UNTIL_ALL_IS_DUE)];
/// While something is mended, one size does: `BEFOREHAND_LOAD=1000,40,1` is of a thousand conversations, forty seconds, one round.
const ONE_SIZE: &str = "BEFOREHAND_LOAD";
/// After ten seconds of silence workerd lets an object sleep.
const UNTIL_ASLEEP: Duration = Duration::from_secs(13);

fn main() {
    raise_open_files();
    let all = !std::env::args().skip(1).eq(["--only", "messages"].map(String::from));
    let edge = Edge::start_with(&[("ADDRESS_HEADER", ADDRESS), ("UNPACED", "1")]);
    let plain = plain::Plain::start();
    let ours = room::Ours::new(&edge);
    let theirs = room::Plain::new(plain.port());

    // First, while no other object is awake.
    if all {
        idle::run("plain", plain.pid(), &theirs);
        idle::run("ours", edge.pid(), &ours);
    }

    println!("messages: one waits for the other side's screen and its acknowledgement, then the next");
    println!("{:>22} {:>8} {:>12} {:>9} {:>9}", "conversations", "", "messages/s", "p50 ms", "p99 ms");
    let one = one_size();
    let rounds = one.map_or(ROUNDS, |(.., rounds)| rounds);
    let sizes = one.map_or_else(|| SIZES.to_vec(), |(conversations, measured, _)| vec![(conversations, measured)]);
    let shares = sizes.into_iter().map(|(conversations, measured)| {
        let what = conversations.to_string();
        let rounds = (0..rounds).map(|_| compare(&what, &ours, &theirs, conversations, Pace::Steady(measured)));
        let share = median(rounds.collect());
        println!("{what:>22} {:>8} {share:>12.2}", "median");
        share
    });
    let least = shares.fold(f64::MAX, f64::min);
    if one.is_none() {
        compare("1000, out of sleep", &ours, &theirs, 1_000, Pace::Once(UNTIL_ASLEEP));
    }

    if all {
        long::run(&edge, &ours);
        start_up(&edge);
    }
    println!("least share of the plain chat's throughput: {least:.2} (at least {LEAST_SHARE})");
    if least < LEAST_SHARE {
        // `exit` drops nothing, so the processes that were started here are ended first.
        drop((ours, theirs, plain, edge));
        std::process::exit(1);
    }
}

/// The one size that is asked for.
fn one_size() -> Option<(u32, Duration, usize)> {
    let numbers: Vec<u32> = std::env::var(ONE_SIZE).ok()?.split(',').map(|number| number.parse().unwrap()).collect();
    let [conversations, seconds, rounds] = numbers[..] else { panic!("{ONE_SIZE} has three numbers") };
    Some((conversations, Duration::from_secs(seconds.into()), rounds as usize))
}

/// The same for the plain chat and for us. Gives our share of its throughput.
fn compare(what: &str, ours: &room::Ours, theirs: &room::Plain, conversations: u32, pace: Pace) -> f64 {
    let plain = pairs::run(theirs, conversations, pace);
    let own = pairs::run(ours, conversations, pace);
    for (name, figures) in [("plain", &plain), ("ours", &own)] {
        println!("{what:>22} {name:>8} {:>12.0} {:>9.1} {:>9.1}", figures.per_second, figures.p50_ms, figures.p99_ms);
    }
    let share = own.per_second / plain.per_second;
    println!("{what:>22} {:>8} {share:>12.2}", "share");
    share
}

/// Silence is what is measured here, so there is no event to wait for.
fn let_pass(time: Duration) {
    let (_nobody, nothing) = mpsc::channel::<()>();
    let _timeout = nothing.recv_timeout(time);
}

/// From a kill to the first answer.
fn start_up(edge: &Edge) {
    let starts: Vec<f64> = (0..5)
        .map(|_| {
            edge.kill();
            let begun = Instant::now();
            edge.restart();
            millis(begun.elapsed())
        })
        .collect();
    println!("start-up: {:.0} ms until the first answer (median of {})", median(starts.clone()), starts.len());
}

/// Ten thousand sockets are twenty thousand open files, half of them workerd's, which inherits this.
fn raise_open_files() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    // Beyond the hard limit only root may go.
    let wanted = 65_536;
    if setrlimit(Resource::RLIMIT_NOFILE, wanted, wanted.max(hard)).is_err() {
        setrlimit(Resource::RLIMIT_NOFILE, hard, hard).unwrap();
    }
}
