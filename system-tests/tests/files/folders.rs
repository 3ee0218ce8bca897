//! Folders.

use std::fs;

use serialtalk_hal::board::{BoardError, Copied, Entry};

use crate::boards::{on_microbit, on_pty};

#[test]
fn a_folder_is_copied_and_only_changes_are_sent() {
    let micropython = peers::require!().board();
    let from = std::env::temp_dir().join(format!("serialtalk-tree-{}", std::process::id()));
    fs::create_dir_all(from.join("lib/deep er")).unwrap();
    fs::create_dir_all(from.join("empty")).unwrap();
    fs::write(from.join("main.py"), "print(1)").unwrap();
    fs::write(from.join("lib/a.py"), "a = 1").unwrap();
    fs::write(from.join("lib/deep er/é.txt"), "e").unwrap();
    let mut board = on_pty(&micropython);
    assert_eq!(board.copy_folder(&from, "").unwrap(), Copied { sent: 3, unchanged: 0 });
    fs::write(from.join("lib/a.py"), "a = 2").unwrap();
    assert_eq!(board.copy_folder(&from, "").unwrap(), Copied { sent: 1, unchanged: 2 });
    assert_eq!(board.copy_folder(&from, "x/y").unwrap(), Copied { sent: 3, unchanged: 0 });
    fs::remove_dir_all(&from).unwrap();
    assert_eq!(fs::read_to_string(micropython.folder().join("lib/a.py")).unwrap(), "a = 2");
    assert_eq!(fs::read_to_string(micropython.folder().join("x/y/lib/deep er/é.txt")).unwrap(), "e");
    let names: Vec<_> = board.list("x/y").unwrap().into_iter().map(|it| (it.name, it.is_folder)).collect();
    assert_eq!(names, [("empty".into(), true), ("lib".into(), true), ("main.py".into(), false)]);
    board.remove("x").unwrap();
    board.remove("lib").unwrap();
    let left: Vec<Entry> = board.list("").unwrap();
    assert_eq!(left.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["empty", "main.py"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let micropython = peers::require!().board();
    let from = std::env::temp_dir().join(format!("serialtalk-unreadable-{}", std::process::id()));
    fs::create_dir_all(from.join("lib")).unwrap();
    std::os::unix::fs::symlink("nowhere", from.join("lib/dangling.py")).unwrap();
    let error = on_pty(&micropython).copy_folder(&from, "").unwrap_err();
    let file = from.join("lib/dangling.py").display().to_string();
    assert!(matches!(&error, BoardError::Local(local) if local.path == file), "{error}");
    fs::remove_dir_all(&from).unwrap();
}

#[test]
fn a_board_without_folders_refuses_to_make_one() {
    let Some((_board, mut board)) = on_microbit() else { return };
    assert!(matches!(board.make_folder("lib"), Err(BoardError::NoFolders { path }) if path == "lib"));
}

#[test]
fn a_folder_cannot_replace_a_file() {
    let micropython = peers::require!().board();
    let mut board = on_pty(&micropython);
    board.write("lib", b"a file").unwrap();
    let error = board.make_folder("lib/inner").unwrap_err();
    assert_eq!(error.exception().and_then(|it| it.errno()), Some(17), "{error}");
}

#[test]
fn a_file_in_a_folder_that_is_not_there_names_the_folder() {
    let micropython = peers::require!().board();
    let error = on_pty(&micropython).write("www/static/index.html", b"<p>").unwrap_err();
    assert_eq!(error.to_string(), "there is no www/static on the board");
}
