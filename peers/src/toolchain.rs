//! Building for other targets, such as firmware: with rustup's standard library for the target if it is installed, or else
//! with a compiler that brings the sources of its library, which build for any target: Debian's `rustc-web` with
//! `rust-web-src`, or rustup's nightly with `rust-src`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The compiler for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toolchain {
    /// The default compiler, with the target installed.
    Rustup,
    /// Another compiler with the sources of its standard library; the linker is that of the default compiler.
    Sources {
        /// The compiler.
        rustc: PathBuf,
        /// The folder with the linkers.
        linkers: PathBuf,
    },
}

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

impl Toolchain {
    /// Finds the compiler that this machine has for a target; an error tells how to get one.
    pub fn find(target: &str) -> Result<Self> {
        Self::look(target)
            .with_context(|| format!("no Rust for {target}; `cargo xtask test --install` installs it"))
    }

    /// What this machine has for a target, if it has something.
    pub fn look(target: &str) -> Option<Self> {
        if print(Path::new("rustc"), &["--print", "target-libdir", "--target", target])
            .is_some_and(|folder| Path::new(&folder).exists())
        {
            return Some(Self::Rustup);
        }
        let linkers = print(Path::new("rustc"), &["--print", "target-libdir"])?;
        let linkers = Path::new(&linkers).parent()?.join("bin");
        let has_sources = |rustc: &PathBuf| {
            print(rustc, &["--print", "sysroot"])
                .is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust/library/core").exists())
        };
        let rustc = [Some(PathBuf::from(DEBIAN_RUSTC)), nightly()].into_iter().flatten().find(has_sources)?;
        Some(Self::Sources { rustc, linkers })
    }

    /// The version of the compiler.
    pub fn version(&self) -> String {
        let rustc = match self {
            Self::Rustup => Path::new("rustc"),
            Self::Sources { rustc, .. } => rustc,
        };
        print(rustc, &["--version"]).unwrap_or_default()
    }

    /// A cargo command that builds firmware in the folder of its crate, whose `.cargo/config.toml` has the target and the
    /// linker's arguments. The output is in [`firmware_folder`].
    pub fn cargo(&self, krate: &Path) -> Command {
        self.cargo_with(krate, "core,alloc,panic_abort")
    }

    /// A cargo command that builds for a host, with all of the standard library.
    pub fn cargo_for_host(&self, krate: &Path) -> Command {
        self.cargo_with(krate, "std,panic_abort")
    }

    /// A cargo command that builds these crates of the standard library where only its sources are installed.
    fn cargo_with(&self, krate: &Path, library: &str) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(krate).env("CARGO_TARGET_DIR", firmware_folder());
        if let Self::Sources { rustc, linkers } = self {
            let path = std::env::var_os("PATH").unwrap_or_default();
            let path = std::iter::once(linkers.clone()).chain(std::env::split_paths(&path));
            command.env("RUSTC", rustc).env("RUSTC_BOOTSTRAP", "1").env("CARGO_UNSTABLE_BUILD_STD", library);
            if let Ok(path) = std::env::join_paths(path) {
                command.env("PATH", path);
            }
        }
        command
    }
}

/// The folder for the output of all firmware crates, which share most dependencies.
pub fn firmware_folder() -> PathBuf {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR"));
    peers.parent().unwrap_or(peers).join("target").join("firmware")
}

/// The compiler of rustup's nightly toolchain.
fn nightly() -> Option<PathBuf> {
    print(Path::new("rustup"), &["which", "--toolchain", "nightly", "rustc"]).map(PathBuf::from)
}

/// What a compiler prints about itself; nothing if it does not run.
fn print(rustc: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new(rustc).args(arguments).env("RUSTUP_AUTO_INSTALL", "0").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Debian has the compiler and its library in two packages. The compiler prints the path of a library, or its name alone if
/// there is none.
pub fn has_avr_gcc() -> bool {
    let library = Command::new("avr-gcc").arg("-print-file-name=libc.a").output();
    library.is_ok_and(|library| library.stdout.starts_with(b"/"))
}
