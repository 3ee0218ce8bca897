//! mpremote, as a library of a program that waits for its tasks.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use peers::{Interpreter, Peer, Venv};

use super::boards::Place;
use super::{What, Work};

/// What the script prints.
pub(super) const PRINTED: &[u8] =
    b"[(126, 74), (112, 88), (80, 120), (143, 57), (114, 86), (36, 164), (94, 106)]";

/// How mpremote waits for a board.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// It reads: for ports that it takes for a pty.
    Pty,
    /// It asks whether there is anything, and sleeps for 10 ms if not: for every other port.
    Port,
}

/// How often it may fail before it is given up.
const ATTEMPTS: u32 = 20;

pub(super) struct Mpremote {
    program: Peer,
    /// Where it finds what it sends, and leaves what was printed.
    file: PathBuf,
}

impl Mpremote {
    pub(super) fn start(venv: &Venv) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join("upload.py");
        let program = venv.script(Interpreter::CPython, script, &[]);
        let file = std::env::temp_dir().join(format!("serialtalk-upload-{}", std::process::id()));
        Self { program, file }
    }

    /// Sends it until it has arrived; only that time counts.
    pub(super) fn send(
        &mut self,
        work: &Work,
        place: &impl Place,
        way: Way,
        lost: &mut u32,
    ) -> Result<Duration> {
        std::fs::write(&self.file, &work.content)?;
        let file = self.file.display();
        let way = match way {
            Way::Pty => "pty",
            Way::Port => "port",
        };
        let (verb, name) = match work.what {
            What::Run => ("run", format!("{file}.printed")),
            _ => ("write", work.name()),
        };
        for _ in 0..ATTEMPTS {
            self.program.say(&format!("{verb} {} {way} {file} {name}", place.path()));
            if let Ok(seconds) = self.program.answer() {
                let arrived = match work.what {
                    What::Run => std::fs::read(&name)?.trim_ascii_end() == PRINTED,
                    _ => place.take(&name)? == work.content,
                };
                if arrived {
                    return Ok(Duration::from_secs_f64(seconds.parse().context(seconds)?));
                }
            }
            *lost += 1;
        }
        bail!("mpremote failed {ATTEMPTS} times:\n{}", self.program.output())
    }
}

impl Drop for Mpremote {
    fn drop(&mut self) {
        std::fs::remove_file(&self.file).ok();
        std::fs::remove_file(format!("{}.printed", self.file.display())).ok();
    }
}
