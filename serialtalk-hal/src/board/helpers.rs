//! Functions that a board gets from us, and keeps until it restarts.

use serialtalk::link::Link;
use serialtalk::repl::Script;
use serialtalk_python::small::Small;

use super::{Board, BoardError};

/// The sources, by their names.
const HELPERS: [(&str, &str); 12] = [
    ("about", include_str!("python/about.py")),
    ("sha256", include_str!("python/sha256.py")),
    ("sums", include_str!("python/sums.py")),
    ("folders", include_str!("python/folders.py")),
    ("flat", include_str!("python/flat.py")),
    ("check", include_str!("python/check.py")),
    ("keep", include_str!("python/keep.py")),
    ("keep_flat", include_str!("python/keep_flat.py")),
    ("decode", include_str!("python/decode.py")),
    ("receive", include_str!("python/receive.py")),
    ("read", include_str!("python/read.py")),
    ("short", include_str!("python/short.py")),
];

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Sees to it that the board has these.
    pub(super) fn define(&mut self, names: &[&'static str]) -> Result<(), BoardError<L::Error>> {
        let pieces = self.missing(names);
        // Together where the board has room, and one by one where it may not.
        if self.repl.has_raw_paste() == Some(true) && !pieces.is_empty() {
            self.repl.run(Script::new(&pieces.concat()).prints_text(), |_| {})?;
        } else {
            for piece in pieces {
                self.repl.run(Script::new(&piece).prints_text(), |_| {})?;
            }
        }
        self.helpers.extend(names);
        Ok(())
    }

    /// What of these the board does not have, small and in pieces.
    pub(super) fn missing(&self, names: &[&str]) -> Vec<String> {
        let missing = HELPERS.iter().filter(|(name, _)| names.contains(name) && !self.helpers.contains(name));
        let source: String = missing.map(|(_, source)| *source).collect();
        Small::new().pieces(&source)
    }
}
