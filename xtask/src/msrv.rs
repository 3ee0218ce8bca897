//! The oldest Rust that builds the crates: the `rust-version` of the workspace.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::{PUBLISHED, Package, root};
use crate::step;

/// Builds the published crates with the oldest Rust. Where rustup does not have it, the build is skipped, except in continuous
/// integration, where that is an error: clippy's `incompatible_msrv` alone does not prove the `rust-version`.
pub(crate) fn check(packages: &[Package]) -> Result<()> {
    let ours = packages.iter().find(|package| package.name == PUBLISHED[0]);
    let msrv =
        ours.and_then(|package| package.rust_version.clone()).context("no rust-version in Cargo.toml")?;
    note_dependencies(packages, &msrv);
    let Some(toolchain) = toolchain(&msrv) else {
        let missing = format!("no Rust {msrv}: rustup toolchain install --profile minimal {msrv}");
        ensure!(!peers::is_ci(), "{missing}");
        println!("skipped: the build with Rust {msrv}: {missing}");
        return Ok(());
    };
    for features in ["--no-default-features", "--all-features"] {
        let mut check = Command::new("rustup");
        check
            .current_dir(root())
            .args(["run", &toolchain, "cargo", "check", "--quiet", "--locked", features]);
        check.args(PUBLISHED.iter().flat_map(|name| ["--package", name]));
        // Apart, since another compiler can use nothing of what this one has built.
        check.env("CARGO_TARGET_DIR", root().join("target").join("msrv"));
        step::run("msrv", &mut check)?;
    }
    Ok(())
}

/// Prints the dependencies that declare a newer Rust; they may build all the same.
fn note_dependencies(packages: &[Package], msrv: &str) {
    for Package { name, version, rust_version, .. } in packages {
        if let Some(wanted) = rust_version.as_ref().filter(|wanted| number(wanted) > number(msrv)) {
            println!("    {name} {version} wants Rust {wanted}");
        }
    }
}

/// The installed toolchain of a version, at any patch level.
fn toolchain(version: &str) -> Option<String> {
    let output = Command::new("rustup").args(["toolchain", "list", "--quiet"]).output().ok()?;
    pick(&String::from_utf8_lossy(&output.stdout), version)
}

fn pick(list: &str, version: &str) -> Option<String> {
    let [major, minor, _] = number(version);
    let mut toolchains = list.lines().filter_map(|line| line.split_whitespace().next());
    let is_it = |toolchain: &&str| {
        let version = toolchain.split('-').next().unwrap_or_default();
        number(version)[..2] == [major, minor]
    };
    toolchains.find(is_it).map(str::to_owned)
}

/// Parses a version for comparison: `1.88` equals `1.88.0`.
fn number(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::pick;

    #[test]
    fn the_toolchain_of_a_version_is_found_in_rustups_list() {
        let list =
            "stable-x86_64-unknown-linux-gnu (active, default)\n1.95.0-x86_64-unknown-linux-gnu\n1.88.2-x\n";
        assert_eq!(pick(list, "1.88").as_deref(), Some("1.88.2-x"));
        assert_eq!(pick(list, "1.95").as_deref(), Some("1.95.0-x86_64-unknown-linux-gnu"));
        assert_eq!(pick(list, "1.8"), None);
    }
}
