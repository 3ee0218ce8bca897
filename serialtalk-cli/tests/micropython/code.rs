//! Code that runs on a board.

use serde_json::{Value, json};

use crate::bench::{Bench, bench};

#[test]
fn a_value_is_a_python_literal() {
    let bench = bench!();
    for (expression, expected) in [
        ("6*7", "42\n"),
        ("1, 2", "(1, 2)\n"),
        ("'it\\'s'", "\"it's\"\n"),
        ("[n for n in range(3)]  # a comment", "[0, 1, 2]\n"),
        ("-1", "-1\n"),
        ("open", "<function>\n"),
        ("chr(0x202e) + chr(27)", "'\\u202e\\x1b'\n"),
        ("print('noise') or b'a\\xff'", "b'a\\xff'\n"),
    ] {
        assert_eq!(bench.run(&["eval", expression]).ok(), expected, "{expression}");
    }
    assert_eq!(bench.run(&["eval", "--raw", "'a\\n' + chr(27)"]).ok(), "a\n\u{1b}");
    let json: Value = serde_json::from_str(&bench.run(&["--json", "eval", "(1, b'a')"]).ok()).unwrap();
    assert_eq!(json["value"], json!([1, { "$bytes": "61" }]));
    assert_eq!((&json["board"], &json["expression"]), (&json!(bench.board.path()), &json!("(1, b'a')")));
}

#[test]
fn an_exception_is_shown_as_python_prints_it() {
    let bench = bench!();
    let said = bench.run(&["eval", "1//0"]);
    assert_eq!(
        said.failed(1),
        "Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nZeroDivisionError: divide by zero\n"
    );
    let said = bench.run(&["exec", "def f(n):\n    return 1//n\nprint('before')\nf(0)"]);
    assert_eq!(said.stdout, "before\n");
    let traceback = said.failed(1);
    assert!(
        traceback.contains("  File \"<stdin>\", line 4, in <module>\n  File \"<stdin>\", line 2, in f\n")
    );
    let hostile = ["exec", "raise ValueError(chr(27) + '[2J')"];
    let traceback = bench.run(&hostile).failed(1);
    assert!(traceback.ends_with("ValueError: \\x1b[2J\n"), "{traceback:?}");
    let traceback = bench.run(&[&hostile[..], &["--raw"]].concat()).failed(1);
    assert!(traceback.ends_with("ValueError: \u{1b}[2J\n"), "{traceback:?}");
    let json: Value = serde_json::from_str(bench.run(&["--json", "eval", "1//0"]).stdout.trim()).unwrap();
    assert_eq!(json["error"]["kind"], "refused");
    assert!(json["error"]["text"].as_str().unwrap().ends_with("ZeroDivisionError: divide by zero"));
}

#[test]
fn what_a_program_prints_is_shown_and_cannot_control_the_terminal() {
    let bench = bench!();
    let code = "print('é', chr(27) + '[2J')\nimport sys\nsys.stdout.buffer.write(b'\\xff.')";
    assert_eq!(bench.run(&["exec", code]).ok(), "é \\x1b[2J\n\\xff.");
    let raw = bench.command(&["exec", "--raw", code]).output().unwrap();
    assert_eq!(raw.stdout, "é \u{1b}[2J\n".bytes().chain(*b"\xff.").collect::<Vec<u8>>());
    let lines = bench.run(&["--json", "exec", "print(1)\nprint(2, end='')"]).ok();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["printed"].as_str().unwrap()).collect::<Vec<_>>(), ["1\n", "2"]);
}

#[test]
fn code_comes_from_standard_input_and_names_stay() {
    let bench = bench!();
    bench.run(&["exec", "n = 5"]).ok();
    let mut command = bench.command(&["exec", "-"]);
    bench.write("code.py", "print(n + 1)\n");
    command.stdin(std::fs::File::open(bench.here("code.py")).unwrap());
    assert_eq!(crate::support::said(command).ok(), "6\n");
    let error = bench.run(&["exec", "print('\u{4}')"]).failed(2);
    assert!(error.contains("control character 0x04"), "{error}");
}

#[test]
fn a_file_runs_on_a_board_that_has_forgotten_everything() {
    let bench = bench!();
    bench.run(&["exec", "n = 5"]).ok();
    bench.write("program.py", "print('runs')\nprint(n)\n");
    let said = bench.run(&["run", "program.py"]);
    assert_eq!(said.stdout, "runs\n");
    let traceback = said.failed(1);
    assert!(traceback.contains("File \"program.py\", line 2"), "{traceback}");
    assert!(std::fs::read_dir(bench.board.folder()).unwrap().next().is_none(), "nothing is stored");
    let error = bench.run(&["run", "none.py"]).failed(2);
    assert!(error.starts_with("error: none.py: "), "{error}");
}

#[test]
fn output_that_nobody_reads_ends_the_program_quietly() {
    let bench = bench!();
    let mut program = bench.start(&["exec", "while True: print('more')"]);
    assert_eq!(program.line(), "more");
    let said = program.leave();
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
    bench.is_usable();
}

#[test]
fn the_command_line_says_how_long_a_program_may_run() {
    let bench = bench!();
    let error = bench.run(&["exec", "while True: pass", "--timeout", "5s"]).failed(3);
    assert!(error.starts_with("error: the program took longer than 5000 ms and was interrupted"), "{error}");
    bench.is_usable();
}

const ENDLESS: &str = "import time\nprint('begun')\nwhile True: time.sleep(0.01)\n";

#[test]
fn ctrl_c_interrupts_the_program_and_shows_where_it_was() {
    let bench = bench!();
    bench.write("endless.py", ENDLESS);
    for arguments in [["run", "endless.py"], ["exec", ENDLESS]] {
        let mut program = bench.start(&arguments);
        assert_eq!(program.line(), "begun");
        program.interrupt();
        let traceback = program.end().failed(1);
        assert!(traceback.starts_with("Traceback"), "{traceback}");
        assert!(traceback.ends_with("KeyboardInterrupt\n"), "{traceback}");
        bench.is_usable();
    }
}

#[test]
fn a_second_ctrl_c_leaves_a_program_that_does_not_end() {
    let bench = bench!();
    let stubborn = "\
print('begun')
while True:
    try:
        while True: pass
    except KeyboardInterrupt:
        print('no')
";
    let mut program = bench.start(&["exec", stubborn]);
    assert_eq!(program.line(), "begun");
    program.interrupt();
    assert_eq!(program.line(), "no");
    program.interrupt();
    program.end().failed(130);
    bench.board.reset();
    assert_eq!(bench.until_ok(&["eval", "6*7"]), "42\n");
}

#[test]
fn a_watched_file_runs_again_when_it_changes() {
    let bench = bench!();
    bench.write("program.py", "print('first')\n");
    let mut program = bench.start(&["run", "--watch", "program.py"]);
    assert_eq!(program.line(), "first");
    assert_eq!(program.error_line(), "program.py runs again when it changes");
    // One that does not end, and gives way to the next.
    bench.write("program.py", "print('second')\nwhile True: pass\n");
    assert_eq!(program.line(), "second");
    bench.write("new.py", "print('third')\nprint(1//0)\n");
    std::fs::rename(bench.here("new.py"), bench.here("program.py")).unwrap();
    assert_eq!(program.line(), "third");
    while program.error_line() != "program.py runs again when it changes" {}
    program.interrupt();
    program.end().failed(130);
    bench.is_usable();
}

#[test]
fn several_boards_run_the_same_code() {
    let venv = peers::require!();
    let (bench, other) = (Bench::new(&venv), Bench::new(&venv));
    let both = format!("{},{}", bench.board.path(), other.board.path());
    let code = "import os\nprint('one')\nprint('two', end='')";
    let mut lines: Vec<_> = bench.run(&["-b", &both, "exec", code]).ok().lines().map(str::to_owned).collect();
    lines.sort();
    let mut expected: Vec<_> = [&bench, &other]
        .iter()
        .flat_map(|it| ["one", "two"].map(|word| format!("{}: {word}", it.board.path())))
        .collect();
    expected.sort();
    assert_eq!(lines, expected);
    bench.write("a", "a");
    bench.run(&["-b", &both, "cp", "a", ":"]).ok();
    assert!(bench.there("a").exists() && other.there("a").exists());
    let error = bench.run(&["-b", &both, "cp", ":a", "."]).failed(2);
    assert!(error.contains("overwrite each other"), "{error}");
}
