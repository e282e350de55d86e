//! Finds the file that defines what a path names.

use super::modules::Module;

/// How far a name is followed: two re-exports that name each other would be endless.
const STEPS: Steps = Steps { names: 16, globs: 3 };

/// What is left of the way.
#[derive(Clone, Copy)]
struct Steps {
    names: u32,
    /// Each `*` may open several modules, so there are few of them on a way.
    globs: u32,
}

/// The modules of all crates.
pub(super) struct Names<'a, 'b> {
    modules: &'b [Module<'a>],
}

/// What a path leads to.
#[derive(Clone, Copy)]
enum Place<'a> {
    Module(usize),
    /// An item of this file.
    Item(&'a str),
}

impl<'a, 'b> Names<'a, 'b> {
    pub(super) fn new(modules: &'b [Module<'a>]) -> Self {
        Self { modules }
    }

    /// The file with the item that `path` names in the module `index`; nothing for a path into another crate, and for one
    /// that names a module alone: what is taken from the module is another path.
    pub(super) fn defined_in(&self, index: usize, path: &[&str]) -> Option<&'a str> {
        match self.find(index, path, STEPS)? {
            Place::Item(file) => Some(file),
            Place::Module(_) => None,
        }
    }

    /// From within a module: a path begins with `crate`, `self`, `super` or a name that is known there.
    fn find(&self, index: usize, path: &[&str], steps: Steps) -> Option<Place<'a>> {
        match path {
            ["crate", rest @ ..] => self.find_in(self.root(index), rest, steps),
            ["self", rest @ ..] => self.find_in(index, rest, steps),
            ["super", rest @ ..] => self.find_above(index, rest, steps),
            _ => self.find_in(index, path, steps),
        }
    }

    fn find_above(&self, index: usize, rest: &[&str], steps: Steps) -> Option<Place<'a>> {
        let parent = self.modules.get(index)?.parent?;
        match rest {
            ["super", rest @ ..] => self.find_above(parent, rest, steps),
            rest => self.find_in(parent, rest, steps),
        }
    }

    /// From the module on: each segment is a part, an import, or an item.
    fn find_in(&self, index: usize, path: &[&str], steps: Steps) -> Option<Place<'a>> {
        let steps = Steps { names: steps.names.checked_sub(1)?, ..steps };
        let Some((name, rest)) = path.split_first() else { return Some(Place::Module(index)) };
        let module = self.modules.get(index)?;
        if let Some((_, child)) = module.children.get(name) {
            // What a macro defines is not seen as an item, and is looked for in vain.
            let file = self.modules.get(*child)?.file;
            return self.find_in(*child, rest, steps).or(Some(Place::Item(file)));
        }
        if module.items.contains(name) || *name == "*" {
            return Some(Place::Item(module.file));
        }
        if let Some(import) = module.imports.get(name).filter(|import| import.as_slice() != path) {
            return match self.find(index, import, steps)? {
                Place::Module(module) => self.find_in(module, rest, steps),
                item => Some(item),
            };
        }
        let fewer = Steps { globs: steps.globs.checked_sub(1)?, ..steps };
        module.globs.iter().find_map(|glob| match self.find(index, glob, Steps { globs: 0, ..steps })? {
            Place::Module(module) if module != index => self.find_in(module, path, fewer),
            _ => None,
        })
    }

    fn root(&self, index: usize) -> usize {
        self.modules.get(index).and_then(|module| module.parent).map_or(index, |parent| self.root(parent))
    }
}
