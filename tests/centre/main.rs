//! GNOME's and LibreOffice's help, published as their sites have them: whole pages of HTML with their pictures.
//! `cargo xtask bench help-centre` runs it, lists all that was not taken as it was written, and shows articles in the panel.
//!
//! Each page is put by itself, as a tool does that moves a help centre.

mod pages;

use pages::{Page, gnome, libreoffice};
use serde_json::{Value, json};
use shared::problem::Problem;
use shared::protocol::{Boot, Published};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;
use tests::browser::{Browser, Key};
use tests::edge::PUBLISH_TOKEN;
use tests::pictures::Pictures;
use tests::{Edge, Host, Reply, eventually};

/// Articles that are shown, by what a visitor types and the title that is then chosen.
const SHOWN: [(&str, &str); 2] = [
    ("visual overview of gn", "Visual overview of GNOME"),
    ("inserting and editing footn", "Inserting and Editing Footnotes or Endnotes"),
];
/// Kinds of losses that are printed; what is left over is counted.
const MOST_KINDS: usize = 40;

fn main() {
    let edge = Edge::start_with(&[("LOCAL_SERVERS", "1"), ("UNPACED", "1")]);
    let pictures = Pictures::serve(file);
    let centres = [
        ("GNOME", gnome(&folder("GNOME"), &pictures)),
        ("LibreOffice", libreoffice(&folder("LIBREOFFICE"), &pictures)),
    ];
    let none: Published = put(&edge, "articles", &json!({ "articles": [] })).ok();
    assert!(none.indexes.is_empty());
    for (name, pages) in &centres {
        publish(&edge, name, pages);
    }
    let count: usize = centres.iter().map(|(_, pages)| pages.len()).sum();
    let begun = Instant::now();
    let index = eventually("the index to hold them all", || {
        let boot: Boot = edge.client().get("/api/w/demo/boot?locale=en").send().ok();
        let index = edge.client().get(&boot.index?).send().body;
        shared::matching::Index::open(index.clone()).ok().filter(|open| open.len() == count).map(|_| index)
    });
    println!(
        "The index of {count} articles followed {:.1} s after the last one: {} bytes.",
        begun.elapsed().as_secs_f64(),
        index.len()
    );
    show(&edge);
}

/// Puts all pages one by one, and prints what was not taken as it was written.
fn publish(edge: &Edge, name: &str, pages: &[Page]) {
    let begun = Instant::now();
    let mut losses: BTreeMap<(String, String), (usize, usize, String)> = BTreeMap::new();
    let mut slowest = (0.0, "");
    for page in pages {
        let one = Instant::now();
        let reply = put(edge, &format!("articles/en/{}", page.id), &page.source());
        assert_eq!(reply.status, 200, "{}: {}", page.id, reply.text());
        let took = one.elapsed().as_secs_f64();
        if took > slowest.0 {
            slowest = (took, &page.id);
        }
        for problem in reply.ok::<Published>().warnings {
            let loss = losses.entry(kind(&problem)).or_default();
            loss.0 += 1;
            loss.1 += times(&problem.sentence);
            loss.2.clone_from(&page.id);
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let bytes: usize = pages.iter().map(|page| page.html.len()).sum();
    println!(
        "\n{name}: {} pages, {bytes} bytes of HTML, put one by one in {seconds:.1} s; the slowest took {:.2} s ({}).",
        pages.len(),
        slowest.0,
        slowest.1
    );
    let mut all: Vec<_> = losses.into_iter().collect();
    all.sort_by_key(|(_, loss)| std::cmp::Reverse(loss.0));
    println!("{:>6} {:>7}  what was dropped or changed, and one of the articles", "pages", "times");
    for ((code, sentence), (articles, times, example)) in all.iter().take(MOST_KINDS) {
        println!("{articles:>6} {times:>7}  {code}: {sentence} ({example})");
    }
    if all.len() > MOST_KINDS {
        println!("       further kinds: {}", all.len() - MOST_KINDS);
    }
}

/// A loss without what is particular to it, so that those of a kind are one.
fn kind(problem: &Problem) -> (String, String) {
    let mut sentence = problem.sentence.clone();
    if let Some((before, _)) = sentence.split_once(" It is there ") {
        sentence = before.into();
    }
    if let Some((before, after)) = sentence.split_once(" of article ") {
        let why = after.split_once(": ").map_or("", |(_, why)| why);
        let ending = before.rsplit('.').next().unwrap_or_default().to_owned();
        sentence = format!("A picture (.{ending}) cannot be had: {why}");
    }
    let parts = sentence.split('"').enumerate();
    let sentence: String = parts.map(|(place, part)| if place % 2 == 1 { "…" } else { part }).collect();
    let code = serde_json::to_value(problem.code).unwrap();
    (code.as_str().unwrap().into(), sentence)
}

/// How often something is there, as its sentence says.
fn times(sentence: &str) -> usize {
    let said = sentence.split_once(" It is there ").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
    said.unwrap_or(1)
}

/// Takes a picture of each article, on a desktop and on a phone in dark colours.
fn show(edge: &Edge) {
    for (browser, device) in [(Browser::open(edge), "desktop"), (Browser::dark_phone(edge), "phone")] {
        for (place, (typed, title)) in SHOWN.iter().enumerate() {
            let host = Host::visit(&browser, edge, "/plain/");
            host.open_panel();
            host.composer().click();
            // What was typed before is a draft.
            browser.press(&[Key::Control('a')]);
            browser.type_text(typed);
            host.suggestion(title).open_by_keyboard();
            eventually("its pictures", || {
                // Those below what scrolls, which ends above the composer, or in closed details, are not asked for yet.
                let all = "const end = document.querySelector('#composer').getBoundingClientRect().top - 40;
                    return [...document.images].every((image) => image.complete || !image.checkVisibility()
                        || image.getBoundingClientRect().top > end)";
                (browser.script(all, &[]) == json!(true)).then_some(())
            });
            browser.screenshot(&format!("help-{}-{device}", place + 1));
            browser.leave();
        }
    }
}

fn put(edge: &Edge, door: &str, body: &Value) -> Reply {
    edge.client().request("PUT", &format!("/api/w/demo/{door}")).bearer(PUBLISH_TOKEN).json(body).send()
}

/// The folder of a help centre, as `cargo xtask bench help-centre` found or made it.
fn folder(name: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(format!("BEFOREHAND_{name}")).expect("cargo xtask bench help-centre sets it"))
}

/// A file of one of the help centres, as their servers give it.
fn file(path: &str) -> (u16, String, Vec<u8>) {
    let found = ["GNOME", "LIBREOFFICE"].iter().find_map(|name| {
        let rest = path.strip_prefix(&format!("/{}/", name.to_lowercase()))?;
        std::fs::read(folder(name).join(rest)).ok().filter(|_| !rest.contains(".."))
    });
    found.map_or((404, String::new(), Vec::new()), |bytes| (200, String::new(), bytes))
}
