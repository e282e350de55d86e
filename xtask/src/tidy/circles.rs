//! No two files need each other, neither directly nor by way of others.
//!
//! An arrow leads from a file to the file that defines what a path in it names; re-exports are followed to the definition. A
//! file with `mod x;` has `x` as its part: an arrow leads from it to the part, and what the part takes from the files above
//! it makes no arrow, because head and parts are one family. What many files need therefore has a file of its own, which
//! the head re-exports. Code under `cfg(test)` does not count.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, Finding};

mod modules;
mod names;
mod scripts;
mod search;
mod tokens;

use modules::Module;
use names::Names;

/// Why an arrow is there: the line, and the words that stand in it.
type Reason = (usize, String);

/// Arrows between files, by their paths, each with its first reason.
type Arrows<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Reason>>;

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let arrows = arrows(files);
    let mut findings = Vec::new();
    for circle in search::circles(&arrows) {
        let Some(first) = circle.first().and_then(|path| files.iter().find(|file| file.path == **path)) else {
            continue;
        };
        let next = circle.iter().skip(1).chain(circle.first());
        let steps = circle.iter().zip(next).filter_map(|(from, to)| {
            let (line, words) = arrows.get(from)?.get(to)?;
            Some(format!("{from}:{line} says {words} of {to}"))
        });
        let steps: Vec<_> = steps.collect();
        findings.push(first.finding(0, format!("files in a circle:\n      {}", steps.join("\n      "))));
    }
    findings
}

fn arrows(files: &[File]) -> Arrows<'_> {
    let modules = modules::read(files);
    let names = Names::new(&modules);
    let mut arrows: Arrows<'_> = BTreeMap::new();
    for (index, module) in modules.iter().enumerate() {
        let heads = heads(&modules, index);
        let paths = module.paths.iter().filter_map(|(line, path)| {
            let file = names.defined_in(index, path)?;
            Some((file, (*line, path.join("::"))))
        });
        let parts = module.children.values().filter_map(|(line, child)| {
            let child = modules.get(*child)?;
            Some((child.file, (*line, format!("mod {}", child.name))))
        });
        for (file, reason) in parts.chain(paths) {
            if file != module.file && !heads.contains(file) {
                arrows.entry(module.file).or_default().entry(file).or_insert(reason);
            }
        }
    }
    for file in files {
        for (line, words, path) in scripts::imports(file) {
            if let Some(named) = files.iter().find(|other| other.path == path) {
                arrows.entry(&file.path).or_default().entry(&named.path).or_insert((line, words.to_owned()));
            }
        }
    }
    arrows
}

/// The files of which the module's file is a part.
fn heads<'a>(modules: &[Module<'a>], index: usize) -> BTreeSet<&'a str> {
    let above = |index: &usize| modules.get(*index).and_then(|module| module.parent);
    std::iter::successors(above(&index), above).filter_map(|head| modules.get(head)).map(|head| head.file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::file;

    /// The files of each circle that is found.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<File> = files.iter().map(|(path, text)| file(path, text)).collect();
        check(&files).into_iter().map(|finding| finding.message).collect()
    }

    #[track_caller]
    fn check_names(files: &[(&str, &str)], named: &[&str]) {
        let found = found(files);
        assert_eq!(found.is_empty(), named.is_empty(), "{found:?}");
        for name in named {
            assert!(found.iter().any(|message| message.contains(name)), "{name}: {found:?}");
        }
    }

    #[test]
    fn two_files_that_name_each_other_are_a_circle() {
        let head = ("src/lib.rs", "mod a;\nmod b;");
        check_names(
            &[
                head,
                ("src/a.rs", "use crate::b::B;\npub struct A(B);"),
                ("src/b.rs", "// why\nuse super::a::A;\npub enum B { A(A) }"),
            ],
            &["src/a.rs:1 says crate::b::B of src/b.rs", "src/b.rs:2 says super::a::A of src/a.rs"],
        );
        check_names(&[head, ("src/a.rs", "use crate::b::B;"), ("src/b.rs", "pub struct B;")], &[]);
    }

    #[test]
    fn a_path_within_the_code_counts_and_one_in_a_comment_a_text_or_a_test_does_not() {
        let head = ("src/lib.rs", "mod a;\nmod b;");
        let b = ("src/b.rs", "use super::a;\npub fn b() { a::a() }");
        check_names(&[head, ("src/a.rs", "pub fn a() { crate::b::b() }"), b], &["crate::b::b", "a::a"]);
        for unread in [
            "// crate::b::b()",
            "const T: &str = r#\"crate::b::b\"#;",
            "/* /* */ crate::b::b */",
            "const C: char = '\"';",
        ] {
            check_names(&[head, ("src/a.rs", &format!("{unread}\npub fn a() {{}}")), b], &[]);
        }
        for test in [
            "#[cfg(test)]\nmod tests { use crate::b::b; }",
            "#[cfg(test)]\nuse crate::b::b;",
            "#[cfg(test)]\nfn t() { crate::b::b() }",
        ] {
            check_names(&[head, ("src/a.rs", &format!("pub fn a() {{}}\n{test}")), b], &[]);
        }
    }

    #[test]
    fn a_name_is_looked_for_where_it_is_defined() {
        let head = "mod a;\nmod b;\npub use a::A;\npub use b::{self, deep::{B as Bee, *}};";
        let files = [
            ("src/lib.rs", head),
            ("src/a.rs", "pub struct A;"),
            ("src/b.rs", "pub mod deep;\nuse crate::A;"),
            ("src/b/deep.rs", "pub struct B;\npub struct C;"),
        ];
        check_names(&files, &[]);
        for path in ["crate::Bee", "crate::C", "crate::b::deep::C"] {
            let a = ("src/a.rs", format!("use {path};\npub struct A;"));
            check_names(&[files[0], (a.0, &a.1), files[2], files[3]], &[]);
            let deep = ("src/b/deep.rs", "use crate::a::A;\npub struct B;\npub struct C;");
            check_names(&[files[0], (a.0, &a.1), files[2], deep], &[path, "src/b/deep.rs:1"]);
        }
    }

    #[test]
    fn what_a_macro_defines_lies_in_its_module() {
        check_names(
            &[
                ("src/lib.rs", "mod a;\nmod b;"),
                ("src/a.rs", "use super::b::Made;\npub struct A;"),
                ("src/b.rs", "make! { Made }\nuse super::a::A;"),
            ],
            &["super::b::Made of src/b.rs"],
        );
    }

    #[test]
    fn a_part_may_take_what_its_head_has_and_brings_the_head_what_it_needs() {
        check_names(
            &[("src/lib.rs", "mod a;\nfn f() { a::g() }\npub struct S;"), ("src/a.rs", "use super::S;\npub fn g() {}")],
            &[],
        );
        check_names(
            &[
                ("src/lib.rs", "mod a;\nmod b;"),
                ("src/a.rs", "mod part;\npub struct A;"),
                ("src/a/part.rs", "use crate::b::B;"),
                ("src/b.rs", "use crate::a::A;\npub struct B;"),
            ],
            &["src/a.rs:1 says mod part of src/a/part.rs", "src/b.rs:1"],
        );
    }

    #[test]
    fn scripts_that_import_each_other_are_a_circle() {
        let a = ("loader/a.js", "import { b } from \"./b.js\";");
        check_names(&[a, ("loader/b.js", "export const b = 1;")], &[]);
        check_names(&[a, ("loader/b.js", "import \"./a.js\";")], &["loader/a.js:1", "loader/b.js:1"]);
    }

    #[test]
    fn a_root_beside_others_has_its_parts_in_its_own_folder() {
        let check = |common: &str, named: &[&str]| {
            check_names(
                &[
                    ("tests/doors.rs", "mod common;\nmod other;"),
                    ("tests/common.rs", common),
                    ("tests/other.rs", "use super::common::C;\npub struct O;"),
                ],
                named,
            );
        };
        check("pub struct C;", &[]);
        check("pub struct C;\nuse crate::other::O;", &["tests/common.rs:2"]);
    }
}
