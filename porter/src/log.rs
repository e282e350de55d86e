//! The log: lines with their time, on the standard output, where journald takes them.

use std::io::Write;
use std::time::SystemTime;

/// Writes a line. A log that cannot be written, as on a full disk, stops nobody.
pub(crate) fn say(text: &str) {
    line("porter", text);
}

/// Writes a line that workerd has said.
pub(crate) fn repeat(text: &str) {
    line("workerd", text);
}

fn line(who: &str, text: &str) {
    let now = humantime::format_rfc3339_millis(SystemTime::now());
    let _full = writeln!(std::io::stdout().lock(), "{now} {who}: {text}");
}
