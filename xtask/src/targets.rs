//! Checks that the core builds for chips of every kind, and the links for hosts with other operating systems.

use anyhow::{Context, Result};
use peers::Toolchain;

use crate::boards::{CORTEX_M0, CORTEX_M3, CORTEX_M4F, RISC_V};
use crate::cargo::{Package, root};
use crate::step;

/// An ARM7TDMI: no atomics at all, not even loads and stores.
pub(crate) const NO_ATOMICS: &str = "armv4t-none-eabi";

const TARGETS: [&str; 5] = [CORTEX_M0, CORTEX_M3, CORTEX_M4F, RISC_V, NO_ATOMICS];

pub(crate) const WINDOWS: &str = "x86_64-pc-windows-gnu";
pub(crate) const MACOS: &str = "aarch64-apple-darwin";

/// Other operating systems, with the features that add nothing there.
const HOSTS: [(&str, &[&str]); 2] = [(WINDOWS, &["pty"]), (MACOS, &[])];

/// The package of the command.
const COMMAND: &str = "serialtalk-cli";

/// Features that need an operating system.
const HOSTED: [&str; 1] = ["std"];

/// Checks the core for each target: with no feature, with each alone, and with all.
pub(crate) fn check(core: &Package) -> Result<()> {
    let features: Vec<_> =
        core.features().filter(|name| !HOSTED.contains(name) && *name != "default").collect();
    let all = features.join(",");
    for target in TARGETS {
        let toolchain = Toolchain::find(target)?;
        for features in ["", &all].into_iter().chain(features.iter().copied()) {
            let mut check = toolchain.cargo(&root());
            check.args(["check", "--quiet", "--release", "--locked", "--lib", "--package", &core.name]);
            check.args(["--target", target, "--no-default-features", "--features", features]);
            if target == NO_ATOMICS {
                // heapless requires atomics for its queues, which the core does not use.
                check.args(["--features", "heapless/portable-atomic-unsafe-assume-single-core"]);
            }
            step::run("targets", &mut check)
                .with_context(|| format!("{target} with features `{features}`"))?;
        }
    }
    Ok(())
}

/// Checks the links for each host, with no feature, with each alone, and with all; and the command.
pub(crate) fn check_hosts(hal: &Package) -> Result<()> {
    for (target, empty) in HOSTS {
        let toolchain = Toolchain::find(target)?;
        let mut check = toolchain.cargo_for_host(&root());
        check.args(["check", "--quiet", "--release", "--locked", "--package", COMMAND, "--target", target]);
        step::run("hosts", &mut check).with_context(|| format!("{COMMAND} for {target}"))?;
        let features = hal.features().filter(|name| *name != "default" && !empty.contains(name));
        let alone = features.map(|feature| vec!["--features", feature]);
        for features in std::iter::once(vec![]).chain(alone).chain([vec!["--all-features"]]) {
            let mut check = toolchain.cargo_for_host(&root());
            check.args(["check", "--quiet", "--release", "--locked", "--lib", "--package", &hal.name]);
            check.args(["--target", target, "--no-default-features"]).args(&features);
            step::run("hosts", &mut check)
                .with_context(|| format!("{target} with features `{}`", features.join(" ")))?;
        }
    }
    Ok(())
}
