//! The modules of all crates: what each defines, takes in, has as parts, and names.

use std::collections::{BTreeMap, BTreeSet};

use super::super::File;
use super::tokens::{self, Token};

/// The segments of a path, such as `crate`, `a`, `B`. A `*` at the end means all that is there.
pub(super) type Segments<'a> = Vec<&'a str>;

/// A path that `use` brings in, and the name that it gets if it is another one.
type Import<'a> = (Segments<'a>, Option<&'a str>);

/// A module, which is a file or a part of one.
pub(super) struct Module<'a> {
    pub(super) name: &'a str,
    /// The path of the file.
    pub(super) file: &'a str,
    pub(super) parent: Option<usize>,
    /// By name: the line of `mod`, and the module.
    pub(super) children: BTreeMap<&'a str, (usize, usize)>,
    /// Types, functions, constants and macros.
    pub(super) items: BTreeSet<&'a str>,
    /// What `use` brings in, by the name that it has here.
    pub(super) imports: BTreeMap<&'a str, Segments<'a>>,
    /// The modules of which `use` brings in everything.
    pub(super) globs: Vec<Segments<'a>>,
    /// All paths that are named, with their lines.
    pub(super) paths: Vec<(usize, Segments<'a>)>,
}

/// Words that stand before the name of an item.
const DEFINING: [&str; 9] = ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "macro_rules"];

/// Reads the modules of all files. A root of a crate is a file that no other declares.
pub(super) fn read(files: &[File]) -> Vec<Module<'_>> {
    let sources: BTreeMap<&str, Vec<Token<'_>>> = files
        .iter()
        .filter(|file| file.has_ending(&["rs"]))
        .filter_map(|file| Some((file.path.as_str(), tokens::read(file.text.as_deref()?))))
        .collect();
    let declared: BTreeSet<&str> = sources.iter().flat_map(|(path, tokens)| declared(&sources, path, tokens)).collect();
    let mut reader = Reader { sources: &sources, modules: Vec::new() };
    for path in sources.keys().filter(|path| !declared.contains(*path)) {
        reader.file(path, "crate", None);
    }
    reader.modules
}

/// The files that a file has as parts, in tests as well.
fn declared<'a>(sources: &BTreeMap<&'a str, Vec<Token<'a>>>, path: &str, tokens: &[Token<'a>]) -> Vec<&'a str> {
    let pairs = tokens.iter().zip(tokens.iter().skip(1)).zip(tokens.iter().skip(2));
    let names = pairs.filter(|((word, _), end)| word.text == "mod" && end.text == ";").map(|((_, name), _)| name.text);
    names.filter_map(|name| part(sources, path, &[], name)).collect()
}

/// The file of the module `name` that is declared in the file `path`, within `inline` modules.
fn part<'a>(sources: &BTreeMap<&'a str, Vec<Token<'a>>>, path: &str, inline: &[&str], name: &str) -> Option<&'a str> {
    let (folder, stem) = path.rsplit_once('/').map_or(("", path), |(folder, stem)| (folder, stem));
    let own = format!("{folder}/{}", stem.trim_end_matches(".rs"));
    // A root has its parts beside itself, whatever it is called; others have theirs in a folder with their name.
    let folders =
        if ["lib.rs", "main.rs", "mod.rs"].contains(&stem) { [folder, folder] } else { [own.as_str(), folder] };
    let within: String = inline.iter().map(|name| format!("{name}/")).collect();
    let mut candidates = folders
        .iter()
        .flat_map(|folder| [format!("{folder}/{within}{name}.rs"), format!("{folder}/{within}{name}/mod.rs")]);
    candidates.find_map(|path| sources.get_key_value(path.as_str())).map(|(path, _)| *path)
}

struct Reader<'a, 'b> {
    sources: &'b BTreeMap<&'a str, Vec<Token<'a>>>,
    modules: Vec<Module<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn file(&mut self, path: &'a str, name: &'a str, parent: Option<usize>) -> Option<usize> {
        let tokens = self.sources.get(path)?;
        let index = self.module(path, name, parent);
        self.body(index, &[], tokens);
        Some(index)
    }

    fn module(&mut self, file: &'a str, name: &'a str, parent: Option<usize>) -> usize {
        self.modules.push(Module {
            name,
            file,
            parent,
            children: BTreeMap::new(),
            items: BTreeSet::new(),
            imports: BTreeMap::new(),
            globs: Vec::new(),
            paths: Vec::new(),
        });
        self.modules.len() - 1
    }

    fn body(&mut self, index: usize, inline: &[&'a str], mut tokens: &[Token<'a>]) {
        let mut is_test = false;
        while let [first, after @ ..] = tokens {
            tokens = match (first.text, after) {
                ("#", [open, ..]) if open.text == "[" => {
                    let (attribute, rest) = group(after);
                    is_test |= is_for_tests(attribute);
                    rest
                }
                ("pub", [open, ..]) if open.text == "(" => group(after).1,
                ("pub", _) => after,
                (_, _) if is_test => {
                    is_test = false;
                    after_item(tokens)
                }
                // `use<'a>` is a bound.
                ("use", [next, ..]) if next.text != "<" => self.import(index, first.line, after),
                ("mod", [name, sign, ..]) if name.is_word() && sign.text == ";" => {
                    let (file, line) = (self.modules.get(index).map_or("", |module| module.file), first.line);
                    let child = part(self.sources, file, inline, name.text);
                    let child = child.and_then(|file| self.file(file, name.text, Some(index)));
                    self.adopt(index, name.text, line, child);
                    after.get(2..).unwrap_or_default()
                }
                ("mod", [name, rest @ ..]) if name.is_word() && rest.first().is_some_and(|sign| sign.text == "{") => {
                    let (body, rest) = group(rest);
                    let file = self.modules.get(index).map_or("", |module| module.file);
                    let child = self.module(file, name.text, Some(index));
                    self.body(child, &[inline, &[name.text]].concat(), body);
                    self.adopt(index, name.text, first.line, Some(child));
                    rest
                }
                _ => self.word(index, first, after),
            };
        }
    }

    fn adopt(&mut self, index: usize, name: &'a str, line: usize, child: Option<usize>) {
        if let (Some(module), Some(child)) = (self.modules.get_mut(index), child) {
            module.children.insert(name, (line, child));
        }
    }

    /// Takes in a `use` and gives what follows its `;`.
    fn import<'t>(&mut self, index: usize, line: usize, tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
        let mut paths = Vec::new();
        let rest = tree(&[], tokens, &mut paths);
        let Some(module) = self.modules.get_mut(index) else { return rest };
        for (mut path, name) in paths {
            if path.last() == Some(&"self") && path.len() > 1 {
                path.pop();
            }
            let name = name.filter(|name| *name != "self").or(path.last().copied()).unwrap_or_default();
            module.paths.push((line, path.clone()));
            match path.split_last() {
                Some((&"*", module_path)) => module.globs.push(module_path.to_vec()),
                _ => {
                    module.imports.insert(name, path);
                }
            }
        }
        rest
    }

    /// Takes in what begins with a word, and gives what follows it: an item's definition, or a path.
    fn word<'t>(&mut self, index: usize, first: &Token<'a>, after: &'t [Token<'a>]) -> &'t [Token<'a>] {
        let Some(module) = self.modules.get_mut(index).filter(|_| first.is_word()) else { return after };
        if DEFINING.contains(&first.text) {
            module.items.extend(after.iter().find(|token| token.text != "!").map(|name| name.text));
        }
        let mut path = vec![first.text];
        let mut rest = after;
        while let [colons, word, further @ ..] = rest {
            if colons.text != "::" || !word.is_word() {
                break;
            }
            path.push(word.text);
            rest = further;
        }
        if path.len() > 1 {
            module.paths.push((first.line, path));
        }
        rest
    }
}

/// Reads one branch of a `use`, gathers its paths with the names they get, and gives what follows it.
fn tree<'a, 't>(before: &[&'a str], mut tokens: &'t [Token<'a>], paths: &mut Vec<Import<'a>>) -> &'t [Token<'a>] {
    let mut path = before.to_vec();
    while let [first, after @ ..] = tokens {
        match first.text {
            "::" => tokens = after,
            "{" => {
                let (mut branches, rest) = group(tokens);
                while !branches.is_empty() {
                    branches = tree(&path, branches, paths);
                }
                // What follows the group is a comma or the end.
                return rest.get(1..).unwrap_or_default();
            }
            "as" => {
                paths.push((path, after.first().map(|name| name.text)));
                return after.get(2..).unwrap_or_default();
            }
            "," | ";" => {
                paths.push((path, None));
                return after;
            }
            segment => {
                path.push(segment);
                tokens = after;
            }
        }
    }
    if path.len() > before.len() {
        paths.push((path, None));
    }
    tokens
}

/// What stands within the brackets with which the tokens begin, and what follows them.
fn group<'a, 't>(tokens: &'t [Token<'a>]) -> (&'t [Token<'a>], &'t [Token<'a>]) {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (tokens.get(1..index).unwrap_or_default(), tokens.get(index + 1..).unwrap_or_default());
        }
    }
    (tokens.get(1..).unwrap_or_default(), &[])
}

/// What follows an item: it ends with `;`, or with the `}` of its body.
fn after_item<'a, 't>(mut tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, after @ ..] = tokens {
        match first.text {
            ";" => return after,
            "{" => return group(tokens).1,
            "(" | "[" => tokens = group(tokens).1,
            _ => tokens = after,
        }
    }
    tokens
}

/// Whether an attribute is `cfg(test)` or one that asks for it among others.
fn is_for_tests(attribute: &[Token<'_>]) -> bool {
    let says = |word: &str| attribute.iter().any(|token| token.text == word);
    attribute.first().is_some_and(|first| first.text == "cfg") && says("test") && !says("not") && !says("any")
}
