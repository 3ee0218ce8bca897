//! `cargo xtask package`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::{PUBLISHED, cargo, root};
use crate::step;

/// What each package has beside its code.
const FILES: [&str; 4] = ["Cargo.toml", "README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// The entries of a manifest that crates.io shows or docs.rs reads.
const ENTRIES: [&str; 7] = [
    "description = ",
    "license = ",
    "readme = ",
    "categories = ",
    "keywords = ",
    "rust-version = ",
    "[package.metadata.docs.rs]",
];

/// Makes the packages that `cargo publish` would upload, each built from the packages of the others, and checks what is in
/// them; then makes a project by the packaged command, and tests it with the packaged crates. Publishes nothing.
///
/// All of it is outside of the repository, where cargo would take the packages for members of the workspace.
pub(crate) fn run() -> Result<()> {
    let place = std::env::temp_dir().join(format!("serialtalk-package-{}", std::process::id()));
    fs::create_dir(&place).with_context(|| format!("can't make {}", place.display()))?;
    let checked = check(&place);
    fs::remove_dir_all(&place).ok();
    checked
}

fn check(place: &Path) -> Result<()> {
    let mut package = cargo();
    package.args(["package", "--quiet", "--locked", "--allow-dirty"]);
    package.args(PUBLISHED.iter().flat_map(|name| ["--package", name]));
    step::run("package", package.env("CARGO_TARGET_DIR", output(place)))?;
    PUBLISHED.iter().try_for_each(|name| check_contents(&folder(place, name)))?;
    check_new_project(place)
}

/// The folder for all that is built of packages.
fn output(place: &Path) -> PathBuf {
    place.join("target")
}

/// The folder in which cargo has unpacked a package.
fn folder(place: &Path, name: &str) -> PathBuf {
    output(place).join("package").join(format!("{name}-{}", env!("CARGO_PKG_VERSION")))
}

fn check_contents(folder: &Path) -> Result<()> {
    for file in FILES {
        let path = folder.join(file);
        let size = fs::metadata(&path).with_context(|| format!("no {}", path.display()))?.len();
        ensure!(size > 0, "{} is empty", path.display());
    }
    let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
    for entry in ENTRIES {
        let has_entry = manifest.lines().any(|line| line.starts_with(entry));
        ensure!(has_entry, "{} has no `{entry}`", folder.join("Cargo.toml").display());
    }
    check_links(folder)
}

/// A link in a package leads nowhere on another machine: cargo packs what it leads to.
fn check_links(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        ensure!(!kind.is_symlink(), "{} is a link", entry.path().display());
        if kind.is_dir() {
            check_links(&entry.path())?;
        }
    }
    Ok(())
}

/// Builds the packaged command, and has a project of it tested.
fn check_new_project(place: &Path) -> Result<()> {
    let patches = patches(place);
    let installed = place.join("installed");
    let mut install = cargo();
    install.current_dir(place).args(["install", "--quiet", "--debug", "--no-track", "--path"]);
    install.arg(folder(place, "serialtalk-cli")).arg("--root").arg(&installed).args(&patches);
    step::run("package", install.env("CARGO_TARGET_DIR", output(place)))?;

    let mut new = Command::new(installed.join("bin/serialtalk"));
    step::run(
        "package",
        new.current_dir(place).args(["new", "my-arm", "--firmware", "pico", "--micropython"]),
    )?;

    let project = place.join("my-arm");
    for manifest in ["Cargo.toml", "firmware/Cargo.toml"] {
        let text = fs::read_to_string(project.join(manifest)).with_context(|| format!("no {manifest}"))?;
        ensure!(!text.contains(&*root().to_string_lossy()), "{manifest} names this repository: {text}");
    }
    fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock")).context("no Cargo.lock")?;
    let mut test = cargo();
    test.current_dir(project).args(["test", "--quiet"]).args(&patches);
    step::run("package", test.env("CARGO_TARGET_DIR", output(place)))
}

/// The settings of cargo by which it takes the packages for what is published.
fn patches(place: &Path) -> Vec<String> {
    let libraries = PUBLISHED.iter().filter(|&&name| name != "serialtalk-cli");
    libraries.map(|name| format!("--config=patch.crates-io.{name}.path={:?}", folder(place, name))).collect()
}
