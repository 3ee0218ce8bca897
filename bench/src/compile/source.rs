//! The source of a crate with an interface of many methods, an implementation of it, and a server that runs.

use std::fmt::Write as _;

/// Which methods an interface has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Methods {
    /// Up to three numbers in, one out.
    Numbers,
    /// Structs, text, lists, options and errors.
    Mixed,
}

const NUMBERS: [&str; 8] = ["f32", "u8", "i16", "u32", "i64", "f64", "bool", "u16"];

const MIXED: [&str; 6] = [
    "pose: Pose) -> Pose",
    "text: &str) -> String<32>",
    "by: i16) -> Result<Pose, Fault>",
    "list: Vec<u8, 8>, deep: Option<f32>) -> bool",
    "a: f32, b: f32) -> f32",
    ") -> Result<(), Fault>",
];

const TYPES: &str = "
use serialtalk::heapless::{String, Vec};

#[derive(serialtalk::Value)]
pub struct Pose {
    x: f32,
    y: f32,
    heading: i16,
}

#[derive(Debug, serialtalk::Value)]
pub enum Fault {
    Moving,
    TooFar { by: f32 },
}
";

/// A server over a line that is always empty. It uses only functions that both trees have.
const SERVER: &str = "
use serialtalk::embedded_io::{ErrorType, Read, ReadReady, Write};

pub struct Empty;

impl ErrorType for Empty {
    type Error = core::convert::Infallible;
}

impl Read for Empty {
    fn read(&mut self, _: &mut [u8]) -> Result<usize, Self::Error> {
        Ok(0)
    }
}

impl ReadReady for Empty {
    fn read_ready(&mut self) -> Result<bool, Self::Error> {
        Ok(false)
    }
}

impl Write for Empty {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

pub fn serve() -> ! {
    let mut talk = serialtalk::SerialTalk::new(Empty, || 0u32).serve(MachineServer::new(Mine));
    loop {
        talk.process().ok();
    }
}
";

/// The source of the crate.
pub(super) fn source(methods: Methods, count: usize) -> String {
    let signatures: Vec<_> = (0..count).map(|number| signature(methods, number)).collect();
    let mut text = String::new();
    if methods == Methods::Mixed {
        text.push_str(TYPES);
    }
    text.push_str("\n#[serialtalk::interface]\npub trait Machine {\n");
    for signature in &signatures {
        _ = writeln!(text, "    {signature};");
    }
    text.push_str("}\n\npub struct Mine;\n\nimpl Machine for Mine {\n");
    for signature in &signatures {
        // Never run; a diverging body has any return type.
        _ = writeln!(text, "    {signature} {{\n        loop {{}}\n    }}");
    }
    text.push_str("}\n");
    text.push_str(SERVER);
    text
}

fn signature(methods: Methods, number: usize) -> String {
    let mut signature = format!("fn method{number}(&mut self");
    match methods {
        Methods::Numbers => {
            for (argument, name) in ["a", "b", "c"].into_iter().take(number % 4).enumerate() {
                _ = write!(signature, ", {name}: {}", pick(&NUMBERS, number + argument));
            }
            _ = write!(signature, ") -> {}", pick(&NUMBERS, 3 * number));
        }
        Methods::Mixed => {
            let rest = pick(&MIXED, number);
            _ = write!(signature, "{}{rest}", if rest.starts_with(')') { "" } else { ", " });
        }
    }
    signature
}

/// The text at `number`, cyclically.
fn pick(texts: &[&'static str], number: usize) -> &'static str {
    texts.iter().cycle().nth(number % texts.len()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_differ_from_method_to_method() {
        assert_eq!(signature(Methods::Numbers, 8), "fn method8(&mut self) -> f32");
        assert_eq!(signature(Methods::Numbers, 3), "fn method3(&mut self, a: u32, b: i64, c: f64) -> u8");
        assert_eq!(signature(Methods::Mixed, 1), "fn method1(&mut self, text: &str) -> String<32>");
        assert_eq!(signature(Methods::Mixed, 5), "fn method5(&mut self) -> Result<(), Fault>");
    }
}
