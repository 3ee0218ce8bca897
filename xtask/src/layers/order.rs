//! The layers: which module may use which.

/// A row of the table of layers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Top-level modules, which may also use each other.
    pub(super) modules: &'static [&'static str],
    /// What they may use.
    pub(super) uses: Uses,
}

/// What the modules of a layer may use.
#[derive(Debug, Clone, Copy)]
pub(super) enum Uses {
    /// These modules, which are to the left: in rows above.
    Only(&'static [&'static str]),
    /// Everything. Such a module is a face of the crate: nothing in the crate may use it.
    Everything,
}

use Uses::{Everything, Only};

/// The crate `serialtalk`: wire -> codec -> rpc -> drivers. A module uses those to its left, which are above it here.
#[rustfmt::skip]
pub(super) const SERIALTALK: &[Rule] = &[
    Rule { modules: &["wire"],  uses: Only(&[]) },
    Rule { modules: &["codec"], uses: Only(&["wire"]) },
    Rule { modules: &["rpc"],   uses: Only(&["wire", "codec"]) },
    // What the drivers need of devices.
    Rule { modules: &["link"],  uses: Only(&[]) },
    Rule { modules: &["clock"], uses: Only(&[]) },
    // The drivers.
    Rule { modules: &["talk", "blocking", "asynch"], uses: Only(&["wire", "codec", "rpc", "link", "clock"]) },
    // Stands apart: none of the above needs it.
    Rule { modules: &["repl"],  uses: Only(&["wire", "codec", "rpc", "link", "clock"]) },
    // The faces of the crate.
    Rule { modules: &["proto", "private", "lib"], uses: Everything },
];

/// The crate `serialtalk-macros`: errors -> syntax -> model -> the phases, which do not use each other.
#[rustfmt::skip]
pub(super) const MACROS: &[Rule] = &[
    Rule { modules: &["errors"], uses: Only(&[]) },
    Rule { modules: &["syntax"], uses: Only(&["errors"]) },
    Rule { modules: &["model"],  uses: Only(&["errors", "syntax"]) },
    Rule { modules: &["parse"],  uses: Only(&["errors", "syntax", "model"]) },
    Rule { modules: &["check"],  uses: Only(&["errors", "syntax", "model"]) },
    Rule { modules: &["items"],  uses: Only(&["errors", "syntax", "model"]) },
    Rule { modules: &["expand"], uses: Only(&["errors", "parse", "check", "items"]) },
    Rule { modules: &["lib"],    uses: Everything },
];

/// What is wrong with a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// What is used is a face.
    Face,
    /// Only these may be used.
    NotAmong(&'static [&'static str]),
}

/// The row of a top-level module; `__private` is in that of `private`.
pub(super) fn rule<'a>(rules: &'a [Rule], module: &str) -> Option<&'a Rule> {
    let module = module.trim_start_matches("__");
    rules.iter().find(|rule| rule.modules.contains(&module))
}

/// Checks the use of one top-level module by another. A module without a row is reported elsewhere.
pub(super) fn check(rules: &[Rule], from: &str, to: &str) -> Result<(), Wrong> {
    let (Some(user), Some(used)) = (rule(rules, from), rule(rules, to)) else { return Ok(()) };
    match (user.uses, used.uses) {
        (Everything, _) => Ok(()),
        (_, Everything) => Err(Wrong::Face),
        (Only(_), _) if user.modules == used.modules => Ok(()),
        (Only(allowed), _) if allowed.contains(&to) => Ok(()),
        (Only(allowed), _) => Err(Wrong::NotAmong(allowed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_uses_only_those_to_its_left() {
        for rules in [SERIALTALK, MACROS] {
            let mut left = Vec::new();
            for rule in rules {
                if let Only(uses) = rule.uses {
                    assert!(uses.iter().all(|used| left.contains(used)), "{rule:?}");
                }
                left.extend(rule.modules);
            }
        }
    }

    #[test]
    fn uses_are_checked_against_the_table() {
        assert_eq!(check(SERIALTALK, "codec", "wire"), Ok(()));
        assert_eq!(check(SERIALTALK, "wire", "codec"), Err(Wrong::NotAmong(&[])));
        assert_eq!(check(SERIALTALK, "blocking", "talk"), Ok(()));
        assert_eq!(check(SERIALTALK, "rpc", "link"), Err(Wrong::NotAmong(&["wire", "codec"])));
        assert_eq!(check(SERIALTALK, "blocking", "__private"), Err(Wrong::Face));
        assert_eq!(check(SERIALTALK, "__private", "blocking"), Ok(()));
    }
}
