//! The call graph of firmware for a Cortex-M.

use std::path::Path;

use anyhow::{Context, Result};
use object::read::elf::ElfFile32;
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind, SymbolKind};

/// A function that was linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Function {
    /// The demangled name.
    pub(crate) name: String,
    start: u64,
    size: u64,
}

/// An instruction that goes to the start of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Call {
    /// Where the instruction is.
    pub(crate) at: u64,
    to: u64,
}

/// The functions of some firmware, and the calls among them.
#[derive(Debug)]
pub(crate) struct Calls {
    functions: Vec<Function>,
    calls: Vec<Call>,
}

impl Calls {
    /// Reads linked firmware.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
        let file = ElfFile32::<object::Endianness>::parse(&*bytes)?;
        let mut functions = Vec::new();
        for symbol in file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text && symbol.size() > 0) {
            let name = format!("{:#}", rustc_demangle::demangle(symbol.name()?));
            // The lowest bit says that the code is Thumb.
            functions.push(Function { name, start: symbol.address() & !1, size: symbol.size() });
        }
        let mut calls = Vec::new();
        for section in file.sections().filter(|section| section.kind() == SectionKind::Text) {
            calls.extend(branches(section.address(), section.data()?));
        }
        calls.retain(|call| functions.iter().any(|function| function.start == call.to));
        Ok(Self { functions, calls })
    }

    /// The functions whose names `matches` accepts.
    pub(crate) fn named(&self, matches: impl Fn(&str) -> bool) -> impl Iterator<Item = &Function> {
        self.functions.iter().filter(move |function| matches(&function.name))
    }

    /// The calls of a function.
    pub(crate) fn of(&self, function: &Function) -> impl Iterator<Item = Call> {
        self.calls.iter().copied().filter(|call| call.to == function.start)
    }

    /// The function that an instruction belongs to.
    pub(crate) fn around(&self, at: u64) -> Option<&Function> {
        self.functions.iter().find(|function| (function.start..function.start + function.size).contains(&at))
    }
}

/// The branches of 32 bits in Thumb code: `BL` and `B.W`, whose targets are in the instruction.
fn branches(start: u64, code: &[u8]) -> impl Iterator<Item = Call> {
    let halfword = |index: usize| {
        let bytes = code.get(2 * index..2 * index + 2)?;
        Some(u32::from(u16::from_le_bytes([bytes[0], bytes[1]])))
    };
    (0..code.len() / 2).filter_map(move |index| {
        let (first, second) = (halfword(index)?, halfword(index + 1)?);
        let is_branch =
            first >> 11 == 0b11110 && matches!(second >> 14, 0b10 | 0b11) && second >> 12 & 1 == 1;
        let at = start + 2 * index as u64;
        is_branch.then(|| Call { at, to: at.wrapping_add(4).wrapping_add_signed(distance(first, second)) })
    })
}

/// The branch offset of such an instruction, relative to four bytes after its start.
fn distance(first: u32, second: u32) -> i64 {
    let sign = first >> 10 & 1;
    let bit = |place: u32| !(second >> place ^ sign) & 1;
    let bits = sign << 24 | bit(13) << 23 | bit(11) << 22 | (first & 0x3ff) << 12 | (second & 0x7ff) << 1;
    i64::from((bits << 7) as i32 >> 7)
}

#[cfg(test)]
mod tests {
    use super::{Call, branches};

    /// As `objdump -d` shows them.
    #[test]
    fn branches_are_found() {
        // 400: f000 f802  bl 408      404: bf00  nop      406: f7ff bffb  b.w 400
        let code = [0x00, 0xf0, 0x02, 0xf8, 0x00, 0xbf, 0xff, 0xf7, 0xfb, 0xbf];
        let found: Vec<_> = branches(0x400, &code).collect();
        assert_eq!(found, [Call { at: 0x400, to: 0x408 }, Call { at: 0x406, to: 0x400 }]);
    }
}
