//! Values packed under formats that were chosen by hand.

use alloc::string::{String, ToString};

use super::*;
use crate::wire::frame::{FrameWriter, Head};
use crate::wire::integer::IntegerType;

/// The data that a closure packs under a format.
fn packed(
    format: &str,
    pack: impl FnOnce(&mut FormatPacker<'_, '_, '_>) -> Result<(), FormatError>,
) -> Result<Vec<u8>, FormatError> {
    let mut buffer = [0; 258];
    let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
    let mut packer = FormatPacker::new(&mut frame, format)?;
    pack(&mut packer)?;
    packer.finish()?;
    let size = frame.finish().unwrap();
    Ok(buffer[4..size - 1].to_vec())
}

/// One value for [`FormatPacker`].
#[derive(Debug, Clone, Copy)]
enum One {
    Int(i128),
    Single(f32),
    Double(f64),
    Bytes(&'static [u8]),
    Nothing,
}

use One::{Bytes, Double, Int, Nothing, Single};

fn under(format: &str, values: &[One]) -> Result<Vec<u8>, String> {
    let result = packed(format, |packer| {
        values.iter().try_for_each(|value| match *value {
            Int(value) => match (i64::try_from(value), u64::try_from(value)) {
                (Ok(value), _) => packer.integer(value as u64, IntegerType::I64),
                (_, Ok(value)) => packer.integer(value, IntegerType::U64),
                _ => packer.wide_integer(value as u128, IntegerType::I128),
            },
            Single(value) => packer.float32(value),
            Double(value) => packer.float64(value),
            Bytes(bytes) => packer.bytes(bytes),
            Nothing => packer.unpackable(),
        })
    });
    result.map_err(|error| error.to_string())
}

#[test]
fn values_are_packed_under_their_codes() {
    let cases: [(&str, &[One], &[u8]); 18] = [
        ("<if", &[Int(3), Single(0.5)], b"\x03\0\0\0\0\0\0\x3f"),
        ("ihh", &[Int(-1), Int(2), Int(3)], b"\xff\xff\xff\xff\x02\0\x03\0"),
        (">hB", &[Int(258), Int(1)], b"\x01\x02\x01"),
        ("!d", &[Double(1.0)], b"\x3f\xf0\0\0\0\0\0\0"),
        (">fd", &[Single(0.5), Single(0.5)], b"\x3f\0\0\0\x3f\xe0\0\0\0\0\0\0"),
        ("2B", &[Int(1), Int(2)], b"\x01\x02"),
        ("xB2x", &[Int(9)], b"\0\x09\0\0"),
        ("5s", &[Bytes(b"abc")], b"abc\0\0"),
        ("3sB", &[Bytes(b"abc"), Int(1)], b"abc\x01"),
        ("0s", &[Bytes(b"")], b""),
        ("f", &[Int(3)], b"\0\0\x40\x40"),
        ("f", &[Double(0.1)], b"\xcd\xcc\xcc\x3d"),
        ("f", &[Double(f64::INFINITY)], b"\0\0\x80\x7f"),
        ("d", &[Int(-3)], b"\0\0\0\0\0\0\x08\xc0"),
        ("Q", &[Int(u64::MAX as i128)], &[0xff; 8]),
        ("", &[], b""),
        ("x", &[], b"\0"),
        ("0B", &[], b""),
    ];
    for (format, values, data) in cases {
        assert_eq!(under(format, values).as_deref(), Ok(data), "{format} {values:?}");
    }
}

#[test]
fn integers_of_every_type_are_packed_alike() {
    let integer = |bits, ty| packed("<q", |packer| packer.integer(bits, ty));
    assert_eq!(integer(255, IntegerType::U8), Ok(vec![255, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(integer(u64::MAX, IntegerType::I8), Ok(vec![0xff; 8]));
    assert!(integer(u64::MAX, IntegerType::U64).is_err());
    let wide = |format, bits, ty| packed(format, |packer| packer.wide_integer(bits, ty));
    assert_eq!(wide("B", 1, IntegerType::U128), Ok(vec![1]));
    assert_eq!(wide("b", u128::MAX, IntegerType::I128), Ok(vec![0xff]));
    assert!(wide("b", u128::MAX, IntegerType::U128).is_err());
}

#[test]
fn nothing_is_changed_to_make_it_fit() {
    let cannot =
        |number: u16, code: char| Err(alloc::format!("value {number} does not fit the format code `{code}`"));
    for (format, value) in [
        ("B", 256),
        ("B", -1),
        ("b", 128),
        ("b", -129),
        ("H", 65_536),
        ("h", 32_768),
        ("Q", -1),
        ("q", 1 << 63),
        ("Q", 1 << 64),
        ("q", i128::MIN),
        ("f", 16_777_217),
        ("d", (1 << 53) + 1),
        ("d", 1 << 64),
        ("2s", 5),
    ] {
        assert_eq!(
            under(format, &[Int(value)]),
            cannot(1, format.chars().last().unwrap()),
            "{format} {value}"
        );
    }
    assert_eq!(under("<Bi", &[Int(1), Int(1 << 31)]), cannot(2, 'i'));
    for (format, value) in [
        ("i", Single(1.0)),
        ("i", Double(1.0)),
        ("f", Double(1e39)),
        ("2s", Bytes(b"abc")),
        ("B", Bytes(b"a")),
        ("2s", Single(0.5)),
        ("B", Nothing),
    ] {
        assert_eq!(under(format, &[value]), cannot(1, format.chars().last().unwrap()), "{format} {value:?}");
    }
}

#[test]
fn too_many_and_too_few_values_are_refused() {
    let one = &[Int(1)];
    assert_eq!(
        under("B", &[Int(1), Int(2)]).unwrap_err(),
        "there are more values than the 1 that the format takes"
    );
    assert_eq!(under("", one).unwrap_err(), "there are more values than the 0 that the format takes");
    assert_eq!(under("3B", &[Int(1), Int(2)]).unwrap_err(), "the format takes more values than the 2 given");
    assert_eq!(under("65535B", one).unwrap_err(), "the format takes more values than the 1 given");
}

#[test]
fn formats_that_some_peer_cannot_read_pack_nothing() {
    for (format, error) in [
        ("=B", FormatError::Code(b'=')),
        ("Bi", FormatError::Padding),
        ("l", FormatError::Code(b'l')),
        ("*s", FormatError::Code(b'*')),
    ] {
        assert_eq!(packed(format, |_| Ok(())), Err(error), "{format}");
    }
}

#[test]
fn data_that_no_frame_holds_are_counted() {
    for (format, size) in [("248s", 253), ("254s", 259), ("65535s", 65_540), ("65535x65535x", 131_075)] {
        let mut buffer = [0; 258];
        let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
        let mut packer = FormatPacker::new(&mut frame, format).unwrap();
        if format.ends_with('s') {
            packer.bytes(b"").unwrap();
        }
        packer.finish().unwrap();
        let expected = if size <= 258 { Ok(size) } else { Err(size) };
        assert_eq!(frame.finish().map_err(|error| error.size), expected, "{format}");
    }
}
