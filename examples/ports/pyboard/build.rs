//! Gives the linker the memory map of the board that is chosen.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let map = if std::env::var_os("CARGO_FEATURE_SPIKE").is_some() { "spike.x" } else { "pyboard.x" };
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    std::fs::copy(map, folder.join("memory.x"))?;
    println!("cargo::rustc-link-search={}", folder.display());
    println!("cargo::rerun-if-changed={map}");
    Ok(())
}
