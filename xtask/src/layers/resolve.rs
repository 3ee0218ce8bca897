//! Finds the module that defines what a path names.

use std::collections::BTreeSet;

use super::modules::{Id, Import, Kind, Mention, Modules, Name, ROOT};

/// A use of one module by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge<'a> {
    pub(super) from: Id,
    pub(super) to: Id,
    pub(super) mention: &'a Mention,
    pub(super) how: How,
}

/// How one module uses another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It names something that is defined there.
    Uses,
    /// It imports the module itself.
    Imports,
    /// It names something that is only re-exported there.
    PassesThrough,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// A module itself.
    Module(Id),
    /// Something that this module defines.
    Item(Id),
    /// A module whose re-export the path goes through.
    Through(Id),
}

/// All edges of a crate.
pub(super) fn edges(modules: &Modules) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    for (from, module) in modules.all.iter().enumerate() {
        for mention in &module.mentions {
            let mut search = Search { modules, from, pending: Vec::new() };
            for end in search.ends(mention) {
                let (to, how) = match end {
                    End::Module(to) if mention.kind == Kind::Import => (to, How::Imports),
                    End::Module(to) | End::Item(to) => (to, How::Uses),
                    End::Through(to) => (to, How::PassesThrough),
                };
                edges.push(Edge { from, to, mention, how });
            }
        }
    }
    edges
}

/// The search for what a path of one module leads to.
struct Search<'a> {
    modules: &'a Modules,
    /// The module that writes the path.
    from: Id,
    /// The names that are being looked up: imports can name each other in a circle.
    pending: Vec<(Id, String)>,
}

impl<'a> Search<'a> {
    fn ends(&mut self, mention: &Mention) -> BTreeSet<End> {
        match mention.kind {
            Kind::Path | Kind::Import => self.start(self.from, &mention.path).into_iter().collect(),
            Kind::Glob => {
                let ends = self.start(self.from, &mention.path);
                let mut all = BTreeSet::new();
                ends.into_iter().for_each(|end| self.contents(end, &mut all));
                all
            }
            Kind::Macro => self.macros(&mention.path[0]),
        }
    }

    /// Follows a path from the module that writes it.
    fn start(&mut self, from: Id, path: &[String]) -> Vec<End> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        match &**first {
            "crate" | "$crate" => self.follow(End::Module(ROOT), rest),
            "self" | "super" => self.follow(End::Module(from), path),
            // Of another crate, if there is nothing by this name.
            _ => {
                let ends = self.look_up(from, first);
                ends.into_iter().flat_map(|end| self.follow(end, rest)).collect()
            }
        }
    }

    /// Follows the rest of a path. What is behind an item, such as a variant or a method, belongs to it.
    fn follow(&mut self, from: End, path: &[String]) -> Vec<End> {
        let (End::Module(module), Some((first, rest))) = (from, path.split_first()) else {
            return vec![from];
        };
        let ends = match &**first {
            "self" => vec![End::Module(module)],
            "super" => vec![End::Module(self.modules.all[module].parent.unwrap_or(ROOT))],
            name => self.look_up(module, name),
        };
        if ends.is_empty() {
            // Made by a macro, so it does not show.
            return vec![End::Item(module)];
        }
        ends.into_iter().flat_map(|end| self.follow(end, rest)).collect()
    }

    /// Finds a name in a module; nothing if it is not there.
    fn look_up(&mut self, module: Id, name: &str) -> Vec<End> {
        let this = (module, name.to_owned());
        if self.pending.contains(&this) {
            return Vec::new();
        }
        self.pending.push(this);
        let modules = self.modules;
        let found = modules.all[module].names.get(name).map(Vec::as_slice).unwrap_or_default();
        let mut ends: Vec<_> = found.iter().flat_map(|what| self.stands_for(module, what)).collect();
        if ends.is_empty() {
            for glob in self.globs(module) {
                for end in self.start(module, &glob.path) {
                    if let End::Module(inner) = end {
                        let inner = self.look_up(inner, name);
                        ends.extend(inner);
                    }
                }
            }
        }
        self.pending.pop();
        ends
    }

    fn stands_for(&mut self, module: Id, name: &Name) -> Vec<End> {
        match name {
            Name::Module(child) => vec![End::Module(*child)],
            Name::Item => vec![End::Item(module)],
            Name::Macro(definer) => vec![End::Item(*definer)],
            Name::Import(import) if self.sees(module, import) => {
                let mut ends = self.start(module, &import.path);
                if module != self.from {
                    ends.push(End::Through(module));
                }
                ends
            }
            Name::Import(_) => Vec::new(),
        }
    }

    /// Whether the module that writes the path sees an import of another one.
    fn sees(&self, module: Id, import: &Import) -> bool {
        import.is_public || self.modules.is_inside(self.from, module)
    }

    /// The glob imports of a module that the one that writes the path sees.
    fn globs(&self, module: Id) -> Vec<&'a Import> {
        self.modules.all[module].globs.iter().filter(|glob| self.sees(module, glob)).collect()
    }

    /// All that a glob of this takes.
    fn contents(&mut self, end: End, all: &mut BTreeSet<End>) {
        let End::Module(module) = end else {
            all.insert(end);
            return;
        };
        if !all.insert(End::Item(module)) {
            return;
        }
        let modules = self.modules;
        for name in modules.all[module].names.keys() {
            let ends = self.look_up(module, name);
            // A module that is handed on is used only through longer paths.
            all.extend(ends.into_iter().filter(|end| !matches!(end, End::Module(_))));
        }
        for glob in self.globs(module) {
            for end in self.start(module, &glob.path) {
                self.contents(end, all);
            }
        }
    }

    /// The modules that define a macro which is called by its bare name.
    fn macros(&mut self, name: &str) -> BTreeSet<End> {
        // What is defined or imported here is not looked for elsewhere.
        if !self.look_up(self.from, name).is_empty() {
            return BTreeSet::new();
        }
        self.modules.macros.get(name).into_iter().flatten().map(|definer| End::Item(*definer)).collect()
    }
}
