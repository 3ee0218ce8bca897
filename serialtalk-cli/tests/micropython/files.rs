//! Files and folders of a board: listed, shown, made, removed.

use std::fs;

use serde_json::{Value, json};

use crate::bench::bench;

#[test]
fn folders_are_made_listed_and_removed() {
    let bench = bench!();
    bench.run(&["mkdir", "lib", ":data/deep"]).ok();
    bench.run(&["mkdir", ":lib"]).ok();
    fs::write(bench.there("main.py"), "print(1)").unwrap();
    assert_eq!(bench.run(&["ls"]).ok(), "            data/\n            lib/\n         8  main.py\n");
    assert_eq!(bench.run(&["ls", ":data"]).ok(), "            deep/\n");
    assert_eq!(bench.run(&["ls", "main.py"]).ok(), "         8  main.py\n");
    let lines = bench.run(&["--json", "ls", ":"]).ok();
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last, json!({ "board": bench.board.path(), "name": "main.py", "folder": false, "size": 8 }));
    bench.run(&["rm", ":main.py"]).ok();
    bench.run(&["rm", "-r", "data", ":lib/"]).ok();
    assert_eq!(bench.run(&["ls", ":"]).ok(), "");
}

#[test]
fn a_file_is_written_to_a_pipe_byte_by_byte() {
    let bench = bench!();
    let bytes: Vec<u8> = (0..=255).collect();
    fs::write(bench.there("bytes"), &bytes).unwrap();
    fs::write(bench.there("text"), "text").unwrap();
    let output = bench.command(&["cat", ":bytes", "text"]).output().unwrap();
    assert_eq!(output.stdout, [&bytes[..], b"text"].concat());
    let json: Value = serde_json::from_str(&bench.run(&["--json", "cat", "text"]).ok()).unwrap();
    assert_eq!(json["content"], "text");
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let bench = bench!();
    bench.run(&["mkdir", "lib"]).ok();
    fs::write(bench.there("file"), "").unwrap();
    for (arguments, code, error) in [
        (&["ls", "none"][..], 1, "error: there is no :none on the board\n  try: serialtalk ls :\n"),
        (&["cat", ":lib/none"], 1, "error: there is no :lib/none on the board\n  try: serialtalk ls :lib\n"),
        (&["cat", "lib"], 1, "error: :lib is a folder\n  try: serialtalk ls :lib\n"),
        (&["rm", "lib"], 1, "error: :lib is a folder\n  try: serialtalk rm -r :lib\n"),
        (&["rm", "none"], 1, "error: there is no :none on the board\n  try: serialtalk ls :\n"),
        (
            &["rm", "-r", ":"],
            2,
            "error: : is all that the board has\n  try: name what to remove: serialtalk rm -r :main.py :lib\n",
        ),
        (&["mkdir", "file"], 1, "error: :file: there is a file of that name\n"),
        (&["mkdir", "file/inner"], 1, "error: :file/inner: there is a file of that name\n"),
    ] {
        assert_eq!(bench.run(arguments).failed(code), error, "{arguments:?}");
    }
}

#[test]
fn names_of_a_board_cannot_control_the_terminal() {
    let bench = bench!();
    fs::write(bench.there("a\u{1b}[2J\nb"), "").unwrap();
    assert_eq!(bench.run(&["ls"]).ok(), "         0  a\\x1b[2J\\nb\n");
    let error = bench.run(&["ls", "\u{1b}[2J"]).failed(1);
    assert!(error.starts_with("error: there is no :\\x1b[2J on the board\n"), "{error:?}");
}
