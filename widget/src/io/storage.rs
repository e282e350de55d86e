//! What is kept in the browser. In a frame the browser parts it by the host's site, and it may be forbidden or full: then the
//! panel works as long as it is open.

use super::json::Json;
use web_sys::Storage;

/// The text kept under a name.
pub(crate) fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps a text under a name. False if there is no room for it.
pub(crate) fn set(key: &str, value: &str) -> bool {
    local().is_none_or(|storage| storage.set_item(key, value).is_ok())
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
    for name in names(of_tab(), beginning) {
        set_for_tab(&name, None);
    }
}

fn names(storage: Option<Storage>, beginning: &str) -> Vec<String> {
    let Some(storage) = storage else { return Vec::new() };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|number| storage.key(number).ok().flatten());
    names.filter(|name| name.starts_with(beginning)).collect()
}

/// What is kept under a name in the browser and for this tab, without reading it: texts may be long.
pub(crate) fn unread(key: &str) -> [Json; 2] {
    [local(), of_tab()].map(|storage| storage.map(|storage| Json::of(storage.into()).get(key)).unwrap_or_default())
}

/// The text kept under a name for this tab only.
pub(crate) fn get_for_tab(key: &str) -> Option<String> {
    of_tab()?.get_item(key).ok().flatten()
}

/// Keeps a text under a name for this tab only; none forgets it. False if there is no room for it.
pub(crate) fn set_for_tab(key: &str, value: Option<&str>) -> bool {
    of_tab().is_none_or(|storage| match value {
        Some(value) => storage.set_item(key, value).is_ok(),
        None => storage.remove_item(key).is_ok(),
    })
}

// gloo's storage is not used: it panics where the browser forbids storage to frames of other sites.
fn local() -> Option<Storage> {
    super::window()?.local_storage().ok().flatten()
}

fn of_tab() -> Option<Storage> {
    super::window()?.session_storage().ok().flatten()
}
