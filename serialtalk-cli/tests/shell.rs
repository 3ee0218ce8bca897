//! Calls line by line.

#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use support::Place;
use terminal::Terminal;

/// Whether the last line is the prompt: until then, Ctrl-C is a signal, and Ctrl-D is lost.
fn awaits_a_line(screen: &vt100::Screen) -> bool {
    screen.contents().trim_end().ends_with("demo>")
}

#[test]
fn each_line_of_a_pipe_is_a_call_and_the_worst_is_the_exit_code() {
    let place = Place::new();
    let _demo = place.demo();
    let lines = "mult 2 3\n\n# a comment\nmlt 1 1\nrename 'R 2'\nname\nmult 'a\n";
    let said = place.run_with_input(&["-b", "demo", "shell"], lines.as_bytes());
    assert_eq!(said.stdout, "6.0\nNone\n'R 2'\n", "{said:?}");
    assert!(said.stderr.contains("is it `mult`?") && said.stderr.contains("quote"), "{said:?}");
    assert_eq!(said.code, 2);
    let json = place.run_with_input(&["-b", "demo", "--json", "shell"], b"mult 2 4\n").ok();
    assert!(json.contains("\"value\":8.0"), "{json}");
}

#[test]
fn a_terminal_completes_names_hints_at_signatures_and_remembers_lines() {
    let place = Place::new();
    let demo = place.demo();
    let shell = place.command(&["-b", "demo", "shell"]);
    let mut terminal = Terminal::new(&shell, 100, 24);
    terminal.until_shown("demo> ");
    terminal.press("mu\t");
    terminal.until_shown("demo> mult (a: f32, b: f32) -> f32");
    terminal.press("6 7\r");
    terminal.until_shown("42.0");
    terminal.press("?\r");
    terminal.until_shown("move_to(joint: u8, degrees: f32)");
    terminal.until("a prompt", awaits_a_line);
    terminal.press("\x03");
    terminal.until_shown("Ctrl-D leaves");
    drop(demo);
    // It is told before a prompt, which comes after each line; when the loss is seen does not depend on that.
    for line in 0.. {
        terminal.press(&format!("# {line}\r"));
        let is_next = |screen: &vt100::Screen| {
            awaits_a_line(screen) && screen.contents().contains(&format!("# {line}\n"))
        };
        if terminal.until("the next prompt", is_next).contains("is not connected") {
            break;
        }
    }
    terminal.press("\x04");
    assert_eq!(terminal.end(), 0);
    terminal.is_left_as_it_was();
    let _demo = place.demo();
    let mut again = Terminal::new(&shell, 100, 24);
    again.until_shown("demo> ");
    again.press("\x12mult\r");
    again.until_shown("42.0");
    again.until("a prompt", awaits_a_line);
    again.press("\x04");
    assert_eq!(again.end(), 0);
}
