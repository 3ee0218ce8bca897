//! Single files and folders of a board.

use serialtalk::Timeout;
use serialtalk::Value;
use serialtalk::link::Link;
use serialtalk::repl::Script;

use super::fingerprint::fingerprint;
use super::lines::Download;
use super::means::Means;
use super::upload::Upload;
use super::{Board, BoardError, BoardRepl};

/// A file or folder in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: String,
    /// Whether it is a folder itself.
    pub is_folder: bool,
    /// The size of a file, in bytes.
    pub size: u64,
}

/// The result of writing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was sent.
    Sent,
    /// The board has it already, with the same content.
    Unchanged,
}

/// The size of the blocks in which a file is read.
const READ_BLOCK: usize = 256;

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Lists a folder, sorted by name; `""` is the folder in which the board's programs start.
    ///
    /// # Errors
    ///
    /// Those of the link and of the board's Python.
    pub fn list(&mut self, folder: &str) -> Result<Vec<Entry>, BoardError<L::Error>> {
        let means = self.means()?;
        self.define(&[files(means)])?;
        let found: Vec<(String, bool, u64)> = self.ask(folder, &format!("_st_list({})", quoted(folder)))?;
        let mut entries: Vec<_> =
            found.into_iter().map(|(name, is_folder, size)| Entry { name, is_folder, size }).collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// What is at a path: a file or a folder; `None` if there is nothing.
    ///
    /// # Errors
    ///
    /// Those of the link and of the board's Python.
    pub fn find(&mut self, path: &str) -> Result<Option<Entry>, BoardError<L::Error>> {
        let folder = Entry { name: path.into(), is_folder: true, size: 0 };
        if matches!(path, "" | "." | "/") {
            return Ok(Some(folder));
        }
        let means = self.means()?;
        let path = quoted(path);
        let about = if means.folders {
            format!("(os.stat({path})[0]&0x4000!=0,os.stat({path})[6])")
        } else {
            format!("(False,os.size({path}))")
        };
        match self.ask::<(bool, u64)>(&folder.name, &about) {
            Ok((is_folder, size)) => Ok(Some(Entry { is_folder, size, ..folder })),
            Err(error) if error.is_of_system() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether the board has a file with this content, compared by a hash that the board calculates.
    ///
    /// # Errors
    ///
    /// Those of the link and of the board's Python.
    pub fn holds(&mut self, path: &str, bytes: &[u8]) -> Result<bool, BoardError<L::Error>> {
        let means = self.means()?;
        self.define(&[digest(means)])?;
        self.has(means, path, bytes)
    }

    /// Reads a file, and checks that it was not damaged on the way. No more is kept of what the board sends than the file has
    /// bytes.
    ///
    /// # Errors
    ///
    /// [`BoardError::NotFound`], [`BoardError::Damaged`], those of the link and of the board's Python.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, BoardError<L::Error>> {
        let means = self.means()?;
        self.define(&[files(means), digest(means), "read"])?;
        let size: u64 = self.ask(path, &format!("_st_size({})", quoted(path)))?;
        let total = usize::try_from(size).unwrap_or(usize::MAX);
        let block = READ_BLOCK.min(means.block);
        let code = format!("_st_send({}, {block})", quoted(path));
        let progress = &mut self.progress;
        let mut note = |done| super::report(progress, path, done, total);
        let mut download = Download::new(total, block, &mut note);
        let outcome = with_time_for(&mut self.repl, total, |repl| {
            repl.converse(Script::new(&code).prints_text(), &mut download)
        });
        let bytes = download.bytes;
        self.checked(path, outcome)?;
        let damaged = || BoardError::Damaged { path: path.into() };
        let bytes = bytes.ok_or_else(damaged)?;
        if self.has(means, path, &bytes)? { Ok(bytes) } else { Err(damaged()) }
    }

    /// Writes a file, unless the board has it already with the same content.
    ///
    /// The content goes into a second file first, which takes the place of the first once the board has checked it: at any
    /// moment the board has the old file or the new one, whatever happens to the line. (A micro:bit cannot rename
    /// files; there the file itself is checked, and a wrong one is removed.)
    ///
    /// # Errors
    ///
    /// [`BoardError::NotFound`] with the folder of the file, [`BoardError::NoSpace`], [`BoardError::Damaged`], those of the link
    /// and of the board's Python. Nothing is left of what was sent then, unless the link itself failed;
    /// [`tidy`](Self::tidy) removes that.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> Result<Written, BoardError<L::Error>> {
        let outcome = self.write_somehow(path, bytes);
        if outcome.is_ok() {
            self.part = None;
        }
        outcome.map_err(|error| match (error, path.rsplit_once('/')) {
            (BoardError::NotFound { .. }, Some((folder, _))) => BoardError::NotFound { path: folder.into() },
            (error, _) => error,
        })
    }

    /// Removes what a [`write`](Self::write) has left on the board when the link failed, or was made to fail, in the midst of it.
    /// The link has to work again.
    ///
    /// # Errors
    ///
    /// Those of the link and of the board's Python.
    pub fn tidy(&mut self) -> Result<(), BoardError<L::Error>> {
        let Some(part) = self.part.clone() else { return Ok(()) };
        let code = format!("import os\ntry: os.remove({})\nexcept OSError: pass", quoted(&part));
        self.do_at(&part, &code)?;
        self.part = None;
        Ok(())
    }

    fn write_somehow(&mut self, path: &str, bytes: &[u8]) -> Result<Written, BoardError<L::Error>> {
        if let Some(written) = self.write_short(path, bytes)? {
            self.report(path, bytes.len(), written);
            return Ok(written);
        }
        let means = self.means()?;
        self.define(&[digest(means)])?;
        if self.has(means, path, bytes)? {
            self.report(path, bytes.len(), Written::Unchanged);
            return Ok(Written::Unchanged);
        }
        let part = if means.renames { format!("{path}.part") } else { path.to_owned() };
        self.part = Some(part.clone());
        if means.reads {
            self.send_blocks(&part, path, bytes, means.block)?;
        } else {
            let outcome = self.send_literals((&part, path), bytes, means.block);
            self.checked(path, outcome)?;
        }
        let is_good = if means.renames {
            self.define(&["keep"])?;
            let digest = fingerprint(means, bytes);
            self.ask(path, &format!("_st_keep({}, {}, {digest})", quoted(&part), quoted(path)))?
        } else {
            let is_good = self.has(means, path, bytes)?;
            if !is_good {
                self.do_at(path, &format!("os.remove({})", quoted(path)))?;
            }
            is_good
        };
        if is_good { Ok(Written::Sent) } else { Err(BoardError::Damaged { path: path.into() }) }
    }

    /// Removes a file, or a folder with all that is in it.
    ///
    /// # Errors
    ///
    /// [`BoardError::NotFound`], those of the link and of the board's Python.
    pub fn remove(&mut self, path: &str) -> Result<(), BoardError<L::Error>> {
        let means = self.means()?;
        self.define(&[files(means)])?;
        self.do_at(path, &format!("_st_remove({})", quoted(path)))
    }

    /// Makes a folder, and those that it is in, where they are missing.
    ///
    /// # Errors
    ///
    /// [`BoardError::NoFolders`], [`BoardError::NoSpace`], those of the link and of the board's Python.
    pub fn make_folder(&mut self, path: &str) -> Result<(), BoardError<L::Error>> {
        let means = self.means()?;
        if !means.folders {
            return Err(BoardError::NoFolders { path: path.into() });
        }
        self.define(&[files(means)])?;
        for (at, _) in path.match_indices('/').filter(|(at, _)| *at > 0).chain([(path.len(), "")]) {
            self.do_at(path, &format!("_st_folder({})", quoted(&path[..at])))?;
        }
        Ok(())
    }

    /// Writes the file `part`, the later `path`, through the standard input of a program.
    fn send_blocks(
        &mut self,
        part: &str,
        path: &str,
        bytes: &[u8],
        block: usize,
    ) -> Result<(), BoardError<L::Error>> {
        self.define(&["decode", "receive"])?;
        let code = format!("_st_receive({})", quoted(part));
        let progress = &mut self.progress;
        let mut note = |done| super::report(progress, path, done, bytes.len());
        let mut upload = Upload::new(bytes, block, &mut note);
        let outcome = with_time_for(&mut self.repl, bytes.len(), |repl| {
            repl.converse(Script::new(&code).prints_text(), &mut upload)
        });
        self.checked(path, outcome)
    }

    /// Whether the board has a file with this content.
    fn has(&mut self, means: Means, path: &str, bytes: &[u8]) -> Result<bool, BoardError<L::Error>> {
        let same = format!("_st_print({})=={}", quoted(path), fingerprint(means, bytes));
        match self.ask(path, &same) {
            // There is none, or it is a folder.
            Err(error) if error.is_of_system() => Ok(false),
            other => other,
        }
    }

    fn ask<T: for<'a> serialtalk::Decode<'a>>(
        &mut self,
        path: &str,
        expression: &str,
    ) -> Result<T, BoardError<L::Error>> {
        let outcome = self.repl.eval(Script::new(expression).prints_text());
        self.checked(path, outcome)
    }

    fn do_at(&mut self, path: &str, code: &str) -> Result<(), BoardError<L::Error>> {
        let outcome = self.repl.run(Script::new(code).prints_text(), |_| {});
        self.checked(path, outcome)
    }

    /// Maps the error; after one that is not an exception, forgets which helpers the board has.
    pub(super) fn checked<T>(
        &mut self,
        path: &str,
        outcome: Result<T, serialtalk::repl::ReplError<L::Error>>,
    ) -> Result<T, BoardError<L::Error>> {
        if outcome.as_ref().is_err_and(|error| error.exception().is_none()) {
            self.helpers.clear();
            self.means = None;
        }
        outcome.map_err(BoardError::at(path))
    }
}

/// Runs `act` with the timeout extended by the time that `bytes` take on a slow line.
fn with_time_for<L: Link, T>(
    repl: &mut BoardRepl<L>,
    bytes: usize,
    act: impl FnOnce(&mut BoardRepl<L>) -> T,
) -> T {
    let limit = repl.timeout();
    if let Timeout::Ms(ms) = limit {
        let more = u32::try_from(bytes).unwrap_or(u32::MAX).saturating_mul(MS_PER_BYTE);
        repl.set_timeout(Timeout::Ms(ms.saturating_add(more).min(i32::MAX as u32)));
    }
    let outcome = act(repl);
    repl.set_timeout(limit);
    outcome
}

/// The time of a byte at 9600 bits per second, twice, because boards write to flash meanwhile.
const MS_PER_BYTE: u32 = 2;

fn files(means: Means) -> &'static str {
    if means.folders { "folders" } else { "flat" }
}

fn digest(means: Means) -> &'static str {
    if means.sha256 { "sha256" } else { "sums" }
}

/// A path as a Python literal.
pub(super) fn quoted(path: &str) -> String {
    Value::from(path).to_string()
}
