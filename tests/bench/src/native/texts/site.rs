//! A site as the edge and the panel have it: the demo's articles, the assistant's usual rules, and rules of routing.

use shared::assistant::{Keywords, Message, Rules, VisitorContext, decide};
use shared::conversation::State;
use shared::ids::EventId;
use shared::matching::{Corpus, Doc, Index, Query, Suggester, compile};
use shared::routing::{Assign, Case, Router, Rule, Then, When};
use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;

/// More rules than a large team keeps in order.
const ROUTING_RULES: usize = 100;
/// A rule's words.
const PHRASES: [&str; 6] = ["refund", "money back", "cancel* subscription", "返金", "คืนเงิน", "a b c"];

pub(super) struct Site {
    index: Index<Vec<u8>>,
    rules: Rules,
    router: Router,
}

impl Site {
    /// An error says which file cannot be read, or what is wrong with the rules.
    pub(super) fn open() -> Result<Self, String> {
        let bytes = compile(&Corpus { locale: "en", docs: &articles()?, audience: &[] });
        let index = Index::open(bytes).map_err(|error| error.to_string())?;
        let rules = (0..ROUTING_RULES).map(|number| routing_rule(number, PHRASES.map(String::from).to_vec())).collect();
        Ok(Self { index, rules: Rules::default(), router: router(rules)? })
    }

    /// The search after a key.
    pub(super) fn typed(&self, text: &str) {
        black_box(self.index.search(&Query { text, limit: Suggester::LOOK_AT, ..Query::default() }));
    }

    /// The assistant's look at a message, and its search.
    pub(super) fn sent(&self, text: &str) {
        self.typed(text);
        look(text, &self.rules);
    }

    /// All rules of routing.
    pub(super) fn routed(&self, text: &str) {
        let case = Case { text: String::from(text), ..Case::default() };
        black_box(self.router.route(&case));
    }

    /// The text is a published keyword, and a message of an ordinary length comes.
    pub(super) fn keyword(&self, text: &str) {
        let mut rules = self.rules.clone();
        rules.people_first.other = Keywords(BTreeMap::from([(String::from("en"), vec![String::from(text)])]));
        look("how do I send a broken lamp back?", &rules);
    }

    /// The text is a phrase of a rule, which is checked and asked.
    pub(super) fn rule(&self, text: &str) {
        if let Ok(router) = router(vec![routing_rule(0, vec![String::from(text)])]) {
            let case = Case { text: String::from("how do I send a broken lamp back?"), ..Case::default() };
            black_box(router.route(&case));
        }
    }
}

fn look(text: &str, rules: &Rules) {
    if let Ok(id) = EventId::parse("1") {
        let visitor = VisitorContext::default();
        black_box(decide(&State::default(), &Message { id: &id, text }, &[], rules, &visitor, 0));
    }
}

fn router(rules: Vec<Rule>) -> Result<Router, String> {
    Router::new(rules, Vec::new()).map(|(router, _)| router).map_err(|problems| format!("{problems:?}"))
}

fn routing_rule(number: usize, words: Vec<String>) -> Rule {
    Rule {
        id: format!("rule {number}"),
        // Each has words of its own, so that none stands behind another.
        when: When { words: [words, vec![format!("number{number}")]].concat(), ..When::default() },
        then: Then { assign: Assign::Queue, tags: vec![String::from("tag")], ..Then::default() },
    }
}

/// The demo's articles in English: the front matter's title, and the rest.
fn articles() -> Result<Vec<Doc>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/content/en");
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut docs = Vec::new();
    for entry in fs::read_dir(&folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).map_err(told)?;
            let title = text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap_or_default();
            docs.push(Doc {
                id: path.display().to_string(),
                title: String::from(title),
                body: text.clone(),
                ..Doc::default()
            });
        }
    }
    Ok(docs)
}
