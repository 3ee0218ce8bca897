//! Programs that are put on a board and serve there; boards that are restarted and shared.

use std::fs;

use serde_json::Value;

use crate::bench::{bench, until};
use crate::support::Started;

/// A program that serves `word`.
fn program(word: &str) -> String {
    format!(
        "from serialtalk_peer import SerialTalk\n\ndef word():\n    return '{word}'\n\n\
         st = SerialTalk()\nst.add_command(word, 'repr', 'word')\nst.loop()\n"
    )
}

#[test]
fn a_file_becomes_the_program_of_the_board() {
    let bench = bench!();
    bench.write("board.py", program("first"));
    let said = bench.run(&["deploy", "board.py"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stderr.ends_with(": 2 files sent, 0 unchanged; the program serves\n"), "{said:?}");
    assert_eq!(bench.run(&["call", "word"]).ok(), "'first'\n");
    assert_eq!(fs::read_to_string(bench.there("main.py")).unwrap(), program("first"));
    bench.write("board.py", program("second"));
    let json = bench.run(&["--json", "deploy", "board.py"]).ok();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["sent"], &json["unchanged"]), (&1.into(), &1.into()));
    assert_eq!(bench.run(&["call", "word"]).ok(), "'second'\n");
}

#[test]
fn every_command_has_its_way_with_the_small_peer() {
    let bench = bench!();
    bench.write("board.py", program("text"));
    bench.run(&["deploy", "board.py"]).ok();
    assert_eq!(bench.run(&["list"]).ok(), "word\n");
    assert_eq!(bench.run(&["describe", "--probe"]).ok(), "word  0 arguments\n");
    assert!(bench.run(&["describe"]).failed(1).contains("--probe"));
    assert!(bench.run(&["call", "wort"]).failed(1).contains("is it `word`?"));
    assert!(bench.run(&["call", "word", "1"]).failed(1).contains("`word`"));
    assert_eq!(bench.run(&["watch", "word", "-n", "1"]).ok(), "'text'\n");
    assert!(bench.run(&["watch", "word", "-n", "1", "--csv"]).ok().ends_with(",text\n"));
    assert!(bench.run(&["bench", "-n", "5", "--json"]).ok().contains("\"calls\":5"));
    assert!(bench.run(&["check", "--json"]).ok().contains("\"link\":\"plain\""));
    assert!(bench.run(&["generate", "rust"]).failed(1).contains("does not tell the signatures"));
    bench.write("calls", "word\nword\n");
    let mut shell = bench.command(&["shell"]);
    shell.stdin(fs::File::open(bench.here("calls")).unwrap());
    assert_eq!(crate::support::said(shell).ok(), "'text'\n'text'\n");
}

#[test]
fn a_board_at_its_prompt_is_told_by_every_command_that_calls() {
    let bench = bench!();
    for arguments in [
        &["list"][..],
        &["describe"],
        &["call", "word"],
        &["watch", "word"],
        &["bench"],
        &["check"],
        &["shell"],
        &["share"],
        &["generate", "python"],
    ] {
        let said = bench.run(&[&["--timeout", "1s"], arguments].concat()).failed(3);
        assert!(said.contains("serialtalk deploy") && said.contains("`>>>`"), "{arguments:?}: {said}");
    }
    bench.is_usable();
}

#[test]
fn a_folder_becomes_the_program_of_the_board_without_what_is_hidden() {
    let bench = bench!();
    bench.write(
        "project/main.py",
        program("text").replace("'text'", "lib.words.WORD").replace("def", "import lib.words\ndef"),
    );
    bench.write("project/lib/words.py", "WORD = 'from a module'\n");
    bench.write("project/.git/config", "");
    bench.write("project/lib/__pycache__/words.pyc", "");
    bench.run(&["deploy", "project"]).ok();
    assert_eq!(bench.run(&["call", "word"]).ok(), "'from a module'\n");
    let names: Vec<_> = crate::bench::tree(bench.board.folder()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["lib/words.py", "main.py", "serialtalk_peer.py"]);
    fs::create_dir(bench.here("empty")).unwrap();
    let error = bench.run(&["deploy", "empty"]).failed(2);
    assert!(error.starts_with("error: empty: there is no main.py in it\n"), "{error}");
    let error = bench.run(&["deploy", "none.py"]).failed(2);
    assert!(error.starts_with("error: none.py: "), "{error}");
}

#[test]
fn a_program_that_does_not_serve_is_a_failure() {
    let bench = bench!();
    bench.write("bad.py", "import time\nprint(nowhere)\n");
    let traceback = bench.run(&["deploy", "bad.py"]).failed(1);
    assert!(traceback.starts_with("Traceback (most recent call last):\n"), "{traceback}");
    assert!(traceback.ends_with("NameError: name 'nowhere' isn't defined\n"), "{traceback}");
    bench.write("ends.py", "n = 1\n");
    let error = bench.run(&["deploy", "ends.py"]).failed(1);
    assert!(error.contains("the program ended") && error.contains("try: --no-echo"), "{error}");
    bench.run(&["deploy", "--no-echo", "ends.py"]).ok();
    bench.write("other.py", "print('busy')\nwhile True: pass\n");
    let error = bench.run(&["deploy", "--timeout", "5s", "other.py"]).failed(3);
    assert!(error.contains("does not answer within 5s") && error.contains("    busy\n"), "{error}");
    bench.is_usable();
}

#[test]
fn a_watched_program_is_deployed_again_and_can_be_called_meanwhile() {
    let bench = bench!();
    bench.write("board.py", program("first"));
    let mut deployment = bench.start(&["deploy", "--watch", "board.py"]);
    assert!(deployment.error_line().ends_with("the program serves"));
    assert_eq!(bench.run(&["call", "word"]).ok(), "'first'\n");
    bench.write("board.py", program("second"));
    assert!(deployment.error_line().ends_with("1 file sent, 1 unchanged; the program serves"));
    assert_eq!(bench.run(&["call", "word"]).ok(), "'second'\n");
    bench.write("board.py", "print(nowhere)\n");
    while !deployment.error_line().starts_with("NameError") {}
    bench.write("board.py", program("third"));
    assert!(deployment.error_line().ends_with("the program serves"));
    deployment.interrupt();
    deployment.end().failed(130);
    assert_eq!(bench.run(&["call", "word"]).ok(), "'third'\n");
}

#[test]
fn a_reset_runs_the_program_again() {
    let bench = bench!();
    fs::write(bench.there("main.py"), "n = 5\nopen('ran', 'w').close()\n").unwrap();
    bench.run(&["exec", "m = 1"]).ok();
    let said = bench.run(&["reset"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stderr.ends_with(": restarted by a soft reset, after which main.py runs\n"), "{said:?}");
    until("main.py runs", || bench.there("ran").exists());
    assert_eq!(bench.until_ok(&["eval", "n"]), "5\n");
    bench.run(&["eval", "m"]).failed(1);
}

#[test]
fn a_hard_reset_is_that_of_the_module_machine() {
    let bench = bench!();
    let error = bench.run(&["reset", "--hard"]).failed(1);
    assert!(error.contains("the board has no machine.reset(), and its port no lines DTR and RTS"), "{error}");
    bench.is_usable();
    fs::write(
        bench.there("machine.py"),
        "def reset():\n    open('called', 'w').close()\n    raise SystemExit\n",
    )
    .unwrap();
    bench.board.reset();
    bench.until_ok(&["eval", "1"]);
    bench.run(&["exec", "m = 1"]).ok();
    let json: Value = serde_json::from_str(&bench.run(&["--json", "reset", "--hard"]).ok()).unwrap();
    assert_eq!(json["reset"], "machine.reset()");
    assert!(bench.there("called").exists());
    bench.run(&["eval", "m"]).failed(1);
}

#[test]
fn a_program_that_shares_the_board_makes_room() {
    let bench = bench!();
    bench.write("board.py", program("text"));
    bench.run(&["deploy", "board.py"]).ok();
    let mut command = bench.command(&["share"]);
    command.env("SERIALTALK_TIMEOUT", "5s");
    let _sharing = Started::new(command, "is shared");
    assert_eq!(bench.run(&["call", "word"]).ok(), "'text'\n");
    // Each of them has the port for itself, until it ends.
    assert_eq!(bench.run(&["exec", "print('alone')"]).ok(), "alone\n");
    bench.write("data", "some data");
    bench.run(&["cp", "data", ":"]).ok();
    assert_eq!(bench.run(&["cat", "data"]).ok(), "some data");
    bench.run(&["reset"]).ok();
    assert_eq!(bench.until_ok(&["call", "--timeout", "2s", "word"]), "'text'\n");
}
