//! Python modules generated from interfaces, run by CPython and MicroPython, with the original SerialTalk and with the small
//! peer.
#![cfg(unix)]
#![allow(
    confusable_idents,
    mixed_script_confusables,
    uncommon_codepoints,
    reason = "names of other alphabets are among what is tested"
)]

mod alphabets;
mod calling;
#[path = "../support/contract.rs"]
mod contract;
mod contracts;
mod devices;
mod odd_names;
mod robot_and_arm;
mod serving;
mod small_peer;
mod source;
mod wide;

use std::fs;
use std::path::PathBuf;

use peers::{Interpreter, Line, Peer, Venv};

/// The implementation of SerialTalk in Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Library {
    /// The original package.
    Original,
    /// The small peer of `serialtalk-python`.
    Small,
}

/// The module of the wide interfaces, in a folder with the small peer.
struct Module {
    venv: Venv,
    folder: PathBuf,
}

impl Module {
    /// Writes the module to a folder with this name.
    fn new(name: &str) -> Option<Self> {
        let venv = Venv::find()?;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("python_module_{name}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("wide.py"), source::module()).unwrap();
        fs::write(folder.join(serialtalk_python::PEER_FILE), serialtalk_python::PEER).unwrap();
        Some(Self { venv, folder })
    }

    /// Runs `generated.py`.
    fn run(&self, interpreter: Interpreter, library: Library, line: &Line, role: &str) -> Peer {
        let library = match library {
            Library::Original => "serialtalk",
            Library::Small => "serialtalk_peer",
        };
        let arguments = [&line.word(), library, self.folder.to_str().unwrap(), role];
        self.venv.script(interpreter, "generated.py", &arguments)
    }
}

/// Runs `test` for each interpreter and library.
fn with_each(mut test: impl FnMut(Interpreter, Library)) {
    for interpreter in Interpreter::ALL {
        for library in [Library::Original, Library::Small] {
            test(interpreter, library);
        }
    }
}
