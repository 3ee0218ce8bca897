//! Values out of packed bytes.

use alloc::string::String;

use super::*;
use crate::wire::integer::Integer;
use crate::wire::number::{Binary, Format};

#[test]
fn every_code_is_read() {
    let cases: [(&str, &[u8], i128); 13] = [
        ("b", &[0xff], -1),
        ("B", &[0xff], 255),
        ("h", &[0xfe, 0xff], -2),
        ("H", &[0xfe, 0xff], 65534),
        ("i", &[0xfd, 0xff, 0xff, 0xff], -3),
        ("I", &[0xfd, 0xff, 0xff, 0xff], 0xffff_fffd),
        ("<l", &[0xfd, 0xff, 0xff, 0xff], -3),
        (">L", &[0, 0, 1, 0], 256),
        ("q", &[0xfb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -5),
        ("!q", &[0x80, 0, 0, 0, 0, 0, 0, 0], i64::MIN.into()),
        ("Q", &[0xff; 8], u64::MAX.into()),
        (">h", &[0x80, 0], -32768),
        (">H", &[0x80, 1], 32769),
    ];
    for (format, data, value) in cases {
        assert_eq!(integers(format, data), Some(vec![value]), "{format}");
    }
    assert_eq!(scalar("?", &[7]), Scalar::Bool(true));
    assert_eq!(scalar("?", &[0]), Scalar::Bool(false));
    assert_eq!(scalar("c", b"a"), Scalar::Bytes(b"a"));
    assert_eq!(scalar("3s", b"abc"), Scalar::Bytes(b"abc"));
    assert_eq!(scalar("0s", b""), Scalar::Bytes(b""));
}

#[test]
fn floats_of_every_width_are_read() {
    let float = |bits: u64, size| Scalar::Float(Binary::of_float(bits, Format::of_size(size)));
    assert_eq!(scalar("e", b"\x00\x3e"), float(0x3e00, 2));
    assert_eq!(scalar(">e", b"\x3e\x00"), float(0x3e00, 2));
    assert_eq!(scalar("f", &0.1f32.to_le_bytes()), float(0.1f32.to_bits().into(), 4));
    assert_eq!(scalar(">d", &(-0.1f64).to_be_bytes()), float((-0.1f64).to_bits(), 8));
    let nan = 0xffa0_0001u32;
    let mut values = Values::new(b">f", &[0xff, 0xa0, 0, 1]).unwrap();
    assert_eq!(values.next().map(|value| value.bits()), Some(nan.into()), "all bits of a NaN are there");
}

#[test]
fn pascal_strings_lose_their_length_and_padding() {
    assert_eq!(scalar("5p", b"\x03abc\0"), Scalar::Bytes(b"abc"));
    assert_eq!(scalar("5p", b"\xffabcd"), Scalar::Bytes(b"abcd"));
    assert_eq!(scalar("0p", b""), Scalar::Bytes(b""));
}

#[test]
fn values_follow_one_another_where_python_puts_them() {
    let cases: [(&str, &[u8], &[(char, &[u8])]); 11] = [
        ("B3si", b"\tabc\x07\0\0\0", &[('B', b"\t"), ('s', b"abc"), ('i', b"\x07\0\0\0")]),
        ("bxb", b"\x01\0\x02", &[('b', b"\x01"), ('b', b"\x02")]),
        ("b3xi", b"\x01\0\0\0\x02\0\0\0", &[('b', b"\x01"), ('i', b"\x02\0\0\0")]),
        ("2xb", b"\0\0\x01", &[('b', b"\x01")]),
        ("0s0s", b"", &[('s', b""), ('s', b"")]),
        ("b0i", b"\x01\0\0\0", &[('b', b"\x01")]),
        ("b0i", b"\x01", &[('b', b"\x01")]),
        ("x", b"\0", &[]),
        ("0B", b"", &[]),
        ("3c", b"abc", &[('c', b"a"), ('c', b"b"), ('c', b"c")]),
        ("=bi", b"\x01\x02\0\0\0", &[('b', b"\x01"), ('i', b"\x02\0\0\0")]),
    ];
    for (format, data, values) in cases {
        assert_eq!(unpack(format, data).as_deref(), Some(values), "{format}");
    }
    assert_eq!(unpack("=bi", b"\x01\0\0\0\x02\0\0\0"), None);
}

#[test]
fn data_of_another_size_do_not_fit() {
    for (format, data) in [
        ("B", b"".as_slice()),
        ("B", b"\x01\x02"),
        ("i", b"\x01\x02"),
        ("O", &[0; 8]),
        ("3", &[0; 3]),
        ("B\0", b"\x01"),
        ("<n", &[0; 8]),
        ("\u{ff}", b"\x01"),
        ("i<", &[0; 4]),
        ("2 B", &[0; 2]),
        ("z", b"A"),
        ("*s", b""),
        ("*s", b"a"),
        ("B*s", b"\x01"),
        ("raw", b""),
    ] {
        assert_eq!(unpack(format, data), None, "{format}");
    }
}

#[test]
fn a_size_that_is_far_too_large_does_not_fit() {
    for format in ["65535B", "65536s", "9999999999s", "9999q9999q", "65535x65535x65535x", "8192q"] {
        assert_eq!(unpack(format, &[0; 200]), None, "{format}");
        assert_eq!(unpack(format, &[]), None, "{format}");
    }
    let format: String = core::iter::repeat_n("65535q", 42).collect();
    assert_eq!(unpack(&format, &[0; 255]), None);
}

#[test]
fn the_limits_are_those_of_counts() {
    assert_eq!(unpack("65535B9B", &[0; 65_544]).map(|values| values.len()), Some(65_544));
    assert_eq!(unpack(&"0B".repeat(128), b""), Some(vec![]));
}

#[test]
fn the_next_kind_is_known_before_it_is_taken() {
    let mut values = Values::new(b"<?bxH0Bf2se", &[0; 13]).unwrap();
    let kinds: Vec<_> = core::iter::from_fn(|| {
        let kind = values.peek_kind();
        values.next();
        kind
    })
    .collect();
    let expected = [
        Kind::Bool,
        Kind::Integer { signed: true },
        Kind::Integer { signed: false },
        Kind::Float,
        Kind::Bytes,
        Kind::Float,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn exactly_the_expected_value_is_taken() {
    let data = [1, 2, 0, 3, 0, 0, 0, b'a', b'b', 9];
    let mut values = Values::new(b"<BHI2sB", &data).unwrap();
    assert_eq!(values.take_exact(b'b', 1), None, "another code");
    assert_eq!(values.take_exact(b'B', 1), Some(&[1][..]));
    assert_eq!(values.take_exact(b'H', 2), Some(&[2, 0][..]));
    assert_eq!(values.next().map(|value| value.scalar()), Some(Scalar::Integer(Integer::positive(3))));
    assert_eq!(values.next().map(|value| value.scalar()), Some(Scalar::Bytes(b"ab")));
    assert_eq!(values.take_exact(b'B', 1), Some(&[9][..]));
    assert_eq!(values.take_exact(b'B', 1), None, "the end");
    let mut values = Values::new(b">H", &[1, 2]).unwrap();
    assert_eq!(values.take_exact(b'H', 2), None, "another order");
    assert_eq!(integers(">H", &[1, 2]), Some(vec![258]));
    let mut values = Values::new(b"<bxh", &[1, 0, 2, 0]).unwrap();
    assert_eq!((values.take_exact(b'b', 1), values.take_exact(b'h', 2)), (Some(&[1][..]), Some(&[2, 0][..])));
    let mut values = Values::new(b"bh", &[1, 0, 2, 0]).unwrap();
    assert_eq!((values.take_exact(b'b', 1), values.take_exact(b'h', 2)), (Some(&[1][..]), Some(&[2, 0][..])));
}

#[test]
fn values_under_an_expected_format_are_read_without_a_check() {
    let mut values = Values::expected(b"<Bi", &[1, 2, 0, 0, 0]);
    assert_eq!(
        (values.take_exact(b'B', 1), values.take_exact(b'i', 4)),
        (Some(&[1][..]), Some(&[2, 0, 0, 0][..]))
    );
    assert!(values.is_done());
    // A caller that is wrong gets fewer values.
    for (format, data) in [("3B", [1, 2].as_slice()), ("2B*s", &[1, 2]), ("2Bn", &[1, 2]), ("2B4i", &[1, 2])]
    {
        let mut values = Values::expected(format.as_bytes(), data);
        assert_eq!(values.by_ref().count(), 2, "{format}");
    }
}
