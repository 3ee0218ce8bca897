//! `cargo xtask ci`

use anyhow::{Context, Result, bail};

use crate::cargo::{Package, cargo, packages};
use crate::{ports, size, step, targets, test};

/// The packages that have to build with any combination of their features.
const COMBINED: [&str; 2] = ["serialtalk", "serialtalk-hal"];

/// Runs every check, also after one that fails, and fails if any did.
pub(crate) fn run() -> Result<()> {
    let packages = packages()?;
    note_msrv(&packages)?;
    let checks = [
        check_format(),
        check_lints(),
        check_docs(),
        check_features(&packages),
        check_targets(&packages),
        ports::build(),
        check_tests(),
        check_sizes(),
    ];
    let failures: Vec<_> =
        checks.into_iter().filter_map(Result::err).map(|error| format!("\n  {error:#}")).collect();
    if !failures.is_empty() {
        bail!("these checks failed:{}", failures.concat());
    }
    println!("every check passed");
    Ok(())
}

fn check_format() -> Result<()> {
    step::run("format", cargo().args(["fmt", "--all", "--check"]))
}

fn check_lints() -> Result<()> {
    let lints = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "--deny=warnings"];
    step::run("lints", cargo().args(lints))
}

fn check_docs() -> Result<()> {
    let docs = ["doc", "--workspace", "--all-features", "--no-deps"];
    step::run("docs", cargo().args(docs).env("RUSTDOCFLAGS", "--deny=warnings"))
}

/// Each package with no feature, with each alone, and with all.
fn check_features(packages: &[Package]) -> Result<()> {
    for name in COMBINED {
        let package = find(packages, name)?;
        let alone = package.features().map(|feature| vec!["--features", feature]);
        for features in std::iter::once(vec![]).chain(alone).chain([vec!["--all-features"]]) {
            let mut clippy = cargo();
            clippy.args(["clippy", "--package", name, "--lib", "--no-default-features"]);
            step::run("features", clippy.args(features).args(["--", "--deny=warnings"]))?;
        }
    }
    Ok(())
}

fn check_targets(packages: &[Package]) -> Result<()> {
    targets::check(find(packages, COMBINED[0])?)
}

fn find<'a>(packages: &'a [Package], name: &str) -> Result<&'a Package> {
    let found = packages.iter().find(|package| package.name == name);
    found.with_context(|| format!("there is no package {name}"))
}

fn check_tests() -> Result<()> {
    test::run(&test::Args::default())
}

/// Flash, RAM, stack and instructions of firmware: none of them more than it was.
fn check_sizes() -> Result<()> {
    size::run(&size::Args::NO_WORSE)
}

/// Says what the oldest Rust is, which Rust runs this, and which dependencies would not build with the oldest.
fn note_msrv(packages: &[Package]) -> Result<()> {
    let ours = packages.iter().find(|package| package.name == COMBINED[0]);
    let msrv =
        ours.and_then(|package| package.rust_version.clone()).context("no rust-version in Cargo.toml")?;
    let rustc = std::process::Command::new("rustc").arg("--version").output().context("can't run rustc")?;
    println!("==> MSRV: {msrv}; this is {}", String::from_utf8_lossy(&rustc.stdout).trim());
    for Package { name, version, rust_version, .. } in packages {
        if let Some(wanted) = rust_version.as_ref().filter(|wanted| number(wanted) > number(&msrv)) {
            println!("    {name} {version} wants {wanted}");
        }
    }
    Ok(())
}

/// `1.88` and `1.88.0` alike, comparable.
fn number(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}
