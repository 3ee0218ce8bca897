//! Struct formats, compared with `struct` of CPython on a 64-bit machine.

use peers::Interpreter;
use peers::oracle::{Oracle, Py};
use proptest::prelude::*;
use serialtalk::proto::Endpoint;
use serialtalk::{Arguments, Decoder, EncodeError, FormatError, Value};

use crate::values::{ordered, to_py};
use crate::{for_all, same};

const STATED: [&str; 4] = ["<", ">", "=", "!"];

/// Items with these codes, with counts and spaces.
fn items(codes: &'static str) -> impl Strategy<Value = Vec<String>> {
    let code = proptest::sample::select(codes.chars().map(String::from).collect::<Vec<_>>());
    let count = prop_oneof![4 => Just(String::new()), 1 => (0u8..4).prop_map(|count| count.to_string())];
    let space = prop_oneof![9 => Just(""), 1 => Just(" "), 1 => Just("\t")];
    let item = (space, count, code).prop_map(|(space, count, code)| format!("{space}{count}{code}"));
    // For `0p` CPython raises `SystemError: Negative size`.
    let item = item.prop_filter("a Pascal string has room for its length", |item| !item.ends_with("0p"));
    proptest::collection::vec(item, 0..6)
}

/// The values that are unpacked under `format`; `None` if it does not fit the data.
fn unpack(format: &str, data: &[u8]) -> Option<Vec<Py>> {
    let payload = [&[format.len() as u8], format.as_bytes(), data].concat();
    let mut copy = payload.clone();
    let mut decoder = Decoder::new(&mut copy);
    let values = decoder.rest().ok()?;
    decoder.finish().ok()?;
    // `\x01z` means no arguments. A payload that cannot be read under its format is read as bytes.
    (payload != b"\x01z" && values != [Value::Bytes(payload)]).then(|| values.iter().map(to_py).collect())
}

fn theirs(oracle: &mut Oracle, format: &str, data: &[u8]) -> Option<Vec<Py>> {
    let values = oracle.unpack(format, data).ok()?;
    Some(values.into_iter().map(ordered).collect())
}

#[test]
fn formats_with_a_prefix_unpack_as_in_python() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let prefix = proptest::sample::select(STATED.to_vec());
    let data = proptest::collection::vec(any::<u8>(), 64);
    for_all(2000, (prefix, items("xcbB?hHiIlLqQefdsp"), data, 0usize..20), |(prefix, items, data, off)| {
        let format = format!("{prefix}{}", items.concat());
        let size = oracle.size(&format)?;
        // Sometimes with one byte too many or too few.
        let size = match off {
            0 => size + 1,
            1 => size.saturating_sub(1),
            _ => size,
        };
        let data = &data[..size.min(data.len())];
        same(&format, &unpack(&format, data), &theirs(&mut oracle, &format, data))
    });
}

#[test]
fn native_formats_unpack_as_in_python() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let prefix = prop_oneof![3 => Just(""), 1 => Just("@")];
    let data = proptest::collection::vec(any::<u8>(), 128);
    let mut unique = 0;
    for_all(3000, (prefix, items("xcbB?hHiIlLqQefdspnNP"), data), |(prefix, items, data)| {
        let format = format!("{prefix}{}", items.concat());
        let size = oracle.size(&format)?;
        let Some(theirs) = theirs(&mut oracle, &format, &data[..size]) else { return Err("too long".into()) };
        // Packed again, so that padding is zero, as on the wire.
        let data = match oracle.pack(&format, &theirs) {
            Ok(data) => data,
            Err(error) => return Err(error),
        };
        // If another layout has the same size, either reading is accepted.
        let ours = unpack(&format, &data).ok_or("ours is none")?;
        if readings(&format).iter().filter(|reading| **reading == size).count() == 1 {
            unique += 1;
            return same(&format, &ours, &theirs);
        }
        Ok(())
    });
    assert!(unique > 1500, "only {unique} formats have one reading");
}

/// The sizes of a native format under every layout: packed or not, longs and pointers of 4 and 8 bytes.
fn readings(format: &str) -> Vec<usize> {
    let mut sizes = Vec::new();
    for aligned in [true, false] {
        for long in [4, 8] {
            for pointer in [4, 8] {
                sizes.push(size(format, aligned, long, pointer));
            }
        }
    }
    // Layouts that differ only in widths that the format does not use count once.
    sizes.sort_unstable();
    let with_long = format.contains(['l', 'L']);
    let with_pointer = format.contains(['n', 'N', 'P']);
    let same = [with_long, with_pointer].iter().filter(|with| !**with).count() as u32;
    let unaligned_too = size(format, true, 8, 8) == size(format, false, 8, 8) && !with_long && !with_pointer;
    let repeated = 2usize.pow(same) * if unaligned_too { 2 } else { 1 };
    sizes.into_iter().step_by(repeated.max(1)).collect()
}

fn size(format: &str, aligned: bool, long: usize, pointer: usize) -> usize {
    let mut end: usize = 0;
    let mut count = None;
    for code in format.trim_start_matches('@').chars().filter(|code| !code.is_whitespace()) {
        if let Some(digit) = code.to_digit(10) {
            count = Some(count.unwrap_or(0) * 10 + digit as usize);
            continue;
        }
        let width = match code {
            'h' | 'H' | 'e' => 2,
            'i' | 'I' | 'f' => 4,
            'q' | 'Q' | 'd' => 8,
            'l' | 'L' => long,
            'n' | 'N' | 'P' => pointer,
            _ => 1,
        };
        end = if aligned { end.next_multiple_of(width) } else { end };
        end += count.take().unwrap_or(1) * width;
    }
    end
}

/// Text that is not a format, or an unusual one.
#[test]
fn invalid_formats_are_refused_as_in_python() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let text = "[<>=!@ 0-9xcbB?hHiIqQefdspnzOS\n-]{0,6}";
    let data = proptest::collection::vec(any::<u8>(), 0..20);
    for_all(3000, (text, data), |(format, data)| {
        let ours = unpack(format, data);
        let theirs = theirs(&mut oracle, format, data);
        let is_stated = STATED.iter().any(|prefix| format.starts_with(prefix));
        match (&ours, &theirs) {
            // Without a prefix, the layout of another machine may fit.
            (Some(_), None) if !is_stated && oracle.size(format).is_ok() => Ok(()),
            _ => same(&format!("{format:?} {data:?}"), &ours, &theirs),
        }
    });
}

/// A code that can be sent, and values that may fit it.
fn item() -> impl Strategy<Value = (String, Vec<Value>)> {
    let integer = (any::<i64>(), 0u32..64).prop_map(|(value, shift)| Value::from(value >> shift));
    let near = (0u32..66, -2i128..3).prop_map(|(bits, off)| Value::Int((1 << bits) + off));
    let number = prop_oneof![
        integer,
        near,
        any::<f32>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    let one = (proptest::sample::select("bBhHiIqQfd".chars().collect::<Vec<_>>()), number)
        .prop_map(|(code, value)| (code.to_string(), vec![value]));
    let bytes = (0u8..6, proptest::collection::vec(any::<u8>(), 0..6))
        .prop_map(|(count, bytes)| (format!("{count}s"), vec![Value::Bytes(bytes)]));
    let repeated = proptest::collection::vec(-200i16..300, 0..4)
        .prop_map(|values| (format!("{}B", values.len()), values.into_iter().map(Value::from).collect()));
    prop_oneof![6 => one, 1 => bytes, 1 => repeated, 1 => Just(("x".into(), vec![]))]
}

#[test]
fn values_pack_as_in_python() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let prefix = proptest::sample::select(vec!["", "<", "<", ">", "!"]);
    let extra = proptest::option::weighted(0.05, Just(Value::from(1)));
    let mut packed = 0;
    for_all(4000, (prefix, proptest::collection::vec(item(), 0..5), extra), |(prefix, items, extra)| {
        let format =
            format!("{prefix}{}", items.iter().map(|(format, _)| format.as_str()).collect::<String>());
        let values: Vec<_> = items.iter().flat_map(|(_, values)| values).chain(extra).cloned().collect();
        let py: Vec<_> = values.iter().map(to_py).collect();
        let mut endpoint = Endpoint::<258, 0>::new();
        let ours =
            endpoint.write_oneway("x", |payload| payload.values_as(&Arguments(values.clone()), &format));
        let theirs = oracle.pack(&format, &py);
        match (ours, theirs) {
            (Ok(()), Ok(theirs)) => {
                packed += 1;
                let frame = endpoint.transmit();
                let data = &frame[4 + 1 + format.len()..frame.len() - 1];
                // The bits of a NaN may differ.
                if values.iter().any(|value| matches!(value, Value::Float(value) if value.is_nan())) {
                    return same(&format, &unpack(&format, data), &unpack(&format, &theirs));
                }
                same(&format, &data, &theirs.as_slice())
            }
            (Err(_), Err(_)) => Ok(()),
            // Values that Python rounds, truncates or pads are refused.
            (Err(EncodeError::Format(FormatError::Code(_) | FormatError::Padding)), Ok(_)) => Ok(()),
            (Err(_), Ok(_)) if loses(&format, &values) => Ok(()),
            (ours, theirs) => Err(format!("{format}: ours {ours:?}, Python's {theirs:?}")),
        }
    });
    assert!(packed > 800, "only {packed} were packed");
}

/// Whether packing may change a value: bytes of another length, an integer that a float cannot hold, an `f64` out of the range of
/// `f32`. Integers of more than 64 bits are never converted to floats.
fn loses(format: &str, values: &[Value]) -> bool {
    let has_floats = format.contains(['f', 'd']);
    values.iter().any(|value| match value {
        Value::Bytes(_) => true,
        Value::Int(value) => {
            has_floats && (*value as f32 as i128 != *value || value.unsigned_abs() >> 64 != 0)
        }
        Value::Float(value) => has_floats && value.is_finite() && (*value as f32).is_infinite(),
        _ => false,
    })
}
