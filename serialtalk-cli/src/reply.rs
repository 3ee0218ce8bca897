//! Replies, as they are shown.

use serialtalk::proto::{Payload, RawReply, ReplyDecoder};
use serialtalk::{CallError, Value};

/// The value of a reply. A float of 32 bits is the shortest decimal number that stands for it: 0.1, not 0.10000000149011612.
pub(crate) fn value<L>(reply: RawReply, command: &str, link: &str) -> Result<Value, CallError<L>> {
    let codes = match Payload::parse(reply.payload()) {
        Payload::Struct { format, .. } => codes(format),
        _ => Vec::new(),
    };
    let mut value = reply.decode(command, link, ReplyDecoder::DYNAMIC)?;
    match &mut value {
        Value::Tuple(values) => values.iter_mut().zip(codes).for_each(|(value, code)| shorten(value, code)),
        value => codes.first().into_iter().for_each(|code| shorten(value, *code)),
    }
    Ok(value)
}

/// The code of each value of a struct format.
fn codes(format: &[u8]) -> Vec<u8> {
    let mut codes = Vec::new();
    let mut count = 0_usize;
    for &byte in format {
        match byte {
            b'0'..=b'9' => count = count.saturating_mul(10).saturating_add(usize::from(byte - b'0')),
            b's' | b'p' => codes.push(byte),
            // A frame has at most 255 bytes, and so many values.
            _ if byte.is_ascii_alphabetic() => codes.extend(std::iter::repeat_n(byte, count.clamp(1, 255))),
            _ => {}
        }
        if !byte.is_ascii_digit() {
            count = 0;
        }
    }
    codes
}

fn shorten(value: &mut Value, code: u8) {
    if let Value::Float(float) = value
        && code == b'f'
        && let Ok(short) = (*float as f32).to_string().parse()
    {
        *float = short;
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn shown(payload: &[u8]) -> String {
        value::<Infallible>(RawReply::new(payload, false), "imu", "").unwrap().to_string()
    }

    #[test]
    fn floats_of_32_bits_are_as_short_as_they_can_be() {
        let floats = [0.1_f32, -9.81, 1e10].map(f32::to_le_bytes).concat();
        assert_eq!(shown(&[b"\x023f".as_slice(), &floats].concat()), "(0.1, -9.81, 10000000000.0)");
        assert_eq!(shown(&[b"\x01f".as_slice(), &554.6_f32.to_le_bytes()].concat()), "554.6");
        assert_eq!(shown(&[b"\x01f".as_slice(), &f32::NAN.to_le_bytes()].concat()), "nan");
        assert_eq!(
            shown(&[b"\x01d".as_slice(), &f64::from(0.1_f32).to_le_bytes()].concat()),
            "0.10000000149011612"
        );
        let mixed = [b"\x04B2sf".as_slice(), b"\x07ab", &0.3_f32.to_le_bytes()].concat();
        assert!(shown(&mixed).ends_with("0.3)"), "{}", shown(&mixed));
    }
}
