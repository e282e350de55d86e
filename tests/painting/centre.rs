//! A help centre of 500 articles, the same on every machine: each thing that a store sells with each thing that is done with it, told in
//! sentences of the demo's articles.

use serde_json::{Value, json};

/// The things.
const THINGS: &str = "lamp thermostat doorbell camera speaker mirror kettle toaster blender freezer fridge dishwasher oven microwave hob \
    vacuum iron dryer washer heater fan humidifier purifier radiator boiler router printer scanner monitor keyboard mouse headset \
    microphone webcam tablet laptop phone watch tracker scale thermometer toothbrush shaver trimmer razor hairdryer curler massager \
    blanket pillow mattress duvet wardrobe bookcase sofa armchair stool bench desk table cabinet drawer shelf carpet curtain blind \
    awning parasol hammock barbecue mower trimmer-line chainsaw drill sander saw hammer wrench ladder toolbox paint wallpaper tile tap \
    shower bathtub toilet sink hose sprinkler pump tent rucksack suitcase umbrella bicycle scooter helmet skateboard snowboard skis \
    treadmill rower dumbbell yoga-mat racket football goggles swimsuit jacket trousers jumper boots sandals gloves scarf hat belt \
    wallet necklace bracelet ring earrings sunglasses telescope binoculars guitar piano violin drumkit turntable projector console";
/// What is done with each, with a sentence of it.
const TASKS: [(&str, &str); 4] = [
    (
        "Set up and connect your",
        "Unpack it, plug it in, and connect it in the app before you use it for the first time",
    ),
    ("Return or exchange your", "Print the return label, and send it back in its box within thirty days"),
    ("Repair a broken", "If it makes a noise, leaks or does not start, describe the fault and we send a technician"),
    ("Track the delivery of your", "The parcel has a number, and the courier shows on the map where it is"),
];
/// How many articles that are.
pub(crate) const ARTICLES: usize = 500;
/// A body has this number of characters, and the rest of its last paragraph.
const BODY: usize = 1_500;

/// What visitors ask, in their own words: whole sentences and headwords, with slips, about what is there and what is not.
pub(crate) const QUESTIONS: [&str; 11] = [
    "how do i set up my thermostat",
    "doorbell wont connect to the app",
    "return the desk please",
    "my dishwasher is broken and leaks",
    "where is my parcel with the guitar",
    "the vaccum makes a strange noise",
    "exchange the jacket for another size",
    "do you sell gift cards",
    "telescope delivery",
    "repair of the washer, does not start",
    "when do the boots arrive",
];

/// The demo's content, for its site, with these articles in the place of its own.
pub(crate) fn content(mut demo: Value, site: &str) -> Value {
    let sentences = sentences(&demo);
    let pairs = THINGS.split_whitespace().flat_map(|thing| TASKS.iter().map(move |task| (thing, task)));
    let article = |(number, (thing, (task, told))): (usize, (&str, &(&str, &str)))| {
        json!({ "id": format!("article-{number}"), "locale": "en", "title": format!("{task} {thing}"),
            "markdown": body(&sentences, number, thing, told), "url": format!("{site}/help/{number}") })
    };
    demo["articles"] = pairs.take(ARTICLES).enumerate().map(article).collect();
    demo["answers"] = json!([]);
    demo
}

/// All sentences of the demo's English articles, without what is a list, a heading or a link.
fn sentences(demo: &Value) -> Vec<String> {
    let articles = demo["articles"].as_array().unwrap().iter().filter(|article| article["locale"] == "en");
    let paragraphs = articles.flat_map(|article| article["markdown"].as_str().unwrap().split('\n'));
    let plain = paragraphs.filter(|line| line.starts_with(char::is_alphabetic) && !line.contains(['[', '*', '`', '|']));
    plain.flat_map(|line| line.split_inclusive(". ")).map(|sentence| String::from(sentence.trim())).collect()
}

/// Paragraphs of one sentence that is the article's own, and three that others have too.
fn body(sentences: &[String], number: usize, thing: &str, told: &str) -> String {
    let mut body = String::new();
    for paragraph in 0.. {
        if body.len() >= BODY {
            break;
        }
        body += &if paragraph == 0 { format!("{told}. ") } else { format!("Is this about another {thing}? ") };
        for place in 0..3 {
            body += &sentences[(number * 31 + paragraph * 7 + place * (number % 13 + 1)) % sentences.len()];
            body += if place == 2 { "\n\n" } else { " " };
        }
    }
    body
}
