//! Creates the virtual environment with the Python peers, or recreates it if it is out of date.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::Venv;

/// The virtual environment with everything that `peers/requirements.txt` names: the one that the variable
/// `SERIALTALK_PEERS` names, or else `target/python-peers`, which is made if it is not there or does not fit.
///
/// # Errors
///
/// What is missing for it on this machine, and how to get that.
pub fn install() -> Result<Venv> {
    let folder = match std::env::var_os("SERIALTALK_PEERS") {
        Some(folder) => folder.into(),
        None => installed()?,
    };
    Venv::at(&folder).with_context(|| format!("there are no Python peers in {}", folder.display()))
}

fn installed() -> Result<PathBuf> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let requirements = crate_folder.join("requirements.txt");
    let wanted = std::fs::read_to_string(&requirements)
        .with_context(|| format!("can't read {}", requirements.display()))?;
    let folder = crate_folder.parent().unwrap_or(crate_folder).join("target").join("python-peers");
    let stamp = folder.join("installed-requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && works(&folder) {
        return Ok(folder);
    }
    make(&requirements, &folder)?;
    if !works(&folder) {
        bail!("what was installed in {} does not run", folder.display());
    }
    std::fs::write(&stamp, wanted).with_context(|| format!("can't write {}", stamp.display()))?;
    Ok(folder)
}

/// Whether both interpreters run and find what they import.
fn works(folder: &Path) -> bool {
    let run = |program: &str, code: &str| {
        let mut command = Command::new(folder.join("bin").join(program));
        command.args(["-c", code]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    run("python", "import mcap, mypy, zenoh; from serial import Serial; from serialtalk import SerialTalk")
        && run("micropython", "import select, socket, struct, termios")
}

fn make(requirements: &Path, folder: &Path) -> Result<()> {
    let python = find_python()?;
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("can't remove {}", folder.display()))?;
    }
    eprintln!("installing MicroPython and the other Python peers in {}", folder.display());
    run(Command::new(python).args(["-m", "venv"]).arg(folder))?;
    let mut pip = Command::new(folder.join("bin").join("python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]);
    run(pip.arg(requirements)).context(
        "pip could not install peers/requirements.txt; it needs PyPI, and Linux on x86-64 or macOS on ARM",
    )
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("can't run {command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}

/// The minor versions of Python 3 that the MicroPython in the requirements is built for.
const MINORS: std::ops::RangeInclusive<u32> = 10..=14;

/// A Python that can make virtual environments: what the variable `PYTHON` names, or else the first that fits.
///
/// # Errors
///
/// What was found instead, and how to get one.
pub fn find_python() -> Result<String> {
    let candidates = match std::env::var("PYTHON") {
        Ok(python) => vec![python],
        Err(_) => {
            let named = MINORS.rev().map(|minor| format!("python3.{minor}"));
            std::iter::once("python3".to_owned()).chain(named).collect()
        }
    };
    let mut found = String::new();
    for candidate in candidates {
        match fits(&candidate) {
            Ok(()) => return Ok(candidate),
            Err(Unfit::Missing) => {}
            Err(Unfit::Because(reason)) => found += &format!("\n  {candidate} {reason}"),
        }
    }
    if found.is_empty() {
        found += "\n  there is no python3";
    }
    bail!(
        "they need Python 3.{} to 3.{} with the modules venv and ensurepip{found}\n  \
         Debian, Ubuntu: sudo apt-get install python3 python3-venv; Fedora: sudo dnf install python3; \
         macOS: brew install python@3.13; PYTHON=.. names another one",
        MINORS.start(),
        MINORS.end(),
    )
}

enum Unfit {
    Missing,
    Because(String),
}

fn fits(python: &str) -> Result<(), Unfit> {
    let print = |code: &str| Command::new(python).args(["-c", code]).stdin(Stdio::null()).output();
    let Ok(version) = print("import sys; print(sys.version_info[1] if sys.version_info[0] == 3 else 0)")
    else {
        return Err(Unfit::Missing);
    };
    let minor = String::from_utf8_lossy(&version.stdout).trim().parse::<u32>();
    match minor {
        // A shim of a version manager, say, with nothing behind it.
        Err(_) => return Err(Unfit::Because("does not run".into())),
        Ok(minor) if !MINORS.contains(&minor) => {
            return Err(Unfit::Because(format!("is 3.{minor}")));
        }
        Ok(_) => {}
    }
    match print("import venv, ensurepip") {
        Ok(imported) if imported.status.success() => Ok(()),
        _ => Err(Unfit::Because("has no venv or no ensurepip; on Debian they come with python3-venv".into())),
    }
}
