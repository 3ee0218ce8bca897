//! The inputs that a target begins with.
//!
//! | where | what |
//! |---|---|
//! | `fuzz/corpus/TARGET` | inputs made by hand, a file each, named by what they show |
//! | `fuzz/grown/TARGET.txt` | inputs that runs have found and `--keep` has kept, a line each |
//! | `target/fuzz/corpus/TARGET` | those, and what runs on this machine have found since |

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::build::{self, Build};
use super::folder;
use crate::step;

/// The inputs made by hand.
pub(super) fn by_hand(target: &str) -> Result<PathBuf> {
    made(folder().join("corpus").join(target))
}

/// The inputs that runs have found; what a run finds goes there, too.
pub(super) fn found(target: &str) -> Result<PathBuf> {
    let found = made(build::output().join("corpus").join(target))?;
    let kept = fs::read_to_string(list(target)).unwrap_or_default();
    for (number, line) in kept.lines().enumerate() {
        let input =
            unescape(line).with_context(|| format!("line {} of {}", number + 1, list(target).display()))?;
        write(&found.join(format!("kept-{number}")), &input)?;
    }
    Ok(found)
}

/// Keeps, of what runs have found, the fewest inputs that reach all code that any of them does.
pub(super) fn keep(build: &Build, target: &str) -> Result<()> {
    let (by_hand, fewest) = (by_hand(target)?, build::output().join("fewest").join(target));
    if fewest.exists() {
        fs::remove_dir_all(&fewest).with_context(|| format!("can't remove {}", fewest.display()))?;
    }
    made(&fewest)?;
    for path in files(&by_hand)? {
        fs::copy(&path, fewest.join(path.file_name().unwrap_or_default()))?;
    }
    let mut merge = Command::new(build.program(target));
    merge.arg("-set_cover_merge=1").arg(&fewest).arg(found(target)?);
    // Which code is reached counts, and not how often: otherwise there would be ten times as many.
    merge.arg("-use_counters=0");
    let log = File::create(build::output().join("logs").join(format!("{target}-merge.txt")))?;
    step::run("fuzz", merge.stdout(log.try_clone()?).stderr(log))?;
    let mut lines = Vec::new();
    for path in files(&fewest)? {
        if !by_hand.join(path.file_name().unwrap_or_default()).exists() {
            lines.push(format!("{}\n", fs::read(&path)?.escape_ascii()));
        }
    }
    lines.sort();
    made(folder().join("grown"))?;
    write(&list(target), lines.concat().as_bytes())
}

fn list(target: &str) -> PathBuf {
    folder().join("grown").join(format!("{target}.txt"))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// Makes a folder, unless it is there.
pub(super) fn made(folder: impl AsRef<Path>) -> Result<PathBuf> {
    let folder = folder.as_ref();
    fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
    Ok(folder.to_owned())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("can't write {}", path.display()))
}

/// The bytes that `escape_ascii` has written; nothing if it cannot have.
fn unescape(line: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut rest) = (Vec::new(), line.as_bytes());
    while let [first, after @ ..] = rest {
        let (byte, len) = match (first, after) {
            (b'\\', [b'x', digits @ ..]) => {
                let digits = str::from_utf8(digits.get(..2)?).ok()?;
                (u8::from_str_radix(digits, 16).ok()?, 4)
            }
            (b'\\', [b'n', ..]) => (b'\n', 2),
            (b'\\', [b'r', ..]) => (b'\r', 2),
            (b'\\', [b't', ..]) => (b'\t', 2),
            (b'\\', [escaped, ..]) => (*escaped, 2),
            _ => (*first, 1),
        };
        bytes.push(byte);
        rest = rest.get(len..)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn every_byte_is_the_same_in_a_list() {
        let all: Vec<u8> = (0..=255).chain(*b"\\x41\\\\").collect();
        assert_eq!(unescape(&all.escape_ascii().to_string()), Some(all));
        assert_eq!(unescape("\\xg0"), None);
        assert_eq!(unescape("\\x4"), None);
        assert_eq!(unescape(""), Some(vec![]));
    }
}
