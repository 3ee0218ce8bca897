//! Each recipe, run as its page says.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use peers::Interpreter;

/// The program of a recipe. Cargo builds the examples of a package beside its tests.
fn program(name: &str) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.extend(["examples", name]);
    Command::new(path)
}

/// What a program that ends well has printed.
#[track_caller]
fn printed(mut command: Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{status}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// A folder of this test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn programs_print_what_their_pages_say() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cookbook");
    let mut count = 0;
    for page in std::fs::read_dir(pages).unwrap() {
        let page = page.unwrap().path();
        let text = std::fs::read_to_string(&page).unwrap();
        for block in text.split("\n```console\n$ cargo run -p cookbook --example ").skip(1) {
            let (name, rest) = block.split_once('\n').unwrap();
            let expected = rest.split_once("```").unwrap().0;
            assert_eq!(printed(program(name)), expected, "{name} of {}", page.display());
            count += 1;
        }
    }
    assert_eq!(count, 6);
}

#[test]
fn a_board_that_comes_back_has_its_state_again() {
    let output = printed(program("reconnecting"));
    let lines: Vec<_> = output.lines().filter(|line| !line.starts_with("tcp://")).collect();
    let [before, lost, after] = *lines else { panic!("{output}") };
    assert_eq!((before, after), ("hue: 120", "hue: 120"));
    assert!(lost.starts_with("lost: calling `hue` failed"), "{lost}");
    assert_eq!(output.matches(" is connected\n").count(), 2, "{output}");
}

#[test]
fn telemetry_has_a_row_for_each_reading() {
    let path = folder("telemetry").join("telemetry.csv");
    let mut telemetry = program("telemetry");
    telemetry.arg(&path).arg("25");
    let output = printed(telemetry);
    let table = std::fs::read_to_string(&path).unwrap();
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("ms,x,y,z"));
    let rows: Vec<_> = lines.map(|row| row.split_once(',').unwrap()).collect();
    assert!(rows.iter().all(|(_, values)| *values == "0,0.1,9.8"), "{table}");
    let times: Vec<u32> = rows.iter().map(|(ms, _)| ms.parse().unwrap()).collect();
    assert!(times.is_sorted(), "{table}");
    let said = format!("{} rows in {}, {} missed\n", rows.len(), path.display(), 25 - rows.len());
    assert_eq!(output, said);
}

#[test]
fn cpython_calls_a_board_on_a_port() {
    let venv = peers::require!();
    let folder = folder("cpython");
    let mut board = program("cpython").arg(&folder).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(board.stdout.take().unwrap()).lines();
    let port = lines.next().unwrap().unwrap();
    let mut calls = venv.command(Interpreter::CPython);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/calls.py");
    calls.arg(source).arg(port).env("PYTHONPATH", &folder);
    let output = printed(calls);
    let hue = lines.next().unwrap().unwrap();
    board.kill().unwrap();
    board.wait().unwrap();
    assert_eq!(output, "6.0\nled: argument hue: 70000 does not fit H (0 to 65535)\n");
    assert_eq!(hue, "hue: 120");
}

#[cfg(target_os = "linux")]
#[test]
fn code_runs_on_a_micropython_board_and_files_arrive() {
    let board = peers::require!().board();
    let mut micropython = program("micropython");
    micropython.arg(board.path());
    let output = printed(micropython);
    assert!(output.starts_with("0\n1\n2\n0 files\n"), "{output}");
    assert!(output.contains("index.html has 15 bytes\n"), "{output}");
    assert!(output.contains("ZeroDivisionError: divide by zero\n"), "{output}");
    let page = std::fs::read_to_string(board.folder().join("www/index.html")).unwrap();
    assert_eq!(page, "<h1>hello</h1>\n");
}
