//! Mounts the inbox.
fn main() {
    inbox::mount();
}
