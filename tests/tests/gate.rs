//! What somebody sees before they are signed in, in a browser: a workspace that is not there, and one that waits for its first agent.

use tests::Edge;
use tests::browser::Browser;

#[test]
fn a_workspace_that_is_not_there_is_told_before_a_form_is_filled_in() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    browser.go(&format!("{}/inbox?workspace=nonono", edge.origin()));
    browser.css(".card").wait_for_text("There is no workspace of this name.");
    assert!(!browser.named("textbox", "Name").is_there(), "there is nothing to sign in to");
    browser.expect_accessible("a workspace that is not there");
}

#[test]
fn a_workspace_of_ones_own_is_set_up_by_the_link_that_was_shown_with_it() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let secrets: shared::protocol::WorkspaceSecrets =
        serde_json::from_slice(&edge.try_make("acme").send().body).unwrap();
    browser.go(&format!("{}/inbox?workspace=acme", edge.origin()));
    browser.css(".card").wait_for_text("when this workspace was made");
    // The link is opened in the same tab, where only the fragment is new.
    browser.go(&format!("{}/inbox?workspace=acme#setup={}", edge.origin(), secrets.setup_token));
    browser.named("button", "Set up and sign in").wait();
    browser.expect_quiet("setting up");
}
