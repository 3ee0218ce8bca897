//! Many names of tests in few lines.

use std::collections::{BTreeMap, BTreeSet};

/// Lines that name all tests, each given by its program and its name. What modules have in common is told once:
/// `boards: load::{embassy, lm3s6965}::{burst, pause}`.
pub(super) fn fold(tests: &BTreeSet<(String, String)>) -> Vec<String> {
    let mut modules = BTreeMap::<_, BTreeSet<_>>::new();
    for (program, test) in tests {
        let (module, name) = test.rsplit_once("::").unwrap_or(("", test));
        modules.entry((program, module)).or_default().insert(name);
    }
    // Modules with the same tests beside each other, such as those of the boards.
    let mut siblings = BTreeMap::<_, BTreeSet<_>>::new();
    for ((program, module), names) in modules {
        // Tests outside of any module have no siblings.
        let parent = (!module.is_empty()).then(|| module.rsplit_once("::").map_or("", |(parent, _)| parent));
        let module = module.rsplit("::").next().unwrap_or_default();
        siblings.entry((program, parent, names)).or_default().insert(module);
    }
    let lines = siblings.into_iter().map(|((program, parent, names), modules)| {
        let path = [parent.unwrap_or_default().to_owned(), braced(&modules), braced(&names)];
        let path: Vec<_> = path.into_iter().filter(|part| !part.is_empty()).collect();
        let program = if program.is_empty() { String::new() } else { format!("{program}: ") };
        format!("{program}{}", path.join("::"))
    });
    lines.collect()
}

fn braced(names: &BTreeSet<&str>) -> String {
    let list = names.iter().copied().collect::<Vec<_>>().join(", ");
    if names.len() > 1 { format!("{{{list}}}") } else { list }
}

#[cfg(test)]
mod tests {
    use super::fold;

    fn folded(tests: &[(&str, &str)]) -> Vec<String> {
        fold(&tests.iter().map(|&(program, test)| (program.into(), test.into())).collect())
    }

    #[test]
    fn one_test_is_told_by_its_full_name() {
        assert_eq!(folded(&[("boards", "load::lm3s6965::burst")]), ["boards: load::lm3s6965::burst"]);
        assert_eq!(folded(&[("microbit", "answers")]), ["microbit: answers"]);
        assert_eq!(folded(&[("", "src/lib.rs - example (line 3)")]), ["src/lib.rs - example (line 3)"]);
    }

    #[test]
    fn what_names_have_in_common_is_told_once() {
        let tests = [
            ("boards", "load::embassy::burst"),
            ("boards", "load::embassy::pause"),
            ("boards", "load::lm3s6965::burst"),
            ("boards", "load::lm3s6965::pause"),
            ("boards", "load::riscv::burst"),
            ("boards", "top"),
            ("repl", "embassy::burst"),
        ];
        assert_eq!(
            folded(&tests),
            [
                "boards: top",
                "boards: load::riscv::burst",
                "boards: load::{embassy, lm3s6965}::{burst, pause}",
                "repl: embassy::burst",
            ]
        );
    }

    #[test]
    fn tests_outside_of_modules_are_not_taken_for_those_of_a_module() {
        assert_eq!(folded(&[("repl", "a"), ("repl", "b::a")]), ["repl: a", "repl: b::a"]);
    }
}
