//! What is kept in the browser. In a frame the browser parts it by the host's site, and it may be forbidden or full: then the
//! panel works as long as it is open.

use web_sys::Storage;

/// The text kept under a name.
pub(crate) fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps a text under a name.
pub(crate) fn set(key: &str, value: &str) {
    local().map(|storage| storage.set_item(key, value));
}

/// Forgets what is kept under a name.
pub(crate) fn remove(key: &str) {
    local().map(|storage| storage.remove_item(key));
}

/// All texts that are kept under names with this beginning, in any order.
pub(crate) fn all(beginning: &str) -> Vec<String> {
    names(local(), beginning).iter().filter_map(|name| get(name)).collect()
}

/// Forgets all that is kept under names with this beginning, for this tab too.
pub(crate) fn remove_all(beginning: &str) {
    names(local(), beginning).iter().for_each(|name| remove(name));
    names(of_tab(), beginning).iter().for_each(|name| set_for_tab(name, None));
}

fn names(storage: Option<Storage>, beginning: &str) -> Vec<String> {
    let Some(storage) = storage else { return Vec::new() };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|number| storage.key(number).ok().flatten());
    names.filter(|name| name.starts_with(beginning)).collect()
}

/// The text kept under a name for this tab only.
pub(crate) fn get_for_tab(key: &str) -> Option<String> {
    of_tab()?.get_item(key).ok().flatten()
}

/// Keeps a text under a name for this tab only; none forgets it.
pub(crate) fn set_for_tab(key: &str, value: Option<&str>) {
    of_tab().map(|storage| match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    });
}

// gloo's storage is not used: it panics where the browser forbids storage to frames of other sites.
fn local() -> Option<Storage> {
    super::window()?.local_storage().ok().flatten()
}

fn of_tab() -> Option<Storage> {
    super::window()?.session_storage().ok().flatten()
}
