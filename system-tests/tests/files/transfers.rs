//! Single files.

use std::sync::{Arc, Mutex};

use peers::random;
use serialtalk_hal::board::{BoardError, Entry, Written};

use crate::boards::{on_each_board, on_pty};

on_each_board! {
    fn a_written_file_is_read_back_unchanged(board) {
        let every: Vec<u8> = (0..=255).collect();
        for bytes in [&b""[..], b"x", b"\x03", b"\x1b\x1bC\x1b[\x03\x04", &every, &random(4096)] {
            assert_eq!(board.write("file.bin", bytes).unwrap(), Written::Sent);
            assert_eq!(board.read("file.bin").unwrap(), bytes);
        }
    }

    fn an_unchanged_file_is_not_sent_again(board) {
        let bytes = random(300);
        assert_eq!(board.write("a", &bytes).unwrap(), Written::Sent);
        assert_eq!(board.write("a", &bytes).unwrap(), Written::Unchanged);
        let mut other = bytes.clone();
        other[299] ^= 1;
        assert_eq!(board.write("a", &other).unwrap(), Written::Sent);
        assert_eq!(board.read("a").unwrap(), other);
    }

    fn short_texts_are_sent_once_each(board) {
        for name in ["one.py", "two.py", "é.py"] {
            let text = format!("print('{name}')  # \u{20ac}\r\n").repeat(20);
            for (text, written) in [(&text[3..], Written::Sent), (&text, Written::Sent), (&text, Written::Unchanged)] {
                assert_eq!(board.write(name, text.as_bytes()).unwrap(), written);
                assert_eq!(board.write(name, text.as_bytes()).unwrap(), Written::Unchanged);
                assert_eq!(board.read(name).unwrap(), text.as_bytes());
                // Clears what is known about the board.
                board.repl().activate(60_000).unwrap();
            }
        }
    }

    fn names_may_have_spaces_and_any_character(board) {
        for name in ["with space", "é€ 日本.txt", "quote's \"x\"", "back\\slash"] {
            board.write(name, name.as_bytes()).unwrap();
            assert_eq!(board.read(name).unwrap(), name.as_bytes());
            assert_eq!(board.list("").unwrap(), [Entry { name: name.into(), is_folder: false, size: name.len() as u64 }]);
            board.remove(name).unwrap();
        }
        assert_eq!(board.list("").unwrap(), []);
    }

    fn what_is_at_a_path_is_found(board) {
        board.write("file", b"content").unwrap();
        let file = Entry { name: "file".into(), is_folder: false, size: 7 };
        assert_eq!(board.find("file").unwrap(), Some(file));
        assert!(board.find("").unwrap().unwrap().is_folder);
        assert_eq!(board.find("none").unwrap(), None);
        assert_eq!(board.find("none/none").unwrap(), None);
    }

    fn contents_are_compared(board) {
        board.write("file", b"content").unwrap();
        assert!(board.holds("file", b"content").unwrap());
        assert!(!board.holds("file", b"contents").unwrap());
        assert!(!board.holds("none", b"").unwrap());
        assert!(!board.holds("", b"").unwrap());
    }

    fn a_missing_file_is_not_found(board) {
        assert!(matches!(board.read("none"), Err(BoardError::NotFound { path }) if path == "none"));
        assert!(matches!(board.remove("none"), Err(BoardError::NotFound { path }) if path == "none"));
    }

    fn progress_is_reported(board) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&told);
        board.on_progress(move |progress| list.lock().unwrap().push((progress.path.to_owned(), progress.done, progress.total)));
        board.write("file", &random(1000)).unwrap();
        let told = std::mem::take(&mut *told.lock().unwrap());
        assert!(told.iter().all(|(path, done, total)| path == "file" && done <= total && *total == 1000));
        assert!(told.iter().map(|(_, done, _)| done).is_sorted());
        assert_eq!(told.last().unwrap().1, 1000);
    }
}

#[test]
fn a_large_file_is_written_and_read_back() {
    let micropython = peers::require!().board();
    let mut board = on_pty(&micropython);
    let bytes = random(262_144);
    board.write("large.bin", &bytes).unwrap();
    assert!(std::fs::read(micropython.folder().join("large.bin")).unwrap() == bytes);
    assert!(board.read("large.bin").unwrap() == bytes);
    assert_eq!(board.list("").unwrap().len(), 1, "no temporary file is left");
}
