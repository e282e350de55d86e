//! Takes the words out of panics. In a browser nobody hears them: a panic ends the program by a trap, and so it does without
//! them. Who never returns becomes the trap itself, and what only writes the words is not needed any more. In bytes of brotli
//! that saves 3,600 of the panel.

use super::binary::{CODE, DATA, Reader, custom_name, number};
use crate::Outcome;
use std::collections::BTreeSet;

/// The beginnings of the names of functions that never return, and do nothing before their trap that could be seen.
const NEVER_RETURN: [&str; 15] = [
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "core::cell::panic_already_",
    "core::cell::lazy::panic_poisoned",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "std::panicking::begin_panic",
    "std::panicking::panic_handler",
    "std::panicking::panic_with_hook",
    "std::thread::local::panic_access_error",
];

/// What those functions would say, as far as it is long enough to be nothing else.
const WORDS: [&str; 30] = [
    "slice index starts at ",
    " but ends at ",
    "index out of bounds: the len is ",
    " but the index is ",
    "range start index ",
    "range end index ",
    " out of range for slice of length ",
    "assertion `left ",
    " right` failed",
    "cannot access a Thread Local Storage value during or after destruction: ",
    "Attempted to initialize thread-local while it is being dropped",
    "copy_from_slice: source slice length (",
    ") does not match destination slice length (",
    "removal index (is ",
    ") should be < len (is ",
    "called `Option::unwrap()` on a `None` value",
    "LazyCell instance has previously been poisoned",
    "Once instance has previously been poisoned",
    "one-time initialization may not be performed recursively",
    "`async fn` resumed after completion",
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
    "internal error: entered unreachable code",
    "failed to generate unique thread ID: bitspace exhausted",
    "Tried to shrink to a larger capacity",
    "attempt to join into collection with len > usize::MAX",
    "assertion failed: self.is_char_boundary(new_len)",
    "Executor::spawn called, but no global 'spawn' function is configured.",
    "Executor::spawn_local called, but no global 'spawn_local' function is configured.",
    "The JS binding should only ever produce a valid value or the specific 'invalid' value",
];

/// A module that listens to its panics has this function.
const LISTENS: &str = "std::panicking::set_hook";

/// A function body of no locals that traps.
const TRAP: [u8; 3] = [0x00, 0x00, 0x0b];

/// The module without the words of its panics; `graph` is what wasm-opt prints of who calls whom in it.
pub(super) fn silenced(module: &[u8], graph: &str, others_write: bool) -> Outcome<Vec<u8>> {
    let names = function_names(module)?;
    if names.iter().any(|(_, name)| name.starts_with(LISTENS)) {
        return Ok(module.to_vec());
    }
    let words_are_needed = others_write
        || graph.lines().filter_map(edge).any(|(caller, called)| {
            let (caller, called) = (plain(caller), plain(called));
            writes_words(&called) && !writes_words(&caller) && !never_returns(&caller)
        });
    let is_mute = |name: &str| never_returns(name) || (writes_words(name) && !words_are_needed);
    let mute = names.iter().filter(|(_, name)| is_mute(name)).map(|(number, _)| *number).collect();
    with_traps(module, &mute)
}

fn never_returns(name: &str) -> bool {
    NEVER_RETURN.iter().any(|start| name.starts_with(start))
        || (name.starts_with("core::slice::index::slice_") && name.contains("_fail"))
        || (name.contains("alloc::vec::Vec<") && name.contains("::assert_failed"))
}

/// All that `core::fmt` calls, and it itself.
fn writes_words(name: &str) -> bool {
    name.contains(" as core::fmt::") || name.starts_with("<core::fmt::") || name.starts_with("core::fmt::")
}

/// A line such as `"caller" -> "called"; // call`.
fn edge(line: &str) -> Option<(&str, &str)> {
    let (caller, rest) = line.trim().strip_prefix('"')?.split_once("\" -> \"")?;
    Some((caller, rest.split_once("\";").or_else(|| rest.split_once("\" "))?.0))
}

/// A name without the numbers in brackets, which tell copies of a crate or of a function apart.
fn plain(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        rest = match after.split_once(']') {
            Some((number, after)) if number.chars().all(|c| c.is_ascii_hexdigit()) => after,
            _ => {
                out.push('[');
                after
            }
        };
    }
    out + rest
}

/// The functions of a module by their number, which counts imported ones first.
fn function_names(module: &[u8]) -> Outcome<Vec<(u32, String)>> {
    let mut names = Vec::new();
    for (id, body) in Reader::module(module)?.sections()? {
        let Some(mut parts) = custom_name(id, body).filter(|(name, _)| *name == b"name").map(|(_, rest)| rest) else {
            continue;
        };
        while !parts.is_empty() {
            /// The part of the section with the names of functions.
            const FUNCTIONS: u8 = 1;
            let kind = parts.byte()?;
            let length = parts.number()?;
            let mut part = Reader::of(parts.take(length)?);
            if kind == FUNCTIONS {
                for _ in 0..part.number()? {
                    let number = part.number()?;
                    let length = part.number()?;
                    names.push((number, plain(&String::from_utf8_lossy(part.take(length)?))));
                }
            }
        }
    }
    Ok(names)
}

/// The module with a trap in the place of these functions.
fn with_traps(module: &[u8], mute: &BTreeSet<u32>) -> Outcome<Vec<u8>> {
    let mut reader = Reader::module(module)?;
    let mut out = module.get(..8).unwrap_or_default().to_vec();
    let sections = reader.sections()?;
    let mut at = Reader::imported_functions(&sections)?;
    for (id, body) in sections {
        let mut written = body.to_vec();
        if id == DATA {
            WORDS.iter().for_each(|words| blank(&mut written, words.as_bytes()));
        }
        if id == CODE {
            let mut functions = Reader::of(body);
            let count = functions.number()?;
            written = number(count);
            for _ in 0..count {
                let length = functions.number()?;
                let function = functions.take(length)?;
                let function = if mute.contains(&at) { &TRAP } else { function };
                written.extend(number(u32::try_from(function.len()).map_err(|error| error.to_string())?));
                written.extend_from_slice(function);
                at += 1;
            }
        }
        out.push(id);
        out.extend(number(u32::try_from(written.len()).map_err(|error| error.to_string())?));
        out.extend(written);
    }
    Ok(out)
}

/// Makes zeros of some words wherever they stand. Nothing moves.
fn blank(bytes: &mut [u8], words: &[u8]) {
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| rest.windows(words.len()).position(|here| here == words))
    {
        let start = from + found;
        from = start + words.len();
        if let Some(place) = bytes.get_mut(start..from) {
            place.fill(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANIC: &str = "core[c5930c85a12de822]::panicking::panic_fmt";
    const WORDS: &str = "<char as core[c5930c85a12de822]::fmt::Debug>::fmt[1]";

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        [&[id, body.len() as u8], body].concat()
    }

    /// A module with one imported function, and three of its own that return at once: `own`, `PANIC` and `WORDS`.
    fn module(own: &str) -> Vec<u8> {
        let mut names = vec![3];
        for (number, name) in [(1, own), (2, PANIC), (3, WORDS)] {
            names.extend([number, name.len() as u8]);
            names.extend(name.bytes());
        }
        let names = [b"\x04name\x01".as_slice(), &number(names.len() as u32), &names].concat();
        let function = [4, 0, 1, 1, 0x0b].as_slice();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, b"\x01\x60\x00\x00"),
            section(2, b"\x01\x01m\x01f\x00\x00"),
            section(3, b"\x03\x00\x00\x00"),
            section(CODE, &[&[3], function, function, function].concat()),
            [&[0], number(names.len() as u32).as_slice(), &names].concat(),
        ]
        .concat()
    }

    /// Which of the three functions traps.
    fn check(own: &str, graph: &str, expected: [bool; 3]) {
        let silenced = silenced(&module(own), graph, false).unwrap();
        let sections = Reader::module(&silenced).unwrap().sections().unwrap();
        let mut code = Reader::of(sections.iter().find(|(id, _)| *id == CODE).unwrap().1);
        let traps: Vec<bool> = (0..code.number().unwrap())
            .map(|_| {
                let length = code.number().unwrap();
                code.take(length).unwrap() == TRAP
            })
            .collect();
        assert_eq!(traps, expected, "{own} {graph}");
    }

    #[test]
    fn panics_trap_without_a_word() {
        check("own", "", [false, true, true]);
        check(
            "own",
            &format!("  \"own\" -> \"{PANIC}\"; // call\n  \"{PANIC}\" -> \"{WORDS}\"; // call"),
            [false, true, true],
        );
    }

    #[test]
    fn the_words_become_zeros_where_they_stand() {
        let words = " but ends at ";
        let mut bytes = ["a", words, "b", words].concat().into_bytes();
        blank(&mut bytes, words.as_bytes());
        let zeros = "\0".repeat(words.len());
        assert_eq!(bytes, ["a", &zeros, "b", &zeros].concat().into_bytes());
    }

    #[test]
    fn what_writes_for_others_as_well_stays() {
        check("own", &format!("  \"own\" -> \"{WORDS}\"; // call"), [false, true, false]);
    }

    #[test]
    fn who_listens_to_panics_is_told_all_of_them() {
        check(LISTENS, "", [false, false, false]);
    }

    #[test]
    fn names_lose_the_numbers_of_their_crates_alone() {
        assert_eq!(plain(PANIC), "core::panicking::panic_fmt");
        assert_eq!(plain("core::slice::<impl [T]>::split_at[2]"), "core::slice::<impl [T]>::split_at");
        assert_eq!(plain("a["), "a[");
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(silenced(b"<html>", "", false).is_err());
        let module = module("own");
        assert!(silenced(&module[..module.len() - 3], "", false).is_err());
    }
}
