//! Files of this machine.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::failure::{Failure, Kind, Result};

/// The name of a file of a board, if a file of this machine can have it: none that leads to another folder.
pub(super) fn name(name: &str) -> Result<&str> {
    let mut parts = Path::new(name).components();
    let is_plain =
        matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
    if is_plain && !name.contains(['\0', '/', '\\']) {
        return Ok(name);
    }
    let text = format!("the board has a file called {name:?}, and no file here can have that name");
    Err(Failure::new(Kind::Protocol, text))
}

/// The content of a file, if there is one of this size.
pub(super) fn content(path: &Path, size: u64) -> Option<Vec<u8>> {
    let about = fs::metadata(path).ok()?;
    if about.is_file() && about.len() == size { fs::read(path).ok() } else { None }
}

/// Stores a file: at any moment there is the old one or the new one.
pub(super) fn store(path: &Path, bytes: &[u8]) -> Result<()> {
    store_beside(path, bytes).map_err(|error| Failure::file(path, &error))
}

fn store_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A device has no content that could be replaced; a link stays one.
    let path = match fs::metadata(path) {
        Ok(about) if !about.is_file() => return fs::write(path, bytes),
        Ok(_) => path.canonicalize()?,
        Err(_) => path.to_owned(),
    };
    let part = part_of(&path);
    let stored = fs::write(&part, bytes).and_then(|()| fs::rename(&part, &path));
    if stored.is_err() {
        // It may not even be there.
        let _ = fs::remove_file(&part);
    }
    stored
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_cannot_name_a_file_elsewhere() {
        for good in ["a.py", "a b", "é", "..a", ".hidden", "a:b"] {
            assert_eq!(name(good), Ok(good));
        }
        for bad in ["", ".", "..", "a/b", "/a", "a/", "./a", "a\0", "..\\a"] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
    }
}
