//! Files copied to and from a board.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use peers::random;

use crate::bench::{Bench, bench, tree};
use crate::support::Said;
use crate::terminal::Terminal;

/// What a copy has told, without the name of the board.
#[track_caller]
fn told(bench: &Bench, said: Said) -> String {
    assert_eq!((said.code, said.stdout.as_str()), (0, ""), "{said:?}");
    said.stderr.replace(&format!("{}: ", bench.board.path()), "")
}

fn changed_at(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn a_file_is_copied_there_and_back_and_only_if_it_differs() {
    let bench = bench!();
    for size in [0, 10, 2000, 100_000] {
        let bytes = random(size);
        bench.write("file", &bytes);
        let copy = |from: &str, to: &str| told(&bench, bench.run(&["cp", from, to]));
        assert_eq!(copy("file", ":"), "1 file copied, 0 unchanged\n");
        let there = bench.there("file");
        assert!(fs::read(&there).unwrap() == bytes);
        let before = changed_at(&there);
        assert_eq!(copy("file", ":file"), "0 files copied, 1 unchanged\n");
        assert_eq!(changed_at(&there), before);
        assert_eq!(copy(":file", "back"), "1 file copied, 0 unchanged\n");
        let back = bench.here("back");
        assert!(fs::read(&back).unwrap() == bytes);
        let before = changed_at(&back);
        assert_eq!(copy(":file", "back"), "0 files copied, 1 unchanged\n");
        assert_eq!(changed_at(&back), before);
        fs::remove_file(back).unwrap();
    }
    assert_eq!(tree(bench.board.folder()).len(), 1, "no other file is left");
}

#[test]
fn folders_are_copied_there_and_back() {
    let bench = bench!();
    bench.write("project/main.py", "print(1)");
    bench.write("project/lib/deep er/é.py", "e = 1");
    fs::create_dir_all(bench.here("project/empty")).unwrap();
    let copy = |arguments: &[&str]| told(&bench, bench.run(&[&["cp", "-r"], arguments].concat()));
    assert_eq!(copy(&["project", ":"]), "2 files copied, 0 unchanged\n");
    assert_eq!(tree(&bench.there("project")), tree(&bench.here("project")));
    assert!(bench.there("project/empty").is_dir());
    bench.write("project/main.py", "print(2)");
    assert_eq!(copy(&["project/", ":"]), "1 file copied, 1 unchanged\n");
    // Under a new name, and the contents alone.
    assert_eq!(copy(&["project", ":new"]), "2 files copied, 0 unchanged\n");
    assert_eq!(tree(&bench.there("new")), tree(&bench.here("project")));
    assert_eq!(copy(&["project/.", ":new"]), "0 files copied, 2 unchanged\n");
    // And back.
    assert_eq!(copy(&[":new", "back"]), "2 files copied, 0 unchanged\n");
    assert_eq!(tree(&bench.here("back")), tree(&bench.here("project")));
    assert!(bench.here("back/empty").is_dir());
    fs::write(bench.there("new/main.py"), "print(3)").unwrap();
    fs::remove_dir_all(bench.here("project")).unwrap();
    fs::rename(bench.here("back"), bench.here("new")).unwrap();
    assert_eq!(copy(&[":new", "."]), "1 file copied, 1 unchanged\n");
    assert_eq!(fs::read_to_string(bench.here("new/main.py")).unwrap(), "print(3)");
}

#[test]
fn several_files_go_into_a_folder_and_one_gets_a_name() {
    let bench = bench!();
    bench.write("a", "a");
    bench.write("b", "b");
    bench.run(&["mkdir", "lib"]).ok();
    bench.run(&["cp", "a", "b", ":lib"]).ok();
    bench.run(&["cp", ":lib/a", ":c"]).ok();
    bench.run(&["cp", ":c", ":lib"]).ok();
    let names: Vec<_> = tree(bench.board.folder()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["c", "lib/a", "lib/b", "lib/c"]);
    fs::create_dir(bench.here("back")).unwrap();
    bench.run(&["cp", ":lib/a", ":lib/b", "back/"]).ok();
    assert_eq!(tree(&bench.here("back")).len(), 2);
}

#[test]
fn what_cannot_be_copied_is_said_with_what_to_do() {
    let bench = bench!();
    bench.write("file", "new");
    bench.write("folder/a", "a");
    bench.run(&["mkdir", "lib/file"]).ok();
    fs::write(bench.there("file"), "old").unwrap();
    for (arguments, code, error) in [
        (&["cp", "none", ":"][..], 2, "error: none: No such file or directory (os error 2)\n"),
        (&["cp", ":none", "."], 1, "error: there is no :none on the board\n  try: serialtalk ls :\n"),
        (&["cp", "folder", ":"], 2, "error: folder is a folder\n  try: serialtalk cp -r folder …\n"),
        (&["cp", ":lib", "."], 2, "error: :lib is a folder\n  try: serialtalk cp -r :lib …\n"),
        (
            &["cp", "file", "copy"],
            2,
            "error: neither the source nor the destination is on the board\n  \
             try: serialtalk cp file :copy\n       serialtalk cp :file copy\n",
        ),
        (
            &["cp", "file", ":new/"],
            1,
            "error: there is no folder :new on the board\n  try: serialtalk mkdir :new\n",
        ),
        (
            &["cp", "file", ":new/file"],
            1,
            "error: there is no folder :new on the board\n  try: serialtalk mkdir :new\n",
        ),
        (
            &["cp", "file", "folder/a", ":new"],
            1,
            "error: there is no folder :new on the board\n  try: serialtalk mkdir :new\n",
        ),
        (&["cp", "file", ":lib"], 1, "error: :lib/file is a folder on the board\n"),
        (&["cp", "-r", "folder", ":file"], 1, "error: :file is a file on the board\n"),
        (&["cp", ":file", "new/"], 2, "error: new/: there is no such folder\n"),
        (
            &["cp", ":file", "folder/none/file"],
            2,
            "error: folder/none/file: No such file or directory (os error 2)\n",
        ),
    ] {
        assert_eq!(bench.run(arguments).failed(code), error, "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(bench.there("file")).unwrap(), "old");
}

#[test]
fn a_full_board_keeps_the_old_file() {
    let bench = bench!();
    bench.run(&["exec", peers::SMALL_FILE_SYSTEM]).ok();
    let old = random(20_000);
    bench.write("file", &old);
    bench.run(&["cp", "file", ":/small/"]).ok();
    bench.write("file", random(60_000));
    let error = bench.run(&["cp", "file", ":/small/"]).failed(1);
    assert!(error.starts_with("error: no space left on the board for /small/file\n  try: "), "{error}");
    assert!(bench.command(&["cat", "/small/file"]).output().unwrap().stdout == old);
    assert_eq!(bench.run(&["ls", ":/small"]).ok().lines().count(), 1);
}

#[test]
fn progress_is_shown_on_a_terminal_and_not_in_a_pipe() {
    let bench = bench!();
    bench.write("large", random(4_000_000));
    let mut terminal = Terminal::new(&bench.command(&["cp", "large", ":"]), 80, 24);
    terminal.until_shown("/3.81 MiB");
    let shown = terminal.until_shown("1 file copied, 0 unchanged");
    assert!(!shown.contains("MiB"), "{shown}");
    assert_eq!(terminal.end(), 0);
    fs::remove_file(bench.there("large")).unwrap();
    assert_eq!(told(&bench, bench.run(&["cp", "large", ":"])), "1 file copied, 0 unchanged\n");
}
