//! `cargo xtask ci`

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};

use crate::boards::{self, Board};
use crate::cargo::{PUBLISHED, Package, cargo, packages};
use crate::{faults, fuzz, install, layers, msrv, package, ports, size, step, targets, test};

/// The packages that have to build with any combination of their features.
const COMBINED: [&str; 2] = ["serialtalk", "serialtalk-hal"];

/// What `cargo xtask ci` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Installs what is missing first: Debian's packages by apt-get, Rust's targets and components by rustup
    #[arg(long)]
    install: bool,
}

/// Runs every check, also after one that fails, and fails if any did.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.install {
        install::for_checks()?;
    }
    let packages = packages()?;
    let checks = [
        check_format(),
        check_lints(),
        check_layers(),
        check_docs(),
        check_features(&packages),
        check_targets(&packages),
        check_hosts(&packages),
        msrv::check(&packages),
        ports::run(&ports::Args::ALL),
        package::run(),
        check_tests(),
        check_sizes(),
        faults::run(&faults::Args::QUICK),
        faults::run(&faults::Args::CONTROL),
        fuzz::check(),
    ];
    let failures: Vec<_> =
        checks.into_iter().filter_map(Result::err).map(|error| format!("\n  {error:#}")).collect();
    if !failures.is_empty() {
        bail!("these checks failed:{}", failures.concat());
    }
    println!("every check passed");
    Ok(())
}

/// The workspace, and the firmware and the fuzz targets, which are not part of it.
fn check_format() -> Result<()> {
    step::run("format", cargo().args(["fmt", "--all", "--check"]))?;
    let examples = boards::BOARDS.iter().chain(&ports::PORTS).map(Board::folder);
    let folders: BTreeSet<_> = examples.chain([size::folder(), fuzz::folder()]).collect();
    folders.iter().try_for_each(|folder| {
        step::run("format", cargo().current_dir(folder).args(["fmt", "--check"]))
            .with_context(|| folder.display().to_string())
    })
}

fn check_lints() -> Result<()> {
    let lints = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "--deny=warnings"];
    step::run("lints", cargo().args(lints))
}

fn check_layers() -> Result<()> {
    println!("==> layers");
    layers::run()
}

/// Docs of everything, and of each published package as a plain `cargo doc` makes them.
fn check_docs() -> Result<()> {
    let all = vec!["--workspace", "--all-features"];
    for docs in std::iter::once(all).chain(PUBLISHED.map(|name| vec!["--package", name])) {
        let mut doc = cargo();
        doc.args(["doc", "--no-deps"]).args(docs).env("RUSTDOCFLAGS", "--deny=warnings");
        step::run("docs", &mut doc)?;
    }
    Ok(())
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

fn check_hosts(packages: &[Package]) -> Result<()> {
    targets::check_hosts(find(packages, COMBINED[1])?)
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
