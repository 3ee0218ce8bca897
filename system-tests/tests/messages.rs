//! What a person reads whose board is a MicroPython at its prompt.
#![cfg(target_os = "linux")]

use serialtalk::{Caller, Timeout};
use serialtalk_hal::serial;

/// What is said of a board at its prompt.
const AT_PROMPT: &str = "\n  the peer is at its prompt (`>>>`), where nothing is served: its program has ended, or never \
                         served; start it again\n  before that it said:\n    ";

/// The text of the error of a call to a board with this `main.py`.
fn text_of(main: &str) -> Option<String> {
    let board = peers::Venv::find()?.board();
    std::fs::write(board.folder().join("main.py"), main).unwrap();
    board.reset();
    let mut host = serial::open(board.path(), 115_200).unwrap().named("/dev/ttyACM0");
    // Until it is at its prompt, and has got a frame there.
    while !String::from_utf8_lossy(&host.stray().to_vec()).contains("checked?1~") {
        host.ready(500).unwrap_err();
    }
    host.set_timeout(Timeout::Ms(300));
    // A board that is slow to write back what it was sent is not known by half of that.
    let mut texts = (0..100).map(|_| host.call::<u8>("mult", (3u8, 2u8)).unwrap_err().to_string());
    Some(texts.find(|text| text.contains(AT_PROMPT)).expect("a board that is told to be at its prompt"))
}

#[test]
fn a_program_that_never_served_is_told_from_a_silent_peer() {
    let Some(text) = text_of("x = 1") else { return };
    let (first, said) = text.split_once(AT_PROMPT).unwrap();
    // What it waited for depends on how fast the board writes back what it was sent.
    assert!(first.contains(" within 300 ms on /dev/ttyACM0"), "{first}");
    assert!(said.starts_with("MicroPython "), "{said}");
    assert!(!said.contains("checked?") && !said.contains(">>>"), "{said}");
}

#[test]
fn a_program_that_failed_is_quoted_without_what_its_prompt_writes_back() {
    let Some(text) = text_of("raise OSError(5)") else { return };
    let (_, said) = text.split_once(AT_PROMPT).unwrap();
    assert!(
        said.contains("Traceback (most recent call last):\n") && said.contains("\n    OSError: "),
        "{said}"
    );
    assert!(!said.contains("checked?") && !said.contains(">>>"), "{said}");
}
