//! Typed values out of payloads, with errors as text.

#![allow(dead_code, unreachable_pub, reason = "shared by several tests")]

use serialtalk::{Decode, Decoder, Invalid};

/// A struct payload.
pub fn under(format: &str, data: &[u8]) -> Vec<u8> {
    [&[format.len() as u8], format.as_bytes(), data].concat()
}

/// A payload that is a Python literal.
pub fn repr(text: &str) -> Vec<u8> {
    [b"\x04repr", text.as_bytes()].concat()
}

/// Decodes a payload with `take`, and checks that nothing is left.
pub fn decode<T>(
    payload: &[u8],
    take: impl FnOnce(&mut Decoder<'_>) -> Result<T, Invalid>,
) -> Result<T, String> {
    let mut payload = payload.to_vec();
    let mut decoder = Decoder::new(&mut payload);
    let value = take(&mut decoder).and_then(|value| decoder.finish().map(|()| value));
    value.map_err(|Invalid| decoder.error().expect("the decoder keeps the cause").to_string())
}

/// Decodes the only argument, or the value of a reply.
pub fn sole<T: for<'a> Decode<'a>>(payload: &[u8]) -> Result<T, String> {
    decode(payload, |decoder| decoder.sole())
}

/// Decodes `N` bytes, borrowed from the payload on the way.
pub fn bytes_under<const N: usize>(payload: &[u8]) -> Result<[u8; N], String> {
    let bytes = decode(payload, |decoder| decoder.sole::<&[u8]>().map(<[u8; N]>::try_from))?;
    bytes.map_err(|error| error.to_string())
}

/// Decodes the arguments of a command, as a server does.
pub fn arguments<T: Arguments>(payload: &[u8]) -> Result<T, String> {
    decode(payload, T::take)
}

/// Several values that are taken one by one.
pub trait Arguments: Sized {
    fn take(decoder: &mut Decoder<'_>) -> Result<Self, Invalid>;
}

macro_rules! arguments {
    ($($($type:ident)*;)*) => {$(
        impl<$($type: for<'a> Decode<'a>),*> Arguments for ($($type,)*) {
            fn take(_decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
                Ok(($(_decoder.argument::<$type>()?,)*))
            }
        }
    )*};
}

arguments! {
    ;
    A;
    A B;
    A B C;
    A B C D;
}
