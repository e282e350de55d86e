//! axe-core, the accessibility checker, with the rules that it comes with.

use super::session::Session;
use crate::tools;
use serde_json::{Value, json};

/// What is wrong with the current document by all rules but these, a line for each element.
pub(super) fn violations(session: &Session, without: &[&str]) -> Vec<String> {
    let source = std::fs::read_to_string(tools::axe()).unwrap();
    // WebDriver's scripts are not the page's: they run under any Content-Security-Policy.
    let load = format!("if (!window.axe) {{ {source} }}");
    session.post("execute/sync", &json!({ "script": load, "args": [] })).unwrap();
    let found = session.post("execute/async", &json!({ "script": RUN, "args": [without] })).unwrap();
    assert!(found["passes"].as_u64().is_some_and(|passes| passes > 0), "axe did not run: {found}");
    found["violations"].as_array().unwrap().iter().flat_map(lines).collect()
}

/// Frames are checked from inside, one by one.
const RUN: &str = "
    const done = arguments[1];
    const rules = Object.fromEntries(arguments[0].map((rule) => [rule, { enabled: false }]));
    axe.run(document, { iframes: false, rules, resultTypes: ['violations'] }).then(
        (result) => done({ violations: result.violations, passes: result.passes.length }),
        (error) => done({ violations: [], passes: 0, error: String(error) }),
    );
";

fn lines(violation: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('\n', " ");
    let node = |node: &Value| {
        format!(
            "{}: {}\n    {}\n    {}",
            text(&violation["id"]),
            text(&violation["help"]),
            node["target"],
            text(&node["failureSummary"])
        )
    };
    violation["nodes"].as_array().unwrap().iter().map(node).collect()
}
