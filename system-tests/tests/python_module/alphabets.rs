//! A trait in other alphabets: its module compiles, and calls by it arrive.
use std::fs;
use std::path::PathBuf;

use peers::{Interpreter, Line};
use serialtalk_hal::{Spawn, pty};

/// The names on the wire are ASCII, as they have to be: Python peers count characters where bytes are due.
#[serialtalk::interface]
trait Gerät {
    /// Öffnet um so viele „Grad“.
    #[command(name = "open")]
    fn öffne(&mut self, größe: u16) -> Maß;
    #[command(name = "micro")]
    fn µ(&mut self, ñ: u8) -> u8;
    #[command(name = "mu")]
    fn μ(&mut self) -> u8;
    #[command(name = "name")]
    fn 名前(&mut self) -> String;
}

#[derive(serialtalk::Value)]
struct Maß {
    höhe: u16,
    ширина: u16,
}

struct Rust;

impl Gerät for Rust {
    fn öffne(&mut self, größe: u16) -> Maß {
        Maß { höhe: größe, ширина: größe + 1 }
    }

    fn µ(&mut self, ñ: u8) -> u8 {
        ñ + 1
    }

    fn μ(&mut self) -> u8 {
        7
    }

    fn 名前(&mut self) -> String {
        "ö名".into()
    }
}

/// The micro sign is spelled as the Greek letter, which CPython takes it for and MicroPython does not.
const PROGRAM: &str = r#"
import sys
where, library, folder, scripts = sys.argv[1:]
sys.path.extend([folder, scripts])
from device import open_lines
from alphabets import *
st = __import__(library).SerialTalk(next(iter(open_lines(where))), timeout=60000)
gerät = GerätClient(st)
maß = gerät.öffne(größe=3)
print(maß[0], maß[1], gerät.μ(ñ=1), gerät.μ_(), gerät.名前() == "ö名")
"#;

#[test]
fn names_of_other_alphabets_are_called_by_their_names() {
    let venv = peers::require!();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python_module_alphabets");
    fs::create_dir_all(&folder).unwrap();
    let module = serialtalk_python::module(&[GERÄT_INTERFACE]);
    fs::write(folder.join("alphabets.py"), module).unwrap();
    fs::write(folder.join(serialtalk_python::PEER_FILE), serialtalk_python::PEER).unwrap();
    fs::write(folder.join("program.py"), PROGRAM).unwrap();
    let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../peers/python");
    for interpreter in Interpreter::ALL {
        for library in ["serialtalk", "serialtalk_peer"] {
            let talk = pty::open().unwrap();
            let line = Line::path(talk.link().path()).word();
            let _server = talk.serve(GerätServer::new(Rust)).spawn();
            let mut python = venv.command(interpreter);
            python.arg(folder.join("program.py")).args([&line, library]).arg(&folder).arg(&scripts);
            let output = python.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                String::from_utf8_lossy(&output.stdout),
                "3 4 2 7 True\n",
                "{interpreter:?} {library}: {said}"
            );
        }
    }
}
