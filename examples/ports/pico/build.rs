//! Gives the linker the memory map of the chip that is chosen.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let is_rp2350 = std::env::var_os("CARGO_FEATURE_RP2350").is_some();
    let map = if is_rp2350 { "rp2350.x" } else { "rp2040.x" };
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    std::fs::copy(map, folder.join("memory.x"))?;
    println!("cargo::rustc-link-search={}", folder.display());
    if !is_rp2350 {
        // The second stage of the RP2040's loader, from embassy-rp.
        println!("cargo::rustc-link-arg-bins=-Tlink-rp.x");
    }
    println!("cargo::rerun-if-changed={map}");
    Ok(())
}
