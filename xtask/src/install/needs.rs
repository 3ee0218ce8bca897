//! What this repository needs of a machine, beside a Rust toolchain and a C compiler.

use std::path::Path;

use peers::Toolchain;

use super::{apt, rustup};
use crate::boards::{AVR, CORTEX_M0, CORTEX_M3, CORTEX_M4F, CORTEX_M33F, RISC_V};
use crate::step::succeeds;
use crate::targets::{MACOS, NO_ATOMICS, WINDOWS};

/// Something that a machine may lack.
#[derive(Debug)]
pub(super) struct Need {
    /// Its name, which its way to be installed and `found` go by.
    pub(super) what: &'static str,
    /// The tests or checks that need it.
    pub(super) used_by: &'static str,
    found: fn(&str) -> bool,
    /// What brings it, the best first.
    pub(super) ways: &'static [Way],
}

/// A way to install something.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// These packages of Debian.
    Debian(&'static [&'static str]),
    /// The standard library for a target, from rustup.
    Target,
    /// A component of rustup's toolchain.
    Component,
    /// A toolchain of rustup.
    Toolchain,
    /// The nightly toolchain of rustup, with the sources of the standard library.
    Nightly,
}

/// Compilers with the sources of their standard library, which build for any target.
const SOURCES: &[Way] = &[Way::Debian(&["rustc-web", "rust-web-src"]), Way::Nightly];
const TARGET: &[Way] = &[Way::Target, SOURCES[0], SOURCES[1]];

const TOOLCHAIN: &[&str] = &["rustup", "toolchain", "install", "--no-self-update", "--profile", "minimal"];

/// What tests need.
pub(super) const TESTS: &[Need] = &[
    Need::new("Python 3 with venv", "Python and MicroPython peers", |_| peers::find_python().is_ok())
        .from(&[Way::Debian(&["python3", "python3-venv"])]),
    Need::new("rustfmt", "the format of written traits, and of this repository", has_command)
        .from(&[Way::Component]),
    Need::new("qemu-system-arm", "boards with a Cortex-M", runs).from(&[Way::Debian(&["qemu-system-arm"])]),
    Need::new("qemu-system-riscv32", "boards with RISC-V", runs).from(&[Way::Debian(&["qemu-system-misc"])]),
    Need::new("qemu-system-avr", "boards with an AVR", runs).from(&[Way::Debian(&["qemu-system-misc"])]),
    Need::new("MicroPython for micro:bit", "its REPL and files on an emulated board", |_| {
        Path::new(peers::MICROBIT_MICROPYTHON).exists()
    })
    .from(&[Way::Debian(&["firmware-microbit-micropython"])]),
    Need::new("tshark", "recordings as Wireshark shows them", runs).from(&[Way::Debian(&["tshark"])]),
    Need::new("ip", "a network that is cut", |ip| succeeds(ip, &["-V"])).from(&[Way::Debian(&["iproute2"])]),
    Need::new("avr-gcc with avr-libc", "firmware for an AVR", |_| peers::has_avr_gcc())
        .from(&[Way::Debian(&["gcc-avr", "avr-libc"])]),
    Need::new(CORTEX_M0, "firmware for a Cortex-M0", has_target).from(TARGET),
    Need::new(CORTEX_M3, "firmware for a Cortex-M3", has_target).from(TARGET),
    Need::new(CORTEX_M4F, "firmware for a Cortex-M4", has_target).from(TARGET),
    Need::new(RISC_V, "firmware for RISC-V", has_target).from(TARGET),
    Need::new(AVR, "firmware for an AVR", has_target).from(SOURCES),
];

/// What the other checks need.
pub(super) const CHECKS: &[Need] = &[
    Need::new("clippy", "lints", has_command).from(&[Way::Component]),
    Need::new(CORTEX_M33F, "firmware for a Pico 2", has_target).from(TARGET),
    Need::new(NO_ATOMICS, "the core without atomics", has_target).from(SOURCES),
    Need::new(WINDOWS, "links of hosts with Windows", has_windows)
        .from(&[Way::Target, Way::Debian(&["rustc-web", "rust-web-src", "binutils-mingw-w64-x86-64"])]),
    Need::new(MACOS, "links of hosts with macOS", has_target).from(TARGET),
    Need::new("c++", "fuzz targets", |_| has_cpp()).from(&[Way::Debian(&["g++"])]),
];

/// The `rust-version` of the workspace.
pub(super) const OLDEST_RUST: Need =
    Need::new(env!("CARGO_PKG_RUST_VERSION"), "the oldest Rust that is promised", rustup::has)
        .from(&[Way::Toolchain]);

impl Need {
    const fn new(what: &'static str, used_by: &'static str, found: fn(&str) -> bool) -> Self {
        Self { what, used_by, found, ways: &[] }
    }

    const fn from(self, ways: &'static [Way]) -> Self {
        Self { ways, ..self }
    }

    /// Whether this machine has it.
    pub(super) fn is_there(&self) -> bool {
        (self.found)(self.what)
    }
}

impl Way {
    /// The command that installs something so.
    pub(super) fn command(self, what: &'static str) -> Vec<&'static str> {
        match self {
            Self::Debian(packages) => [&["apt-get", "install"], packages].concat(),
            Self::Target => vec!["rustup", "target", "add", what],
            Self::Component => vec!["rustup", "component", "add", what],
            Self::Toolchain => [TOOLCHAIN, &[what]].concat(),
            Self::Nightly => [TOOLCHAIN, &["--component", "rust-src", "nightly"]].concat(),
        }
    }

    /// Whether this machine has what installs so.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Debian(_) => apt::is_there(),
            Self::Target | Self::Component | Self::Toolchain | Self::Nightly => rustup::is_there(),
        }
    }
}

fn runs(program: &str) -> bool {
    succeeds(program, &["--version"])
}

/// Whether the component has brought its command of cargo, as clippy brings `cargo clippy`.
fn has_command(component: &str) -> bool {
    succeeds("cargo", &[component.trim_start_matches("rust"), "--version"])
}

fn has_target(target: &str) -> bool {
    Toolchain::look(target).is_some()
}

/// The library of Windows takes `dlltool` if it is built from its sources.
fn has_windows(target: &str) -> bool {
    match Toolchain::look(target) {
        Some(Toolchain::Rustup) => true,
        Some(Toolchain::Sources { .. }) => runs("x86_64-w64-mingw32-dlltool"),
        None => false,
    }
}

/// Whether there is the C++ compiler that libFuzzer needs.
pub(crate) fn has_cpp() -> bool {
    let compiler = std::env::var("CXX").unwrap_or_else(|_| "c++".into());
    runs(&compiler)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_name_of_its_own_and_a_way() {
        let needs: Vec<_> = TESTS.iter().chain(CHECKS).chain([&OLDEST_RUST]).collect();
        for (number, need) in needs.iter().enumerate() {
            assert!(!need.ways.is_empty(), "{}", need.what);
            assert!(needs[..number].iter().all(|other| other.what != need.what), "{}", need.what);
        }
    }

    #[test]
    fn every_board_that_tests_run_has_its_target_in_the_table() {
        for target in crate::boards::targets() {
            assert!(TESTS.iter().any(|need| need.what == target), "{target}");
        }
    }
}
