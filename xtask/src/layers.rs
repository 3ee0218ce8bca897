//! `cargo xtask layers`: which module uses which, and whether the layers hold.
//!
//! Every path in the sources is resolved to the module that defines what it names; that is an edge from the module that
//! writes the path. Two things must hold: a module uses only those that the table in [`order`] allows it, and no files of a
//! crate form a circle.
//!
//! # What counts as an edge
//!
//! - Paths that start from `crate`, `$crate`, `self` or `super`, or from a name that the module declares or imports: in
//!   `use` trees, expressions, patterns, types, bounds and attributes, in the bodies of `macro_rules!` and in the arguments
//!   of macro calls. The latter two are walked token by token.
//! - A re-export is followed to the definition. A file that takes an item of its sibling through the `pub use` of their
//!   parent depends on the sibling, not on the parent; the parent's `pub use` is an edge from the parent to the child.
//! - A glob import depends on the module that it names and on everything that this module hands on.
//! - A macro called by its bare name, found by textual scope, is an edge to the files that define a macro of this name.
//! - An import of a module itself is checked against the table, but closes no circle: a module can be used only through
//!   longer paths, and these are edges themselves.
//! - `mod x;` alone is not an edge, nor is `pub(in path)`.
//! - `$crate::__private` is code of the crate in which the macro is called, so it may name a face.
//!
//! Names that the sources do not show, because a macro makes them, count as defined by the innermost module of the path.
//! Where a name has several definitions, such as under different features, there is an edge to each.
//!
//! # What is not seen
//!
//! Methods and fields reached through a value are not paths. Their type has been named somewhere, usually in the file that
//! declares the function or the field the value came from, so the dependency shows as a chain of edges rather than as one.
//! The tokens of `quote!` are code of other crates and are skipped, as are items under `#[cfg(test)]` and their files. A
//! file that no `mod` declaration reaches is an error, so that nothing escapes.

mod circles;
mod modules;
mod order;
mod report;
mod resolve;
mod sources;
mod tokens;
mod visit;

#[cfg(test)]
mod tests;

use anyhow::{Result, ensure};

use crate::cargo::root;
use modules::Modules;
use order::Rule;
use report::Report;
use sources::Sources;

/// The crates, and their layers.
const CRATES: [(&str, &[Rule]); 2] =
    [("serialtalk", order::SERIALTALK), ("serialtalk-macros", order::MACROS)];

/// Prints the edges between the top-level modules of each crate; fails if a layer or a circle is wrong.
pub(crate) fn run() -> Result<()> {
    let mut faults = Vec::new();
    for (name, rules) in CRATES {
        let report = check(&Sources::read(&root(), &format!("{name}/src"))?, rules)?;
        println!("{name}\n\n{}", report.table());
        faults.extend(report.faults);
    }
    for fault in &faults {
        println!("{fault}");
    }
    ensure!(faults.is_empty(), "{} faults in the layers", faults.len());
    println!("the layers hold");
    Ok(())
}

/// Checks one crate.
fn check(sources: &Sources, rules: &[Rule]) -> Result<Report> {
    let modules = Modules::parse(sources)?;
    let edges = resolve::edges(&modules);
    Ok(Report::new(&modules, &edges, rules))
}
