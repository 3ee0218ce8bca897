//! What the commands of a board are called, and how their values are packed, as its descriptions tell whoever asks for them.

use std::collections::BTreeMap;

use serialtalk::Value;
use serialtalk::proto::Payload;
use serialtalk_hal::contract::{Encoding, MAX_DESCRIPTION, Signature, Type};

/// The command that asks for a description.
const DESCRIBE: &[u8] = b"describe";

/// The largest struct format that a frame holds, and the largest number of values in it.
const MAX_FORMAT: usize = 255;

/// The commands of one side, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The number and the offset that were asked for last.
    asked: Option<(u8, usize)>,
    /// As much of each description as was told.
    texts: BTreeMap<u8, Vec<u8>>,
    known: BTreeMap<u8, Known>,
}

/// A command whose signature is known.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) name: Vec<u8>,
    /// The struct format of the arguments, if there is one that both ends know.
    pub(crate) arguments: Option<String>,
    /// That of the value.
    pub(crate) value: Option<String>,
}

impl Names {
    /// The command with this number.
    pub(crate) fn find(&self, number: u8) -> Option<&Known> {
        self.known.get(&number)
    }

    /// Takes a command that is sent to this side.
    pub(crate) fn hear_command(&mut self, name: &[u8], payload: &[u8]) {
        if name != DESCRIBE {
            return;
        }
        self.asked = match Value::from_payload(payload) {
            Value::Tuple(values) => match values.as_slice() {
                [Value::Int(number), Value::Int(offset)] => {
                    u8::try_from(*number).ok().zip(usize::try_from(*offset).ok())
                }
                _ => None,
            },
            _ => None,
        };
    }

    /// Takes the value of a command that this side sends.
    pub(crate) fn hear_value(&mut self, name: &[u8], payload: &[u8]) {
        let Payload::Raw(part) = Payload::parse(payload) else { return };
        if name != DESCRIBE {
            return;
        }
        let Some((number, offset)) = self.asked.take() else { return };
        let text = self.texts.entry(number).or_default();
        if offset > text.len() || offset + part.len() > MAX_DESCRIPTION {
            return;
        }
        text.truncate(offset);
        text.extend_from_slice(part);
        // The rest is for people.
        let Some(end) = text.iter().position(|byte| *byte == b'\n') else { return };
        if let Some(known) = str::from_utf8(&text[..end]).ok().and_then(known) {
            self.known.insert(number, known);
        }
    }
}

/// What a signature tells.
fn known(signature: &str) -> Option<Known> {
    let signature: Signature = signature.parse().ok()?;
    let arguments = signature.arguments().iter().map(|argument| &argument.ty);
    Some(Known {
        name: signature.name().as_bytes().to_vec(),
        arguments: template(arguments, signature.encoding()),
        value: template(signature.value(), signature.value_encoding()),
    })
}

/// The struct format of values of these types; `None` if there is none, or if not all values have the same size.
fn template<'a>(types: impl IntoIterator<Item = &'a Type>, encoding: Option<&Encoding>) -> Option<String> {
    match encoding {
        None => {}
        Some(Encoding::Struct(format)) if !format.contains('*') => return Some(format.clone()),
        Some(_) => return None,
    }
    let mut template = Template { runs: Vec::new(), size: 0, is_aligned: true };
    types.into_iter().try_for_each(|ty| template.add(ty))?;
    (!template.runs.is_empty()).then(|| template.text())
}

/// A struct format in the form that peers give it.
struct Template {
    /// Codes, and how many values of each follow each other.
    runs: Vec<(char, usize)>,
    /// The size in bytes.
    size: usize,
    /// Whether every value lies at a multiple of its size.
    is_aligned: bool,
}

impl Template {
    fn add(&mut self, ty: &Type) -> Option<()> {
        match ty {
            Type::Integer(ty) | Type::UnitEnum { ty, .. } => self.push(ty.code()?.into(), ty.size(), 1),
            Type::Bool => self.push('B', 1, 1),
            Type::Float32 => self.push('f', 4, 1),
            Type::Float64 => self.push('d', 8, 1),
            Type::ByteArray(len) => self.push('s', 1, *len),
            Type::Array(element, len) if *len <= MAX_FORMAT => (0..*len).try_for_each(|_| self.add(element)),
            Type::Tuple(types) => types.iter().try_for_each(|ty| self.add(ty)),
            Type::Struct(fields) => fields.iter().try_for_each(|field| self.add(&field.ty)),
            _ => None,
        }
    }

    /// Adds values; `None` if no frame holds as much.
    fn push(&mut self, code: char, size: usize, count: usize) -> Option<()> {
        self.is_aligned &= self.size.is_multiple_of(size);
        self.size += size.checked_mul(count)?;
        match self.runs.last_mut() {
            Some((last, run)) if *last == code && code != 's' => *run += count,
            _ => self.runs.push((code, count)),
        }
        (self.size <= MAX_FORMAT && self.runs.len() <= MAX_FORMAT).then_some(())
    }

    fn text(&self) -> String {
        let mut text = String::from(if self.is_aligned { "" } else { "<" });
        for (code, count) in &self.runs {
            if *count != 1 {
                text += &count.to_string();
            }
            text.push(*code);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_that_of_the_peers() {
        for (signature, arguments, value) in [
            ("mult(a: f32, b: f32) -> f32", Some("2f"), Some("f")),
            ("imu(n: u8) -> {x: f32, y: f32, z: u8}", Some("B"), Some("2fB")),
            ("a(b: u8, c: i32) -> bool", Some("<Bi"), Some("B")),
            ("a(b: [u8; 3], c: u8) -> [u8; 0]", Some("3sB"), Some("0s")),
            ("a(b: (u16; 2), c: (u16; 3))", Some("5H"), None),
            ("a(b: u8 {Off = 0 | On = 1}) -> str", Some("B"), None),
            ("a(b: [u8]) -> u16?", None, None),
            ("a(b: u16, c: i8) as \">Hb\"", Some(">Hb"), None),
            ("a(b: u16) as repr", None, None),
            ("a(b: (u64; 100))", None, None),
        ] {
            let known = known(signature).unwrap();
            assert_eq!(
                (known.arguments.as_deref(), known.value.as_deref()),
                (arguments, value),
                "{signature}"
            );
        }
    }

    #[test]
    fn a_description_comes_in_parts() {
        let mut names = Names::default();
        let mut hear = |number: u16, offset: u16, part: &str| {
            let asked = [b"\x022H".as_slice(), &number.to_le_bytes(), &offset.to_le_bytes()].concat();
            names.hear_command(b"describe", &asked);
            names.hear_value(b"describe", &[b"\x03raw", part.as_bytes()].concat());
            names.find(3).map(|known| known.name.clone())
        };
        assert_eq!(hear(3, 0, "mult(a: f"), None);
        assert_eq!(hear(3, 40, "lost"), None, "what precedes it was not heard");
        assert_eq!(hear(3, 9, "32)\nrust"), Some(b"mult".to_vec()));
        assert_eq!(hear(3, 17, ""), Some(b"mult".to_vec()));
        assert_eq!(hear(700, 0, "a()\n"), Some(b"mult".to_vec()), "no call has such a number");
        assert_eq!(hear(3, 0, "other()\n"), Some(b"other".to_vec()));
    }
}
