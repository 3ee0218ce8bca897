//! Uploads with mpremote, used as a library by a program that reads tasks from its standard input.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use peers::{Interpreter, Peer, Venv};

use super::boards::Place;
use super::{What, Work};

/// The output of the script.
pub(super) const PRINTED: &[u8] =
    b"[(126, 74), (112, 88), (80, 120), (143, 57), (114, 86), (36, 164), (94, 106)]";

/// How mpremote waits for a board.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// With blocking reads, as for ptys.
    Pty,
    /// By polling, with a sleep of 10 ms, as for all other ports.
    Port,
}

/// The number of attempts before the measurement fails.
const ATTEMPTS: u32 = 20;

pub(super) struct Mpremote {
    program: Peer,
    /// The file that holds the content; the output goes to a file beside it.
    file: PathBuf,
}

impl Mpremote {
    pub(super) fn start(venv: &Venv) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join("upload.py");
        let program = venv.script(Interpreter::CPython, script, &[]);
        let file = std::env::temp_dir().join(format!("serialtalk-upload-{}", std::process::id()));
        Self { program, file }
    }

    /// Sends the content until it arrives unchanged; only the successful attempt is measured.
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
