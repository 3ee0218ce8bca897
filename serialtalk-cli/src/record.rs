//! Files that values are recorded in.

mod csv;
mod mcap;

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::failure::{Failure, Result};
use crate::leaves::Named;

pub(crate) use csv::Table;

/// How often a recording is made safe. It loses no more than its last second if the program is killed, on a busy machine, too.
const FLUSH_EACH: Duration = Duration::from_millis(500);

/// The boards and commands that entries name by number.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) boards: Vec<String>,
    pub(crate) commands: Vec<String>,
}

/// What is kept of a call.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) board: usize,
    pub(crate) command: usize,
    pub(crate) slot: u64,
    /// When the command was sent, since the epoch.
    pub(crate) asked: Duration,
    /// When its reply was there, since the epoch.
    pub(crate) answered: Duration,
    /// The value, if there was one.
    pub(crate) value: Option<&'a Named>,
}

/// How bad it is what a log tells. The numbers are those of `foxglove.Log`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Info = 2,
    Warning = 3,
    Error = 4,
}

/// The forms of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Mcap,
    Csv,
}

/// A file that is written to.
trait Recorder {
    /// Adds what a call has come to.
    fn add(&mut self, entry: &Entry<'_>) -> io::Result<()>;

    /// Adds a line of the log of a board, in a form that has one.
    fn log(&mut self, _board: usize, _time: Duration, _level: Level, _text: &str) -> io::Result<()> {
        Ok(())
    }

    /// Makes what was added safe from the end of the program.
    fn flush(&mut self) -> io::Result<()>;

    /// Ends the file.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A file that is made when the first value is there, and that can be read up to the last second whatever becomes of the program.
pub(crate) struct Recording {
    path: PathBuf,
    format: Format,
    may_overwrite: bool,
    names: Arc<Names>,
    recorder: Option<Box<dyn Recorder>>,
    flushed: Instant,
}

impl Recording {
    /// Prepares a file, whose form is that of its extension.
    pub(crate) fn new(path: &Path, may_overwrite: bool, names: Arc<Names>) -> Result<Self> {
        let bad = |why: String| Failure::usage(format!("--record {}: {why}", path.display()));
        let format = match path.extension().map(|extension| extension.to_ascii_lowercase()) {
            Some(extension) if extension == "mcap" => Format::Mcap,
            Some(extension) if extension == "csv" => Format::Csv,
            _ => return Err(bad("expected a name that ends in .mcap or .csv".into())),
        };
        if path.exists() && !may_overwrite {
            return Err(bad("the file exists".into()).hint("another name, or --force, which overwrites it"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(bad(format!("there is no folder {}", folder.display())));
        }
        let path = path.to_owned();
        Ok(Self { path, format, may_overwrite, names, recorder: None, flushed: Instant::now() })
    }

    /// Prepares an MCAP file in this folder that is named by the time.
    pub(crate) fn named_by_time(names: Arc<Names>) -> Result<Self> {
        let time = humantime::format_rfc3339_seconds(SystemTime::now()).to_string().replace(':', "-");
        Self::new(Path::new(&format!("serialtalk-{time}.mcap")), false, names)
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds what a call has come to.
    pub(crate) fn add(&mut self, entry: &Entry<'_>) -> Result<()> {
        self.write(|recorder| recorder.add(entry))
    }

    /// Adds a line of the log of a board, in a form that has one.
    pub(crate) fn log(&mut self, board: usize, time: Duration, level: Level, text: &str) -> Result<()> {
        self.write(|recorder| recorder.log(board, time, level, text))
    }

    /// Makes what was added safe, twice a second.
    pub(crate) fn keep_safe(&mut self) -> Result<()> {
        if self.recorder.is_none() || self.flushed.elapsed() < FLUSH_EACH {
            return Ok(());
        }
        self.flushed = Instant::now();
        self.write(|recorder| recorder.flush())
    }

    /// Ends the file, if there is one.
    pub(crate) fn finish(&mut self) -> Result<()> {
        let finished = self.recorder.take().map_or(Ok(()), |recorder| recorder.finish());
        finished.map_err(|error| Failure::file(&self.path, &error))
    }

    fn write(&mut self, write: impl FnOnce(&mut dyn Recorder) -> io::Result<()>) -> Result<()> {
        let recorder = match &mut self.recorder {
            Some(recorder) => Ok(recorder),
            None => self.create().map(|recorder| self.recorder.insert(recorder)),
        };
        recorder
            .and_then(|recorder| write(&mut **recorder))
            .map_err(|error| Failure::file(&self.path, &error))
    }

    fn create(&self) -> io::Result<Box<dyn Recorder>> {
        let mut options = OpenOptions::new();
        options.write(true);
        match self.may_overwrite {
            true => options.create(true).truncate(true),
            false => options.create_new(true),
        };
        let (file, names) = (options.open(&self.path)?, Arc::clone(&self.names));
        Ok(match self.format {
            Format::Mcap => Box::new(mcap::McapFile::new(file, names)?),
            Format::Csv => Box::new(Table::new(file, names)),
        })
    }
}
