//! The texts of signatures: equal exactly if every value of one type is read as the same value of the other.
#![cfg(all(feature = "alloc", feature = "repr", feature = "serde", feature = "postcard"))]

#[path = "support/encoding.rs"]
mod encoding;

use std::collections::BTreeMap;

use encoding::payload;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serialtalk::{Decode, Decoder, Encode, Value};

/// A type, with values and what it reads of others.
struct Subject {
    text: String,
    /// Each value in every encoding that the type has, beside what it is to a program.
    samples: Vec<(Vec<Vec<u8>>, String)>,
    /// What the type makes of a payload.
    read: fn(&[u8]) -> Option<String>,
}

impl Subject {
    fn new<T>(values: &[T]) -> Self
    where
        T: Encode + for<'a> Decode<'a> + Serialize + DeserializeOwned,
    {
        let samples = values.iter().map(|value| (encoded(value), seen(value))).collect();
        Self { text: T::SHAPE.to_string(), samples, read: read::<T> }
    }

    /// Whether every value of `other` is read as the same value.
    fn reads(&self, other: &Self) -> bool {
        other.samples.iter().all(|(payloads, seen)| {
            payloads.iter().all(|payload| (self.read)(payload).as_ref() == Some(seen))
        })
    }
}

/// What a value is to a program: names of fields and variants, and numbers.
fn seen(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("every sample has a form in JSON")
}

/// A value under the encoding that its type has, as a literal, raw if it is bytes or text, and in postcard. The data of a
/// struct also stand alone, after a zero byte, as a link has them that leaves formats out.
fn encoded<T: Encode + Serialize>(value: &T) -> Vec<Vec<u8>> {
    let mut payloads = vec![
        payload(|payload| payload.value(value)),
        payload(|payload| Ok(payload.literal(value)?)),
        payload(|payload| payload.postcard_arguments((value, ()))),
    ];
    if T::SHAPE.is_bytes() {
        payloads.push(payload(|payload| Ok(payload.raw(value)?)));
    }
    let format = T::SHAPE.template();
    let mut payloads: Vec<_> =
        payloads.into_iter().map(|payload| payload.expect("it fits a frame")).collect();
    if let Some(data) = payloads[0].strip_prefix(header(format.as_str()).as_slice()) {
        payloads.push([b"\0", data].concat());
    }
    payloads
}

/// What stands before the data of a struct.
fn header(format: &str) -> Vec<u8> {
    [&[format.len() as u8], format.as_bytes()].concat()
}

fn read<T: Encode + for<'a> Decode<'a> + Serialize + DeserializeOwned>(payload: &[u8]) -> Option<String> {
    let value: T = match payload.strip_prefix(b"\x04post") {
        Some(bytes) => {
            let (value, rest) = postcard::take_from_bytes(bytes).ok()?;
            rest.is_empty().then_some(value)?
        }
        None => {
            let mut payload = match payload {
                [0, data @ ..] => [&header(T::SHAPE.template().as_str()), data].concat(),
                _ => payload.to_vec(),
            };
            let mut decoder = Decoder::new(&mut payload);
            let value = decoder.sole().ok()?;
            decoder.finish().ok()?;
            value
        }
    };
    Some(seen(&value))
}

macro_rules! types {
    ($($(#[$attribute:meta])* $kind:ident $name:ident $body:tt)*) => {$(
        #[derive(Value, Serialize, Deserialize, Clone)]
        $(#[$attribute])*
        $kind $name $body
    )*};
}

types! {
    struct Power { volts: f32, amps: f32 }
    struct Swapped { amps: f32, volts: f32 }
    struct Wide { volts: f64, amps: f64 }
    struct Only { volts: f32 }
    struct Reading { id: u8, power: (f32, f32) }
    #[derive(Copy)] #[repr(u8)] enum Mode { Slow, Fast }
    #[derive(Copy)] #[repr(u8)] enum Changed { Fast, Slow }
    #[derive(Copy)] #[repr(u8)] enum Numbered { Slow = 3, Fast = 4 }
    #[derive(Copy)] #[repr(i16)] enum Wider { Slow, Fast }
    enum Fault { Stall, Moving { speed: f32 } }
    enum Turning { Stall, Moving { rate: f32 } }
    enum Later { Moving { speed: f32 }, Stall }
    enum Text { Stall, Moving { speed: String } }
}

// The first of each, under other names.
types! {
    struct Supply { volts: f32, amps: f32 }
    #[derive(Copy)] #[repr(u8)] enum Speed { Slow, Fast }
    enum Trouble { Stall, Moving { speed: f32 } }
}

#[derive(Value, Serialize, Deserialize, Clone)]
struct Metres<T>(T);

type Alias = (u16, u16);

/// A type alone and in others. The values of each are such that a different type cannot read all of them.
macro_rules! subjects {
    ($($type:ty: [$($value:expr),* $(,)?];)*) => {{
        let mut all = Vec::new();
        $({
            let values: Vec<$type> = vec![$($value),*];
            all.extend(alone_and_in_others(&values));
        })*
        all
    }};
}

fn alone_and_in_others<T>(values: &[T]) -> Vec<Subject>
where
    T: Encode + for<'a> Decode<'a> + Serialize + DeserializeOwned + Clone,
{
    fn all<T: Clone, U>(values: &[T], form: impl Fn(T) -> U) -> Vec<U> {
        values.iter().cloned().map(form).collect()
    }
    vec![
        Subject::new(values),
        Subject::new(&all(values, Metres)),
        Subject::new(&all(values, |value| (value,))),
        Subject::new(&all(values, |value| (value, 7u8))),
        Subject::new(&all(values, |value| (value.clone(), value))),
        Subject::new(&all(values, |value| [value.clone(), value])),
        Subject::new(&all(values, |value| vec![value.clone(), value.clone(), value])),
    ]
}

fn subjects() -> Vec<Subject> {
    let mut all = subjects! {
        u8: [0, 1, 255];
        i8: [-1, 1];
        u16: [300, 65_535];
        i16: [-300, 300];
        u32: [70_000];
        i64: [i64::MIN, 1 << 33];
        u64: [u64::MAX];
        u128: [u128::MAX];
        bool: [false, true];
        f32: [0.1, -2.5];
        f64: [0.1, 1e300];
        char: ['a', '€'];
        String: [String::new(), "ab".into(), "n\0".into()];
        heapless::String<4>: ["".try_into().unwrap(), "ab".try_into().unwrap()];
        Alias: [(300, 301)];
        [u16; 2]: [[300, 301]];
        [u16; 3]: [[300, 301, 302]];
        (u16, u16, u16): [(300, 301, 302)];
        (u8, u16): [(1, 300)];
        (u16, u8): [(300, 1)];
        Vec<u16>: [vec![], vec![1], vec![1, 2, 300]];
        Vec<String>: [vec![], vec!["ab".into()]];
        BTreeMap<u8, u16>: [BTreeMap::from([(1, 300)]), BTreeMap::new()];
        Power: [Power { volts: 7.4, amps: 0.2 }];
        Supply: [Supply { volts: 7.4, amps: 0.2 }];
        Swapped: [Swapped { amps: 0.2, volts: 7.4 }];
        Wide: [Wide { volts: 7.4, amps: 0.2 }];
        Only: [Only { volts: 7.4 }];
        Reading: [Reading { id: 1, power: (7.4, 0.2) }];
        Mode: [Mode::Slow, Mode::Fast];
        Speed: [Speed::Slow, Speed::Fast];
        Changed: [Changed::Slow, Changed::Fast];
        Numbered: [Numbered::Slow, Numbered::Fast];
        Fault: [Fault::Stall, Fault::Moving { speed: 0.1 }];
        Trouble: [Trouble::Stall, Trouble::Moving { speed: 0.1 }];
        Turning: [Turning::Stall, Turning::Moving { rate: 0.1 }];
        Later: [Later::Stall, Later::Moving { speed: 0.1 }];
        Text: [Text::Stall, Text::Moving { speed: "0.1".into() }];
    };
    // Not in a list, which is a literal: there only values show, and not the type of the integers.
    all.push(Subject::new(&[Wider::Slow, Wider::Fast]));
    all.push(Subject::new(&[None, Some(5u8)]));
    all.push(Subject::new(&[None, Some((300u16, 301u16))]));
    all
}

#[test]
fn types_have_one_text_exactly_if_they_read_each_other() {
    let all = subjects();
    let mut equal = 0;
    for (at, one) in all.iter().enumerate() {
        assert!(one.reads(one), "{}", one.text);
        for other in &all[..at] {
            let understand = one.reads(other) && other.reads(one);
            assert_eq!(one.text == other.text, understand, "`{}` and `{}`", one.text, other.text);
            equal += u32::from(understand);
        }
    }
    assert!(equal > 50, "{equal} pairs understand each other");
}
