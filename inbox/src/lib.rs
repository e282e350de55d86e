//! What runs on the agent's screen: the lists, a conversation and the reply, live.
//!
//! `model` holds the rules, `io` touches the browser, `desk` joins the two, `view` draws.
//!
//! **Invariant:** what a visitor wrote reaches the page as text or as a link that was checked, never as HTML.

mod desk;
mod io;
mod lean;
mod model;
mod view;
mod words;

/// Draws the inbox into the page.
pub fn mount() {
    let (search, hash) = io::browser::address();
    let token = model::place::setup_token(&hash);
    // The token is a secret: it leaves the address before anything else can see it or fail.
    if token.is_some() {
        io::browser::remove_fragment();
    }
    // A set-up link that is opened in this tab, before or after somebody has signed in, begins with a fresh page.
    io::browser::on_new_fragment(|hash| {
        if model::place::setup_token(&hash).is_some() {
            io::browser::reload();
        }
    });
    let workspace = model::place::workspace(&search);
    io::language::speak(move || leptos::mount::mount_to_body(move || view::app(workspace, token)));
}
