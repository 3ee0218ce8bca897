//! A built source tree of serialtalk, and crates that are compiled with it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::source::{Methods, source};
use crate::baseline::Baseline;
use crate::processor_time;

/// How far a crate is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compile {
    /// What `cargo check` does.
    Check,
    /// What `cargo build --release` does.
    Build,
}

/// A tree whose core, and all that it depends on, is built.
#[derive(Debug)]
pub(super) struct Tree {
    /// Where the core was built to.
    built: PathBuf,
    rustc: PathBuf,
}

impl Tree {
    /// The working tree.
    pub(super) fn ours() -> Result<Self> {
        Self::build(&root(), "ours")
    }

    /// The tree of the earlier commit.
    pub(super) fn baseline(baseline: &Baseline) -> Result<Self> {
        Self::build(baseline.sources(), baseline.commit())
    }

    fn build(tree: &Path, name: &str) -> Result<Self> {
        let target = root().join("target").join("compile").join(name);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = ["build", "--quiet", "--release", "--package", "serialtalk", "--target-dir"];
        run(Command::new(cargo).args(build).arg(&target).current_dir(tree))?;
        Ok(Self { built: target.join("release"), rustc: rustc()? })
    }

    /// Compiles a crate with `count` methods, without its dependencies, and returns the processor time, which other programs
    /// disturb less than elapsed time.
    pub(super) fn compile(&self, compile: Compile, methods: Methods, count: usize) -> Result<Duration> {
        let file = self.built.join("methods.rs");
        std::fs::write(&file, source(methods, count))?;
        let mut rustc = Command::new(&self.rustc);
        rustc.args(["--edition=2024", "--crate-type=lib", "--crate-name=methods", "--cap-lints=allow"]);
        rustc.arg(&file);
        match compile {
            Compile::Check => rustc.arg("--emit=metadata"),
            Compile::Build => rustc.args(["--emit=metadata,link", "-Copt-level=3", "-Cembed-bitcode=no"]),
        };
        rustc.arg("--out-dir").arg(&self.built);
        rustc.arg("--extern").arg(option("serialtalk", &self.built.join("libserialtalk.rlib")));
        rustc.arg("-L").arg(option("dependency", &self.built.join("deps")));
        let before = processor_time::of_children()?;
        run(&mut rustc)?;
        Ok(processor_time::of_children()?.saturating_sub(before))
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR"));
    bench.parent().unwrap_or(bench).to_owned()
}

/// The path of the compiler itself, because `rustc` in the path may be rustup's proxy.
fn rustc() -> Result<PathBuf> {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output()?;
    Ok(Path::new(String::from_utf8(output.stdout)?.trim()).join("bin").join("rustc"))
}

fn option(name: &str, path: &Path) -> String {
    format!("{name}={}", path.display())
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.stderr(Stdio::piped()).output().with_context(|| format!("can't run {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
