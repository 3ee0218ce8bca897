//! Files of this machine that change while a program works with them.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::failure::{Failure, Result};
use crate::stop::Stop;

/// An editor that stores a file has done so when nothing has changed for this long.
const QUIET: Duration = Duration::from_millis(100);

/// How often it is looked whether something has changed.
const LOOK_EACH: Duration = Duration::from_millis(50);

/// The changes of a file, or of what is in a folder.
pub(crate) struct Changes {
    _watcher: RecommendedWatcher,
    changed: Receiver<()>,
    /// When something changed last, unless that was told.
    last: Cell<Option<Instant>>,
}

impl Changes {
    /// Watches a path. In a folder, only those paths count of which `is_meant` is true.
    pub(crate) fn of(path: &Path, is_meant: fn(&Path) -> bool) -> Result<Self> {
        let failed = |error: &dyn std::fmt::Display| Failure::usage(format!("{}: {error}", path.display()));
        let path = path.canonicalize().map_err(|error| failed(&error))?;
        let is_folder = path.is_dir();
        // A file may be replaced by another one of its name.
        let folder = if is_folder { path.clone() } else { path.parent().unwrap_or(&path).to_owned() };
        let (tell, changed) = mpsc::channel();
        let counts = move |changed: &PathBuf| match changed.strip_prefix(&path) {
            Ok(inner) if is_folder => inner.ancestors().all(|it| it == Path::new("") || is_meant(it)),
            Ok(inner) => inner == Path::new(""),
            Err(_) => false,
        };
        let on_event = move |event: notify::Result<Event>| {
            let is_change = event.is_ok_and(|event| {
                !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(&counts)
            });
            if is_change {
                // Whoever does not listen any more has ended.
                let _ = tell.send(());
            }
        };
        let mode = if is_folder { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let mut watcher = notify::recommended_watcher(on_event).map_err(|error| failed(&error))?;
        watcher.watch(&folder, mode).map_err(|error| failed(&error))?;
        Ok(Self { _watcher: watcher, changed, last: Cell::new(None) })
    }

    /// Whether something has changed since this was last true, and nothing changes any more.
    pub(crate) fn are_there(&self) -> bool {
        if self.changed.try_iter().count() > 0 {
            self.last.set(Some(Instant::now()));
        }
        let are_over = self.last.get().is_some_and(|last| last.elapsed() >= QUIET);
        if are_over {
            self.last.set(None);
        }
        are_over
    }

    /// Waits until `has_changed`.
    pub(crate) fn wait(&self, stop: &Stop, has_changed: impl Fn() -> bool) -> Result<()> {
        while !has_changed() {
            if !stop.is_unset_until(Instant::now() + LOOK_EACH) {
                return Err(Failure::interrupted());
            }
        }
        Ok(())
    }
}
