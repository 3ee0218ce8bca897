//! Every example, run as a user would run it.
#![cfg(unix)]

mod arm;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

#[cfg(target_os = "linux")]
use peers::{Firmware, Machine};
use serialtalk_hal::null_modem::NullModem;

/// An example that runs; killed when it is dropped.
struct Example {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Example {
    fn start(name: &str, arguments: &[&str]) -> Self {
        // Cargo builds the examples of a package beside its tests.
        let mut path = std::env::current_exe().unwrap();
        path.pop();
        path.pop();
        path.extend(["examples", name]);
        let mut child = Command::new(path)
            .args(arguments)
            .env_remove("SERIALTALK_PORT")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    /// The next line that it prints.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Reads lines until one has this text in it.
    fn line_with(&mut self, text: &str) {
        let mut lines = String::new();
        while self.output.read_line(&mut lines).unwrap() > 0 {
            if lines.contains(text) {
                return;
            }
        }
        panic!("no {text:?} in {lines}");
    }

    /// Types a line.
    fn type_line(&mut self, line: &str) {
        writeln!(self.child.stdin.as_ref().unwrap(), "{line}").unwrap();
    }

    /// What it prints until its end, which must be a good one.
    fn finish(mut self) -> String {
        let mut output = String::new();
        self.output.read_to_string(&mut output).unwrap();
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}, after {output}");
        output
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn assert_has(output: &str, parts: &[&str]) {
    for part in parts {
        assert!(output.contains(part), "no {part:?} in {output}");
    }
}

#[test]
fn quickstart() {
    let output = Example::start("quickstart", &["--seconds", "0.2"]).finish();
    assert_has(
        &output,
        &[
            "simulated board on /dev/",
            "  mult        f32, f32     f32                       2f -> f      Product of two numbers.",
            "mult(5.9, 94.0) = 554.6",
            "imu() = Imu { x: 0.0, y: 0.1, z: 9.8 }",
            "calibrate(): `calibrate` failed on the peer: Moving { speed: 3 }",
            "call_value(\"echo\", args![1, \"two\", 3.0]) = (1, 'two', 3.0)",
            "argument 1 (`a`): expected a number, got text",
            "the board called us back: log(\"showing \\\"hello\\\", battery at 7.4 V\")",
            " calls/s (",
        ],
    );
}

#[test]
fn a_host_and_a_board_simulator() {
    let mut board = Example::start("board_simulator", &[]);
    let path = board.line().split_off("simulated robot on ".len());
    for _ in 0..2 {
        let output = Example::start("host", &["--port", &path]).finish();
        assert_has(&output, &[&format!("board on {path}"), "mult(5.9, 94.0) = 554.6", "calibrate() = Imu"]);
    }
}

#[test]
fn tcp() {
    let output = Example::start("tcp", &[]).finish();
    assert_has(
        &output,
        &["one client: mult(5.9, 94.0) = 554.6", "another:    mult(1.5, 2.0) = 3", "calibrate() = Imu"],
    );
}

#[test]
fn sensors() {
    let output = Example::start("sensors", &["--readings", "20"]).finish();
    assert_has(&output, &["Imu { x: 0.0, y: 0.1, z: 9.8 }", "20 readings, "]);
}

#[test]
fn both_directions() {
    let output = Example::start("both_directions", &[]).finish();
    assert_has(
        &output,
        &[
            "the robot made 1000 calls; its host is up for 1000000 ms",
            "the host made 1000 calls; their results add up to 999000",
            "the robot logged: [\"battery at 7.4 V\", \"battery at 7.2 V\", ",
        ],
    );
}

/// `UPDATE_EXPECT=1` writes the module beside the example anew.
#[test]
fn a_python_module() {
    let output = Example::start("python_module", &[]).finish();
    expect_test::expect_file!["../../python_module/robot.py"].assert_eq(&output);
}

fn folder(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), name].iter().collect();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_host_with_a_micropython_board() {
    let venv = peers::require!();
    for interpreter in peers::Interpreter::ALL {
        let cable = NullModem::new().unwrap();
        let (near, far) = cable.paths();
        let line = format!("path:{near}");
        let _board =
            venv.script(interpreter, "example.py", &[&line, &folder("micropython_board"), "main", "serve"]);
        let output = Example::start("micropython_board", &["--port", far]).finish();
        assert_has(
            &output,
            &[
                "roof €: 21.5 °C",
                "1013.25 hPa, 48 %",
                "before that: [20.75, 21.25, 21.5]",
                "the peer rejected `history`: no readings asked for",
            ],
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_is_sent_to_boards_that_have_nothing() {
    let _venv = peers::require!();
    let has_microbit = Machine::Microbit.board(Firmware::MicroPython).is_some();
    let output = Example::start("micropython_upload", &[]).finish();
    let parts = |files: [&str; 2], platform: &str| {
        let [peer, main] = files.map(|name| format!("  {name}: on the board already\n"));
        [
            format!("\n  {}: ", files[0]),
            " bytes sent\n".into(),
            "  sent, started and answering after ".into(),
            peer + &main + "  started again and answering after ",
            "  imu() = (0.0, 0.125, 9.75)\n".into(),
            format!("  status() = \"{platform}, lamp at 240 degrees\"\n"),
            "  1000 calls in ".into(),
        ]
    };
    let (on_pty, on_microbit) = output.split_once("micro:bit, emulated").unwrap_or((&output, ""));
    for part in parts(["serialtalk_peer.py", "main.py"], "linux") {
        assert_has(on_pty, &[&part]);
    }
    if has_microbit {
        for part in parts(["main.st", "main.py"], "microbit") {
            assert_has(on_microbit, &[&part]);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_is_sent_to_a_board_at_a_port() {
    let board = peers::require!().board();
    for is_new in [true, false] {
        let output =
            Example::start("micropython_upload", &["--port", board.path(), "--calls", "10"]).finish();
        assert_has(&output, &[&format!("board on {}", board.path()), "  10 calls in "]);
        assert_eq!(output.contains("bytes sent"), is_new, "{output}");
    }
    let main = std::fs::read(board.folder().join("main.py")).unwrap();
    assert!(main == std::fs::read(folder("micropython_upload/robot.py")).unwrap());
}

#[test]
fn a_rust_server_with_a_micropython_client() {
    let venv = peers::require!();
    for interpreter in peers::Interpreter::ALL {
        let cable = NullModem::new().unwrap();
        let (near, far) = cable.paths();
        let mut server = Example::start("rust_server", &["--port", far]);
        assert_eq!(server.line(), format!("serving the board on {far}"));
        let line = format!("path:{near}");
        let mut client =
            venv.script(interpreter, "example.py", &[&line, &folder("rust_server"), "main", "drive"]);
        for expected in [
            "('arrivederr', ('Command failed: TooFar(metres=2.5)', (2.5,)))",
            "('distanceack', 5.0)",
            "('wayack', [(0, 0), (3, 0), (3, 4)])",
            "('placesack', ['dock', 'door'])",
            "('arrivedack', ())",
        ] {
            assert_eq!(client.line(), expected);
        }
        assert_eq!(client.line(), "done");
        assert_has(&server.finish(), &["the board asked 3 times and has arrived"]);
    }
}
