//! Every kind of project, with short and long names, as text.

use crate::made::Made;
use crate::support::Place;

/// The boards that `--help` lists.
fn boards() -> Vec<String> {
    let help = Place::new().run(&["new", "--help"]).ok();
    let listed = help.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split(':').next());
    listed.map(str::to_owned).collect()
}

#[test]
fn projects_are_formatted_whatever_their_name() {
    peers::require_program!("rustfmt");
    let boards = boards();
    assert!(boards.len() > 10, "{boards:?}");
    for (number, board) in boards.iter().enumerate() {
        let name = ["a", "zebra_of-a-long-name-a-b-42"][number % 2];
        let made = Made::new(name, &["--firmware", board, "--micropython"]);
        made.cargo(&["fmt", "--check"]).ok();
        if board != "none" {
            made.shell("cd firmware && cargo fmt --check").ok();
        }
        for (path, text) in made.files() {
            assert!(!text.to_lowercase().contains("robot"), "{board}: {path}: {text}");
            assert!(!path.contains("robot"), "{board}: {path}");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{board}: {path}");
        }
    }
}
