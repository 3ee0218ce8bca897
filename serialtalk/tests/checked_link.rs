//! The sessions in `spec/checked-link.md`, replayed by two endpoints.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[allow(dead_code, reason = "shared by several tests")]
#[path = "spec/board.rs"]
mod board;
#[path = "support/checked_line.rs"]
mod checked_line;
#[path = "spec/tables.rs"]
mod tables;

use checked_line::{CheckedLine, Event, NAMES};

/// The number of which the host of the examples makes its first nonce.
const ENTROPY: u32 = 0x5a_baa6;

/// What ends do in a session, as a table shows it.
struct Session {
    line: CheckedLine,
    rows: Vec<[String; 4]>,
}

impl Session {
    /// Notes a row, with what it says in backticks.
    fn note(&mut self, end: usize, does: &str, what: &str) {
        let what = if what.is_empty() { String::new() } else { format!("`{what}`") };
        self.rows.push([self.line.now.to_string(), NAMES[end].into(), does.into(), what]);
    }

    /// Lets happen what does by itself until there is something to do.
    fn run(&mut self, until: u32) {
        while let Some(event) = self.line.run(until) {
            self.took(event);
        }
    }

    fn took(&mut self, event: Event) {
        match event {
            Event::Sends(end, bytes) => self.note(end, "sends", &hex(&bytes)),
            Event::Gets(end, what) => self.note(end, "gets", &what),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// Replays the session under a heading: does what the ends are told to do, and compares what they do by themselves.
fn replay(heading: &str) {
    let text = tables::text_of("checked-link.md");
    let section = text.split_once(&format!("\n### {heading}\n")).expect("a section").1;
    let section = section.split_once("\n#").map_or(section, |(section, _)| section);
    let mut told = vec![];
    tables::each_row(section, "ms | end | does | bytes or call | in words", 2, |row| told.push(row.to_vec()));

    let mut session = Session { line: CheckedLine::new(ENTROPY), rows: vec![] };
    for row in &told {
        let [ms, end, does, what, _] = &**row else { panic!("{row:?}") };
        let end = NAMES.iter().position(|name| name == end).expect("an end");
        let until = ms.parse().expect("a time");
        match does.split_once(", ").unwrap_or((does, "")) {
            ("calls", timeout) => {
                session.run(until);
                let timeout = timeout.strip_suffix(" ms").map_or(1500, |ms| ms.parse().expect("a timeout"));
                session.line.call(end, &tables::code(what), timeout);
            }
            ("tells", _) => {
                session.run(until);
                session.line.send(end, &tables::code(what));
            }
            ("restarts", _) => {
                session.run(until);
                session.line.restart(end, None);
            }
            ("leaves", _) => {
                session.run(until);
                session.line.ends[end].leave();
            }
            ("speaks plainly", _) => session.line.ends[end].speak_plainly(),
            ("arrives", _) => session.line.damage(end, |bytes| *bytes = tables::bytes(what)),
            _ => {
                let event = session.line.run(u32::MAX);
                session.took(event.expect("something happens"));
                continue;
            }
        }
        let what = what.trim_matches('`').to_owned();
        session.note(end, does, &what);
    }
    session.run(session.line.now + 5000);
    let shown = |rows: &[[String; 4]]| rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n");
    let expected: Vec<_> = told.iter().map(|row| [0, 1, 2, 3].map(|at| row[at].clone())).collect();
    assert!(session.rows == expected, "{heading}:\n{}", shown(&session.rows));
}

#[test]
fn every_kind_of_call_has_a_frame_of_its_own() {
    replay("Calls of every kind");
}

#[test]
fn a_call_whose_reply_is_lost_is_repeated_and_gets_the_kept_one() {
    replay("A reply is lost");
}

#[test]
fn damage_repeats_the_call_at_once() {
    replay("Damage");
}

#[test]
fn a_lost_reply_that_was_not_kept_is_an_error() {
    replay("A reply that was not kept");
}

#[test]
fn the_call_after_one_that_was_given_up_says_hello() {
    replay("A call that is given up");
}

#[test]
fn a_restart_of_the_board_ends_the_call_and_opens_a_new_session() {
    replay("The board starts again");
}

#[test]
fn a_session_is_resumed_after_some_time() {
    replay("After some time");
}

#[test]
fn two_ends_that_say_hello_at_once_open_one_session() {
    replay("Both call at once");
}

#[test]
fn a_peer_that_refuses_the_hello_is_called_plainly() {
    replay("A peer that speaks plainly");
}

#[test]
fn a_session_goes_on_after_a_program_has_left() {
    replay("A program that leaves");
}

#[test]
fn a_damaged_hello_is_said_again() {
    replay("A damaged hello");
}

#[test]
fn three_hellos_that_nothing_followed_are_followed_by_a_plain_call() {
    replay("Nobody answers");
}
