//! Python functions that are defined on a board, until it restarts.

use serialtalk::link::Link;
use serialtalk::repl::Script;
use serialtalk_python::small::Small;

use super::{Board, BoardError};

/// The sources, by their names.
const HELPERS: [(&str, &str); 10] = [
    ("imports", include_str!("python/imports.py")),
    ("sha256", include_str!("python/sha256.py")),
    ("sums", include_str!("python/sums.py")),
    ("folders", include_str!("python/folders.py")),
    ("flat", include_str!("python/flat.py")),
    ("keep", include_str!("python/keep.py")),
    ("decode", include_str!("python/decode.py")),
    ("receive", include_str!("python/receive.py")),
    ("read", include_str!("python/read.py")),
    ("short", include_str!("python/short.py")),
];

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Defines these functions on the board, unless it has them.
    pub(super) fn define(&mut self, names: &[&'static str]) -> Result<(), BoardError<L::Error>> {
        let pieces = self.missing(names);
        // A board without raw paste may lack the memory for all at once.
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

    /// The minified sources of those functions that the board does not have.
    pub(super) fn missing(&self, names: &[&str]) -> Vec<String> {
        let missing = HELPERS.iter().filter(|(name, _)| names.contains(name) && !self.helpers.contains(name));
        let source: String = missing.map(|(_, source)| *source).collect();
        Small::new().pieces(&source)
    }
}
