//! The two commands of the demonstration, as they are typed.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

struct Demo {
    child: Child,
    folder: tempfile::TempDir,
}

impl Demo {
    /// Starts the demonstration, with a socket of its own, and reads until it says what may be tried.
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut demo = Command::new(env!("CARGO_BIN_EXE_serialtalk-zenoh"));
        demo.arg("demo").env("XDG_RUNTIME_DIR", folder.path()).stdout(Stdio::piped());
        let mut child = demo.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told: Vec<_> = lines.map(Result::unwrap).take_while(|line| line != "Ctrl-C ends it.").collect();
        assert_eq!(told[..3], ["robots/demo/arm1", "robots/demo/arm2", "robots/demo/arm3"]);
        Self { child, folder }
    }

    fn output(&self, command: &mut Command) -> String {
        let output = command.env("XDG_RUNTIME_DIR", self.folder.path()).output().unwrap();
        let (text, errors) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{text}{errors}");
        text.into_owned()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_demonstration_is_called_from_rust_and_from_python() {
    let demo = Demo::start();
    let call = std::env::current_exe().unwrap().parent().unwrap().with_file_name("examples").join("call");
    let text = demo.output(&mut Command::new(call));
    assert!(text.starts_with("demo has arm1, arm2, arm3\n5.9 × 94 = 554.6"), "{text}");

    let venv = peers::require!();
    let module = demo.folder.path().join("serialtalk_zenoh.py");
    let text = demo.output(Command::new(env!("CARGO_BIN_EXE_serialtalk-zenoh")).arg("python"));
    std::fs::write(&module, text).unwrap();
    let mut call = venv.command(peers::Interpreter::CPython);
    let text = demo.output(call.arg(module).args(["robots/demo/arm1", "mult", "5.9", "94"]));
    assert!(text.starts_with("('multack', 554.6"), "{text}");
}
