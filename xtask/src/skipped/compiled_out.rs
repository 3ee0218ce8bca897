//! Tests that are not even compiled, because this operating system is none of theirs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders with such tests, each file or folder in them a program.
const FOLDERS: [&str; 2] = ["system-tests/tests", "examples/host/tests"];

/// A line of a program that restricts it to some systems.
pub(super) struct Restriction {
    line: &'static str,
    reason: &'static str,
    is_met: bool,
}

/// What programs ask for.
pub(super) const RESTRICTIONS: [Restriction; 2] = [
    Restriction { line: "#![cfg(unix)]", reason: "only on Unix", is_met: cfg!(unix) },
    Restriction {
        line: "#![cfg(target_os = \"linux\")]",
        reason: "only on Linux",
        is_met: cfg!(target_os = "linux"),
    },
];

/// A test that this system leaves out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CompiledOut {
    pub(super) reason: &'static str,
    pub(super) program: String,
    pub(super) test: String,
}

/// Each such test that is written out; of those that macros make there are more.
pub(super) fn tests(root: &Path, restrictions: &[Restriction]) -> Result<Vec<CompiledOut>> {
    let mut tests = Vec::new();
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        for path in entries(&folder)? {
            let program = stem(&path);
            let files = if path.is_dir() { entries(&path)? } else { vec![path.clone()] };
            let main = if path.is_dir() { path.join("main.rs") } else { path };
            let Ok(text) = fs::read_to_string(&main) else { continue };
            let Some(unmet) =
                restrictions.iter().find(|it| !it.is_met && text.lines().any(|line| line == it.line))
            else {
                continue;
            };
            for file in files {
                let module = if file == main { String::new() } else { format!("{}::", stem(&file)) };
                for name in names(&fs::read_to_string(&file).unwrap_or_default()) {
                    let test = format!("{module}{name}");
                    tests.push(CompiledOut { reason: unmet.reason, program: program.clone(), test });
                }
            }
        }
    }
    Ok(tests)
}

/// The functions of some code that are tests.
fn names(code: &str) -> impl Iterator<Item = &str> {
    let tests = code.split("#[test]\n").skip(1);
    tests
        .filter_map(|test| Some(test.split_once("fn ")?.1.split_once('(')?.0))
        .filter(|name| !name.contains('$'))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::root;

    #[test]
    fn every_program_of_another_system_is_named() {
        let elsewhere = RESTRICTIONS.map(|restriction| Restriction { is_met: false, ..restriction });
        let tests = tests(&root(), &elsewhere).unwrap();
        for (reason, program, test) in [
            ("only on Unix", "examples", "quickstart"),
            ("only on Unix", "boards", "ports::a_reset_of_a_pyboard_does_not_break_later_calls"),
            ("only on Linux", "repl", "activating::from_an_incomplete_raw_paste"),
        ] {
            let named = |it: &CompiledOut| it.reason == reason && it.program == program && it.test == test;
            assert!(tests.iter().any(named), "{program}: {test} in {tests:?}");
        }
        assert!(tests.iter().all(|test| test.program != "vectors"), "these run everywhere");
    }

    #[test]
    fn nothing_is_compiled_out_where_every_restriction_is_met() {
        let here = RESTRICTIONS.map(|restriction| Restriction { is_met: true, ..restriction });
        assert_eq!(tests(&root(), &here).unwrap(), []);
    }
}
