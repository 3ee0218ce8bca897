//! The modules of a crate, the names in them, and the paths that they write.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::sources::Sources;
use super::visit;

/// The place of a module in [`Modules`].
pub(super) type Id = usize;

/// The module at the root of the crate.
pub(super) const ROOT: Id = 0;

/// All modules of a crate, without those for tests.
#[derive(Debug)]
pub(super) struct Modules {
    pub(super) all: Vec<Module>,
    /// Macros by their names, with the modules that define them.
    pub(super) macros: BTreeMap<String, BTreeSet<Id>>,
}

/// A module: a file, or a part of one.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: String,
    pub(super) parent: Option<Id>,
    pub(super) file: PathBuf,
    /// The line of the declaration, in the parent's file.
    pub(super) line: usize,
    /// Whether it is for tests only.
    pub(super) is_test: bool,
    /// The folder in which the files of its children are looked for.
    pub(super) folder: PathBuf,
    /// What each name stands for; several things, if they are under different features or in different name spaces.
    pub(super) names: BTreeMap<String, Vec<Name>>,
    /// The prefixes of `use prefix::*`.
    pub(super) globs: Vec<Import>,
    /// The paths that it writes.
    pub(super) mentions: Vec<Mention>,
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) enum Name {
    /// A module declared there.
    Module(Id),
    /// An item defined there.
    Item,
    /// An exported macro, which is a name of the root, defined in this module.
    Macro(Id),
    /// Something imported.
    Import(Import),
}

/// A path that was imported.
#[derive(Debug, Clone)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// Whether others than the module and its descendants may see it.
    pub(super) is_public: bool,
}

/// A path that a module writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
    pub(super) kind: Kind,
}

/// Where a path is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In code or in tokens.
    Path,
    /// In a `use`.
    Import,
    /// In a `use`, before `::*`.
    Glob,
    /// Before `!`, without `::`.
    Macro,
}

impl Modules {
    /// Parses all files that belong to the crate.
    pub(super) fn parse(sources: &Sources) -> Result<Self> {
        let mut modules = Self { all: Vec::new(), macros: BTreeMap::new() };
        let file = sources.folder.join("lib.rs");
        modules.add(Module::new("lib", None, file, sources.folder.clone()));
        visit::file(sources, &mut modules, ROOT)?;
        let known: BTreeSet<_> = modules.all.iter().map(|module| &*module.file).collect();
        let lost: Vec<_> = sources.paths().filter(|path| !known.contains(path)).collect();
        ensure!(lost.is_empty(), "no `mod` declaration reaches these files: {lost:?}");
        Ok(modules)
    }

    /// Adds a module, and its name to its parent.
    pub(super) fn add(&mut self, module: Module) -> Id {
        let id = self.all.len();
        if let Some(parent) = module.parent {
            self.name(parent, &module.name, Name::Module(id));
        }
        self.all.push(module);
        id
    }

    /// Adds a name to a module.
    pub(super) fn name(&mut self, module: Id, name: &str, what: Name) {
        self.all[module].names.entry(name.to_owned()).or_default().push(what);
    }

    /// The module's ancestor that is a child of the root, or the root.
    pub(super) fn top(&self, module: Id) -> Id {
        match self.all[module].parent {
            None | Some(ROOT) => module,
            Some(parent) => self.top(parent),
        }
    }

    /// Whether a module is another one or inside of it.
    pub(super) fn is_inside(&self, module: Id, outer: Id) -> bool {
        module == outer || self.all[module].parent.is_some_and(|parent| self.is_inside(parent, outer))
    }
}

impl Module {
    /// A module without content.
    pub(super) fn new(name: &str, parent: Option<Id>, file: PathBuf, folder: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            parent,
            file,
            line: 1,
            is_test: false,
            folder,
            names: BTreeMap::new(),
            globs: Vec::new(),
            mentions: Vec::new(),
        }
    }

    /// Finds the file of a child `mod name;` without a `#[path]`, and the folder for the files of its own children.
    pub(super) fn file_of(&self, name: &str, sources: &Sources) -> Result<(PathBuf, PathBuf)> {
        let folder = self.folder.join(name);
        let files = [folder.with_extension("rs"), folder.join("mod.rs")];
        let file = files.into_iter().find(|file| sources.text(file).is_some());
        let file = file.with_context(|| format!("{}: `mod {name};` has no file", self.file.display()))?;
        Ok((file, folder))
    }

    /// The folder of its file.
    pub(super) fn file_folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }
}
