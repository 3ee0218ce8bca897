//! The prompt of a board in a terminal.

use peers::random_from;

use crate::bench::{Bench, bench};
use crate::terminal::Terminal;

fn repl(bench: &Bench, arguments: &[&str]) -> Terminal {
    Terminal::new(&bench.command(&[&["repl"], arguments].concat()), 80, 24)
}

#[test]
fn lines_are_typed_at_the_prompt_of_the_board() {
    let bench = bench!();
    let mut terminal = repl(&bench, &[]);
    terminal.until_shown("Ctrl-] leaves");
    terminal.until_shown(">>> ");
    terminal.press("6*7\r");
    terminal.until_shown("42\n");
    terminal.press("while True: pass\r\r");
    terminal.until_shown("... ");
    terminal.press("\u{3}");
    terminal.until_shown("KeyboardInterrupt");
    // Its control characters reach the terminal.
    terminal.press("print('\\x1b[2J\\x1b[Hcle' + 'ared')\r");
    let shown = terminal.until_shown("cleared");
    assert!(!shown.contains("KeyboardInterrupt"), "{shown}");
    terminal.press("n = 5; n * 2\r");
    terminal.until_shown("10\n");
    // Nothing after it reaches the board.
    terminal.press("\u{1d}n = 6\r");
    assert_eq!(terminal.end(), 0);
    terminal.is_left_as_it_was();
    assert_eq!(bench.run(&["eval", "n"]).ok(), "5\n");
}

#[test]
fn a_board_that_serves_is_brought_to_its_prompt_unless_it_is_only_attached() {
    let bench = bench!();
    let main = "import time\nfor n in range(100000):\n    print('line', n)\n    time.sleep(0.01)\n";
    std::fs::write(bench.there("main.py"), main).unwrap();
    bench.run(&["reset"]).ok();
    let mut terminal = repl(&bench, &["--attach"]);
    terminal.until_shown("is attached");
    terminal.until_shown("line 9");
    terminal.press("\u{3}");
    terminal.until_shown("KeyboardInterrupt");
    terminal.press("\u{1d}");
    assert_eq!(terminal.end(), 0);
    terminal.is_left_as_it_was();
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let bench = bench!();
    for signal in [15, 1, 2] {
        let mut terminal = repl(&bench, &[]);
        terminal.until_shown(">>> ");
        let pid = terminal.child.process_id().unwrap();
        let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
        let signal = rustix::process::Signal::from_named_raw(signal).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
        assert_eq!(terminal.end(), 130);
        terminal.is_left_as_it_was();
    }
}

#[test]
fn a_board_that_goes_away_leaves_the_terminal_as_it_was() {
    let bench = bench!();
    let mut terminal = repl(&bench, &[]);
    terminal.until_shown(">>> ");
    drop(bench);
    assert_eq!(terminal.end(), 4);
    terminal.is_left_as_it_was();
}

#[test]
fn a_long_text_is_typed_whole() {
    let bench = bench!();
    let mut terminal = repl(&bench, &[]);
    terminal.until_shown(">>> ");
    let digits: String = random_from(5, 500).iter().map(|byte| char::from(b'0' + byte % 10)).collect();
    terminal.press(&format!("len('{digits}'), sum(map(int, '{digits}'))\r"));
    let sum: u32 = digits.bytes().map(|digit| u32::from(digit - b'0')).sum();
    terminal.until_shown(&format!("(500, {sum})"));
    terminal.press("\u{1d}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_pipe_is_no_terminal() {
    let bench = bench!();
    let error = bench.run(&["repl"]).failed(2);
    assert!(error.starts_with("error: `repl` is for a terminal"), "{error}");
}
