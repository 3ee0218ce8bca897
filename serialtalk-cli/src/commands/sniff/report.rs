//! What becomes of the bytes: pieces are shown, recorded and counted.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use crate::escaped::in_json;
use crate::failure::{Failure, Result};
use crate::output::{Output, tell};
use crate::traffic::pcapng::{Packet, Writer};
use crate::traffic::{Both, Content, Piece, Side, Splitter, shown};

/// Shows, records and counts the pieces of what has crossed the line.
pub(super) struct Report {
    splitter: Splitter,
    sink: Sink,
}

/// Where pieces go.
struct Sink {
    is_json: bool,
    /// When it all began, since the epoch.
    start: Duration,
    recording: Option<Recording>,
    counts: Both<Counts>,
    /// The first piece that could not be shown or recorded.
    result: Result<()>,
}

/// What has crossed the line in one direction.
#[derive(Debug, Default)]
struct Counts {
    frames: u64,
    bytes: u64,
    damaged: u64,
}

impl Report {
    pub(super) fn new(output: Output, start: Duration, recording: Option<Recording>) -> Self {
        let sink =
            Sink { is_json: output.is_json, start, recording, counts: Both::default(), result: Ok(()) };
        Self { splitter: Splitter::default(), sink }
    }

    /// Takes bytes of one direction, which arrived so long after the epoch.
    pub(super) fn add(&mut self, side: Side, time: Duration, bytes: &[u8]) -> Result<()> {
        self.splitter.add(side, time, bytes, |piece| self.sink.take(&piece));
        self.sink.keep_safe()
    }

    /// Takes a packet of a recording, which is whole.
    pub(super) fn add_packet(&mut self, packet: Packet) -> Result<()> {
        self.add(packet.side, packet.time, &packet.bytes)?;
        self.splitter.end(packet.side, |piece| self.sink.take(&piece));
        self.sink.result()
    }

    /// Takes the time while nothing arrives.
    pub(super) fn idle(&mut self, now: Duration) -> Result<()> {
        self.splitter.tell_time(now, |piece| self.sink.take(&piece));
        self.sink.flush()
    }

    /// Ends the recording, and tells what was counted.
    pub(super) fn end(mut self, result: Result<()>) -> Result {
        for side in [Side::Host, Side::Board] {
            self.splitter.end(side, |piece| self.sink.take(&piece));
        }
        let flushed = self.sink.flush();
        result.and(flushed)?;
        let [host, board] = [Side::Host, Side::Board].map(|side| self.sink.counts.of(side).to_string());
        tell(format_args!("to the board: {host}; from it: {board}"));
        Ok(ExitCode::SUCCESS)
    }
}

impl Sink {
    fn take(&mut self, piece: &Piece) {
        self.counts.of_mut(piece.side).add(piece);
        if self.result.is_ok() {
            self.result = self.record(piece).and_then(|()| Ok(self.show(piece)?));
        }
    }

    fn record(&mut self, piece: &Piece) -> Result<()> {
        self.recording.as_mut().map_or(Ok(()), |recording| recording.write(|writer| writer.add(piece)))
    }

    /// Shows a piece on standard output, or on standard error if the recording goes there.
    fn show(&self, piece: &Piece) -> io::Result<()> {
        let line = match self.is_json {
            true => Some(in_json(&shown::json(piece, self.start).to_string())),
            false => shown::line(piece, self.start),
        };
        let Some(line) = line else { return Ok(()) };
        match &self.recording {
            Some(recording) if recording.is_on_stdout() => writeln!(anstream::stderr().lock(), "{line}"),
            _ => writeln!(anstream::stdout().lock(), "{line}"),
        }
    }

    fn keep_safe(&mut self) -> Result<()> {
        self.result()?;
        self.recording.as_mut().map_or(Ok(()), |recording| recording.write(Writer::keep_safe))
    }

    fn flush(&mut self) -> Result<()> {
        self.result()?;
        self.recording.as_mut().map_or(Ok(()), |recording| recording.write(Writer::flush))
    }

    fn result(&self) -> Result<()> {
        self.result.clone()
    }
}

impl Counts {
    fn add(&mut self, piece: &Piece) {
        self.bytes += piece.bytes.len() as u64;
        match piece.content {
            Content::Damaged => self.damaged += 1,
            Content::Text => {}
            _ => self.frames += 1,
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { frames, bytes, damaged } = self;
        write!(f, "{frames} frames, {bytes} bytes, {damaged} damaged")
    }
}

/// The file of `--record`.
pub(super) struct Recording {
    path: PathBuf,
    writer: Writer,
}

impl Recording {
    /// Whether a recording can be begun in this file, or on standard output if it is `-`, as far as can be told before.
    pub(super) fn check(path: &Path, may_overwrite: bool) -> Result<()> {
        let bad = |why: &str| Failure::usage(format!("--record {}: {why}", path.display()));
        if is_stdout(path) {
            return match io::stdout().is_terminal() {
                true => Err(bad("standard output is a terminal").hint("a pipe: | wireshark -k -i -")),
                false => Ok(()),
            };
        }
        if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pcapng")) {
            return Err(bad("expected a name that ends in .pcapng, or `-`"));
        }
        if path.exists() && !may_overwrite {
            return Err(bad("the file exists").hint("another name, or --force, which overwrites it"));
        }
        Ok(())
    }

    /// Begins a recording of the line that is called `name`.
    pub(super) fn new(path: &Path, may_overwrite: bool, name: &str) -> Result<Self> {
        let output: Box<dyn Write> = match is_stdout(path) {
            true => Box::new(io::stdout()),
            false => {
                let mut options = OpenOptions::new();
                options.write(true);
                match may_overwrite {
                    true => options.create(true).truncate(true),
                    false => options.create_new(true),
                };
                Box::new(options.open(path).map_err(|error| Failure::file(path, &error))?)
            }
        };
        let writer = Writer::new(output, name).map_err(|error| failure(path, error))?;
        Ok(Self { path: path.to_owned(), writer })
    }

    fn is_on_stdout(&self) -> bool {
        is_stdout(&self.path)
    }

    fn write(&mut self, write: impl FnOnce(&mut Writer) -> io::Result<()>) -> Result<()> {
        write(&mut self.writer).map_err(|error| failure(&self.path, error))
    }
}

fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

fn failure(path: &Path, error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::from(error),
        _ => Failure::file(path, &error),
    }
}
