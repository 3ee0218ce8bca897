//! The functions that a program enters, from its own record.

use std::path::Path;
use std::process::Command;

use addr2line::Loader;
use anyhow::{Context, Result, anyhow, ensure};
use object::{Object as _, ObjectSymbol as _, SymbolKind};

use super::name::shorten;

/// Compiler flags: call `mcount` on entry of each function, without inlining, with frame pointers and with names that contain all
/// types.
const FLAGS: &str = "-Zinstrument-mcount -Cno-prepopulate-passes -Cforce-frame-pointers=yes \
    -Csymbol-mangling-version=v0 -Awarnings";

/// The sources of the drivers, and of the traits for devices.
const DRIVERS: [&str; 5] = [
    "serialtalk/src/talk.rs",
    "serialtalk/src/blocking",
    "serialtalk/src/asynch",
    "serialtalk/src/link",
    "serialtalk/src/clock.rs",
];

/// The part to which an entered function belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Core,
    /// Code that moves bytes between the core and a device.
    Driver,
    Generated,
    Handler,
    /// One of Rust's own libraries, or a closure, which belongs to the function that it is written in.
    Other,
}

/// A function that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The displayed name.
    pub(super) name: String,
    /// The file and the line where it is written.
    pub(super) place: String,
    pub(super) owner: Owner,
    /// The nesting depth since recording started.
    pub(super) depth: usize,
    /// The nesting depth among displayed functions.
    pub(super) indent: usize,
    /// Its name with all modules and types.
    pub(super) function: String,
}

impl Entry {
    /// Whether it is one of a float alone, or generic and made for one.
    pub(super) fn is_for_float(&self) -> bool {
        self.is_of_float() || self.function.contains("<f32>")
    }

    /// Whether it is an implementation for a float.
    pub(super) fn is_of_float(&self) -> bool {
        self.function.starts_with("<f32 as ")
    }
}

/// Builds the program of `bench/path` in a workspace, runs it and finds the functions that it entered.
pub(super) fn record(mut cargo: Command, workspace: &Path, target: &Path) -> Result<Vec<Entry>> {
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output().context("can't run rustc")?;
    let host = String::from_utf8(host.stdout)?;
    // With a target, the flags are not for the macros.
    cargo.args(["build", "--quiet", "--package", "call-path", "--target", host.trim()]);
    cargo.env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", FLAGS).env("RUSTC_BOOTSTRAP", "1");
    let output = cargo.output()?;
    ensure!(output.status.success(), "no call-path: {}", String::from_utf8_lossy(&output.stderr));
    let program = target.join(host.trim()).join("debug/call-path");
    let output =
        Command::new(&program).output().with_context(|| format!("can't run {}", program.display()))?;
    ensure!(output.status.success(), "call-path failed: {}", String::from_utf8_lossy(&output.stderr));
    let recorded = String::from_utf8(output.stdout)?;
    let mut lines = recorded.lines();
    let mcount = lines.next().and_then(hexadecimal).context("call-path printed nothing")?;
    let functions = Functions::read(&program, workspace, mcount)?;
    let mut nesting = Nesting::default();
    let entries: Result<Vec<_>> = lines
        .map(|line| {
            let (address, frame) = line.split_once(' ').context("a line without a frame")?;
            let address = hexadecimal(address).context("no address")?;
            let frame = hexadecimal(frame).context("no frame")?;
            functions.entry(address).map(|entry| nesting.enter(frame, entry))
        })
        .collect();
    let entries = entries?;
    ensure!(!entries.is_empty(), "call-path recorded nothing: it can on x86-64 only");
    Ok(entries)
}

fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok()
}

/// The functions that are entered and not yet left: the address of the frame of each, and whether it is shown.
#[derive(Debug, Default)]
struct Nesting {
    open: Vec<(u64, bool)>,
}

impl Nesting {
    /// Enters a function. The stack grows downwards: what has a frame below, or the same one, was left before.
    fn enter(&mut self, frame: u64, entry: Entry) -> Entry {
        while self.open.pop_if(|(open, _)| *open <= frame).is_some() {}
        let indent = self.open.iter().filter(|(_, is_shown)| *is_shown).count();
        let depth = self.open.len();
        self.open.push((frame, entry.owner != Owner::Other));
        Entry { depth, indent, ..entry }
    }
}

/// The functions of a program.
struct Functions<'a> {
    workspace: &'a Path,
    lines: Loader,
    /// The address and the name of each, by address.
    symbols: Vec<(u64, String)>,
    /// The offset at which the program was loaded.
    load_offset: u64,
}

impl<'a> Functions<'a> {
    /// Reads a program, in which `mcount` has this address when it runs.
    fn read(program: &Path, workspace: &'a Path, mcount: u64) -> Result<Self> {
        let bytes = std::fs::read(program)?;
        let file = object::File::parse(&*bytes)?;
        let mut symbols = Vec::new();
        for symbol in file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text) {
            symbols.push((symbol.address(), format!("{:#}", rustc_demangle::demangle(symbol.name()?))));
        }
        symbols.sort();
        let found = symbols.iter().find(|(_, name)| name == "mcount").context("no mcount in the program")?;
        let load_offset = mcount.wrapping_sub(found.0);
        let lines = Loader::new(program).map_err(|error| anyhow!("{}: {error}", program.display()))?;
        Ok(Self { workspace, lines, symbols, load_offset })
    }

    /// The function around an address, not yet within another.
    fn entry(&self, address: u64) -> Result<Entry> {
        let address = address.wrapping_sub(self.load_offset);
        let next = self.symbols.partition_point(|(start, _)| *start <= address);
        let (start, function) =
            next.checked_sub(1).and_then(|at| self.symbols.get(at)).context("no symbol")?;
        let location = self.lines.find_location(*start).map_err(|error| anyhow!("{error}"))?;
        let file = location.as_ref().and_then(|location| location.file).unwrap_or_default();
        let file =
            Path::new(file).strip_prefix(self.workspace).unwrap_or(Path::new(file)).display().to_string();
        let name = shorten(function);
        let owner = match file.strip_prefix("bench/path/") {
            _ if name.ends_with('}') => Owner::Other,
            Some(_) if function.ends_with("as call_path::Robot>::mult") => Owner::Handler,
            Some("src/main.rs") if function.contains("serialtalk::") => Owner::Generated,
            None if DRIVERS.iter().any(|driver| file.starts_with(driver)) => Owner::Driver,
            None if file.starts_with("serialtalk/src/") => Owner::Core,
            _ => Owner::Other,
        };
        let line = location.and_then(|location| location.line).unwrap_or_default();
        let place = match owner {
            // All that the macro generates is written in the line of its attribute.
            Owner::Generated => format!("generated: {name}"),
            _ => format!("{file}:{line}"),
        };
        Ok(Entry { name, place, owner, depth: 0, indent: 0, function: function.clone() })
    }
}
