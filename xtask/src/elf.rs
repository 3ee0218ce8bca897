//! The memory that an ELF file uses on a chip.

use std::cmp::Reverse;
use std::path::Path;

use anyhow::{Context, Result};
use object::read::elf::ElfFile32;
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind};

/// Bytes used of each memory of a chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sizes {
    /// Code, constants, and initial values of variables.
    pub(crate) flash: u64,
    /// Variables, including those that are zero initially; not the stack.
    pub(crate) ram: u64,
}

/// Linked firmware.
#[derive(Debug, Clone)]
pub(crate) struct Elf {
    pub(crate) sizes: Sizes,
    /// The mangled names and the sizes of all symbols, the largest first.
    symbols: Vec<(String, u64)>,
}

impl Elf {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
        let file = ElfFile32::<object::Endianness>::parse(&*bytes)?;
        let mut sizes = Sizes::default();
        for section in file.sections() {
            match section.kind() {
                // Linkers place constants in text sections, too.
                SectionKind::Text | SectionKind::ReadOnlyData | SectionKind::ReadOnlyString => {
                    sizes.flash += section.size();
                }
                SectionKind::Data => {
                    sizes.flash += section.size();
                    sizes.ram += section.size();
                }
                SectionKind::UninitializedData => sizes.ram += section.size(),
                _ => {}
            }
        }
        let symbols =
            file.symbols().filter_map(|symbol| Some((symbol.name().ok()?.to_owned(), symbol.size())));
        let mut symbols: Vec<_> = symbols.collect();
        symbols.sort_by_key(|(_, size)| Reverse(*size));
        Ok(Self { sizes, symbols })
    }

    /// The symbols of panic code that are linked.
    pub(crate) fn panic_paths(&self) -> impl Iterator<Item = &str> {
        let panics = |name: &&str| name.contains("rust_begin_unwind") || name.contains("4core9panicking");
        self.symbols.iter().map(|(name, _)| name.as_str()).filter(panics)
    }

    /// The largest functions and statics, each with its size.
    pub(crate) fn largest(&self) -> impl Iterator<Item = String> {
        let symbols = self.symbols.iter().take_while(|(_, size)| *size >= 32);
        symbols.map(|(name, size)| format!("{size:>6} {:#}", rustc_demangle::demangle(name)))
    }
}
