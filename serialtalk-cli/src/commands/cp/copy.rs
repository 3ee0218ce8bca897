//! Copies of one board.

use std::fs;
use std::path::Path;

use serde_json::json;
use serialtalk_hal::board::{Tree, Written};

use super::here;
use crate::boards::Board;
use crate::commands::ls::missing;
use crate::failure::{Failure, Kind, Result};
use crate::micropython::meter::Meters;
use crate::micropython::place::BoardPath;
use crate::micropython::{MicroPython, at};
use crate::output::{Output, tell};
use crate::stop::Stop;

/// Copies to and from one board.
pub(super) struct Copy<'c> {
    pub(super) micropython: &'c mut MicroPython,
    pub(super) board: &'c Board,
    pub(super) output: Output,
    pub(super) stop: &'c Stop,
    pub(super) meters: &'c Meters,
    pub(super) is_recursive: bool,
    /// Whether nothing else is copied to the same destination.
    pub(super) is_only: bool,
    pub(super) copied: usize,
    pub(super) unchanged: usize,
}

impl Copy<'_> {
    /// Copies a file or folder of this machine to the board.
    pub(super) fn up(&mut self, from: &Path, to: &BoardPath) -> Result<()> {
        // The contents of a folder have no name, `..` has none either.
        let is_content = from.as_os_str().as_encoded_bytes().ends_with(b"/.");
        let name = match from.file_name().filter(|_| !is_content) {
            None => None,
            Some(name) => Some(name.to_str().ok_or_else(|| {
                Failure::usage(format!("{}: the board stores only names in Unicode", from.display()))
            })?),
        };
        let is_folder = from.is_dir();
        let to = self.target(to, name, is_folder)?;
        if is_folder {
            let tree = Tree::read(from, |_| true)?;
            let _meter = self.meter(tree.size());
            let copied = self.micropython.copy_tree(&tree, &to.path).map_err(at(&to.path))?;
            self.copied += copied.sent;
            self.unchanged += copied.unchanged;
            return Ok(());
        }
        let bytes = fs::read(from).map_err(|error| Failure::file(from, &error))?;
        self.store(&bytes, &to)
    }

    /// Copies a file of the board on the board.
    pub(super) fn across(&mut self, from: &BoardPath, to: &BoardPath) -> Result<()> {
        let bytes = crate::commands::cat::read(self.micropython, from)?;
        let to = self.target(to, from.name(), false)?;
        self.store(&bytes, &to)
    }

    /// Copies a file or folder of the board to this machine.
    pub(super) fn down(&mut self, from: &BoardPath, to: &Path) -> Result<()> {
        let entry = self.micropython.find(&from.path).map_err(at(&from.path))?;
        let entry = entry.ok_or_else(|| missing(from))?;
        if entry.is_folder && !self.is_recursive {
            return Err(super::needs_recursion(&from.to_string(), Path::new(&from.to_string())));
        }
        let must_be_folder = to.as_os_str().as_encoded_bytes().ends_with(b"/") || !self.is_only;
        let to = match (to.is_dir(), from.name()) {
            (true, Some(name)) => to.join(here::name(name)?),
            (true, None) => to.to_owned(),
            (false, _) if must_be_folder && !(entry.is_folder && self.is_only) => {
                return Err(Failure::usage(format!("{}: there is no such folder", to.display())));
            }
            (false, _) => to.to_owned(),
        };
        if entry.is_folder { self.fetch_folder(from, &to) } else { self.fetch(from, entry.size, &to) }
    }

    /// Tells what was done.
    pub(super) fn say(&self) -> Result<()> {
        let (copied, unchanged) = (self.copied, self.unchanged);
        if self.output.is_json {
            let result = json!({ "board": self.board.name, "copied": copied, "unchanged": unchanged });
            return Ok(self.output.json(result)?);
        }
        let files = if copied == 1 { "file" } else { "files" };
        tell(format_args!("{}: {copied} {files} copied, {unchanged} unchanged", self.board.name));
        Ok(())
    }

    /// Where something of this name goes on the board: into a folder that is there, or under a new name.
    fn target(&mut self, to: &BoardPath, name: Option<&str>, is_folder: bool) -> Result<BoardPath> {
        let is_there = |micropython: &mut MicroPython, path: &BoardPath| {
            let found = micropython.find(&path.path).map_err(at(&path.path))?;
            Ok::<_, Failure>(found.map(|entry| entry.is_folder))
        };
        let no_folder = |path: &BoardPath| {
            let failure = Failure::new(Kind::Refused, format!("there is no folder {path} on the board"));
            failure.hint(format!("serialtalk mkdir {path}"))
        };
        let to = match (is_there(self.micropython, to)?, name) {
            (Some(true), Some(name)) => to.join(name),
            (Some(true), None) => return Ok(to.clone()),
            _ if !self.is_only || to.must_be_folder && !is_folder => return Err(no_folder(to)),
            _ => to.clone(),
        };
        match is_there(self.micropython, &to)? {
            Some(is) if is != is_folder => {
                let is = if is { "a folder" } else { "a file" };
                Err(Failure::new(Kind::Refused, format!("{to} is {is} on the board")))
            }
            Some(_) => Ok(to),
            None if is_folder || is_there(self.micropython, &to.parent())? == Some(true) => Ok(to),
            None => Err(no_folder(&to.parent())),
        }
    }

    fn store(&mut self, bytes: &[u8], to: &BoardPath) -> Result<()> {
        let _meter = self.meter(bytes.len() as u64);
        match self.micropython.write(&to.path, bytes).map_err(at(&to.path))? {
            Written::Sent => self.copied += 1,
            Written::Unchanged => self.unchanged += 1,
        }
        Ok(())
    }

    fn fetch(&mut self, from: &BoardPath, size: u64, to: &Path) -> Result<()> {
        if to.is_dir() {
            return Err(Failure::usage(format!("{} is a folder", to.display())));
        }
        if let Some(known) = here::content(to, size)
            && self.micropython.holds(&from.path, &known).map_err(at(&from.path))?
        {
            self.unchanged += 1;
            return Ok(());
        }
        let _meter = self.meter(size);
        let bytes = self.micropython.read(&from.path).map_err(at(&from.path))?;
        if self.stop.is_set() {
            return Err(Failure::interrupted());
        }
        here::store(to, &bytes)?;
        self.copied += 1;
        Ok(())
    }

    fn fetch_folder(&mut self, from: &BoardPath, to: &Path) -> Result<()> {
        fs::create_dir_all(to).map_err(|error| Failure::file(to, &error))?;
        for entry in self.micropython.list(&from.path).map_err(at(&from.path))? {
            let (from, to) = (from.join(&entry.name), to.join(here::name(&entry.name)?));
            if entry.is_folder { self.fetch_folder(&from, &to)? } else { self.fetch(&from, entry.size, &to)? }
        }
        Ok(())
    }

    /// A bar for so many bytes.
    fn meter(&mut self, total: u64) -> impl Sized + use<> {
        let (meter, listener) = self.meters.meter(total);
        self.micropython.on_progress(listener);
        meter
    }
}
