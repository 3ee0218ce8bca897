//! Typed values out of payloads, with problems as text.

#![allow(dead_code, unreachable_pub, reason = "shared by several tests")]

use serialtalk::Decode;
use serialtalk::reader::Reader;

/// A struct payload.
pub fn under(format: &str, data: &[u8]) -> Vec<u8> {
    [&[format.len() as u8], format.as_bytes(), data].concat()
}

/// A literal.
pub fn repr(text: &str) -> Vec<u8> {
    [b"\x04repr", text.as_bytes()].concat()
}

/// The only argument, or the value of a reply.
pub fn sole<T: for<'a> Decode<'a>>(payload: &[u8]) -> Result<T, String> {
    let mut payload = payload.to_vec();
    let mut reader = Reader::new(&mut payload);
    let value = reader.take_sole();
    conclude(reader.finish(1), value)
}

/// `N` bytes, borrowed from the payload on the way.
pub fn bytes_under<const N: usize>(payload: &[u8]) -> Result<[u8; N], String> {
    let mut payload = payload.to_vec();
    let mut reader = Reader::new(&mut payload);
    let value = reader.take_sole::<&[u8]>().map(<[u8; N]>::try_from);
    let done = reader.finish(1);
    conclude(done, value)?.map_err(|error| error.to_string())
}

/// The arguments of a command, as a server takes them.
pub fn arguments<T: Arguments>(payload: &[u8]) -> Result<T, String> {
    let mut payload = payload.to_vec();
    let mut reader = Reader::new(&mut payload);
    let values = T::take(&mut reader);
    conclude(reader.finish(T::COUNT), values)
}

fn conclude<T>(done: Result<(), serialtalk::problem::Problem>, value: Option<T>) -> Result<T, String> {
    done.map_err(|problem| problem.to_string())?;
    Ok(value.expect("a reader that has no value knows why"))
}

/// Several values that are taken one by one.
pub trait Arguments: Sized {
    const COUNT: u8;

    fn take(reader: &mut Reader<'_>) -> Option<Self>;
}

macro_rules! arguments {
    ($($count:literal: $($type:ident)*;)*) => {$(
        impl<$($type: for<'a> Decode<'a>),*> Arguments for ($($type,)*) {
            const COUNT: u8 = $count;

            fn take(_reader: &mut Reader<'_>) -> Option<Self> {
                // All are asked for, as generated code does.
                $(#[allow(non_snake_case)] let $type = _reader.take::<$type>();)*
                Some(($($type?,)*))
            }
        }
    )*};
}

arguments! {
    0: ;
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
}
