//! Functions that a board gets from us, and keeps until it restarts.

use serialtalk::link::Link;
use serialtalk::repl::Script;
use serialtalk_python::small::Small;

use super::{Board, BoardError};

/// The sources, by their names.
const HELPERS: [(&str, &str); 10] = [
    ("about", include_str!("python/about.py")),
    ("sha256", include_str!("python/sha256.py")),
    ("sums", include_str!("python/sums.py")),
    ("folders", include_str!("python/folders.py")),
    ("flat", include_str!("python/flat.py")),
    ("check", include_str!("python/check.py")),
    ("keep", include_str!("python/keep.py")),
    ("keep_flat", include_str!("python/keep_flat.py")),
    ("receive", include_str!("python/receive.py")),
    ("read", include_str!("python/read.py")),
];

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Sees to it that the board has these.
    pub(super) fn define(&mut self, names: &[&str]) -> Result<(), BoardError<L::Error>> {
        let missing = HELPERS.iter().filter(|(name, _)| names.contains(name) && !self.helpers.contains(name));
        let missing: Vec<_> = missing.collect();
        if missing.is_empty() {
            return Ok(());
        }
        let source: String = missing.iter().map(|(_, source)| *source).collect();
        // Together where the board has room, and one by one where it may not.
        if self.repl.has_raw_paste() == Some(true) {
            self.repl.run(Script::new(&Small::new().pieces(&source).concat()), |_| {})?;
        } else {
            for piece in Small::new().pieces(&source) {
                self.repl.run(Script::new(&piece), |_| {})?;
            }
        }
        self.helpers.extend(missing.iter().map(|(name, _)| name));
        Ok(())
    }
}
