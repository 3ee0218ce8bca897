//! Payloads of every kind to typed values, and their conversion without loss.
#![cfg(feature = "repr")]

mod reading;

use reading::{arguments, bytes_under, repr, sole, under};
use serialtalk::Decode;
use serialtalk::payload::Payload;
use serialtalk::payload::format::{Item, Items, Layout, Order, stated_layout};
use serialtalk::payload::unpack::{Packed, Unpack};
use serialtalk::reader::Reader;

/// Everything that `format` and `data` hold, as code and bytes.
fn unpack<'a>(format: &'a str, data: &'a [u8]) -> Option<Vec<(char, &'a [u8])>> {
    let mut unpack = Unpack::new(format.as_bytes(), data)?;
    let mut values = vec![];
    loop {
        let (code, is_done) = (unpack.next_code(), unpack.is_done());
        let Some(Packed { code: letter, bytes, .. }) = unpack.next() else {
            assert!(is_done && code.is_none());
            return Some(values);
        };
        assert_eq!((code, is_done), (Some(letter), false));
        values.push((char::from(letter), bytes));
    }
}

/// The integers that `format` and `data` hold.
fn integers(format: &str, data: &[u8]) -> Result<Vec<i64>, String> {
    let mut payload = under(format, data);
    let mut reader = Reader::new(&mut payload);
    let mut values = vec![];
    let mut rest = Unpack::new(format.as_bytes(), data).ok_or("unreadable")?;
    while rest.next().is_some() {
        values.extend(reader.take::<i64>());
    }
    reader.finish(values.len() as u8).map_err(|problem| problem.to_string())?;
    Ok(values)
}

mod kinds {
    use super::*;

    #[test]
    fn the_header_tells() {
        assert_eq!(Payload::parse(b""), Payload::None);
        assert_eq!(Payload::parse(b"\x01z"), Payload::None);
        assert_eq!(Payload::parse(b"\x00"), Payload::Struct { format: b"", data: b"" });
        assert_eq!(Payload::parse(b"\x01zA"), Payload::Struct { format: b"z", data: b"A" });
        assert_eq!(Payload::parse(b"\x02ff12345678"), Payload::Struct { format: b"ff", data: b"12345678" });
        assert_eq!(Payload::parse(b"\x03raw"), Payload::Raw(b""));
        assert_eq!(Payload::parse(b"\x03raw\x03raw"), Payload::Raw(b"\x03raw"));
        assert_eq!(Payload::parse(b"\x04repr(1,)"), Payload::Repr(b"(1,)"));
        assert_eq!(Payload::parse(b"\x04post\x05"), Payload::Postcard(b"\x05"));
        assert_eq!(Payload::parse(b"\x05"), Payload::Bare(b"\x05"));
        assert_eq!(Payload::parse(b"raw"), Payload::Bare(b"raw"));
        assert_eq!(Payload::parse(b"\x09ab"), Payload::Bare(b"\x09ab"));
        // Headers of the right words and the wrong length are formats, if bad ones.
        assert_eq!(Payload::parse(b"\x02raw"), Payload::Struct { format: b"ra", data: b"w" });
        assert_eq!(Payload::parse(b"\x05repr("), Payload::Struct { format: b"repr(", data: b"" });
    }

    #[test]
    fn no_value_is_no_argument() {
        for payload in [b"".as_slice(), b"\x01z", b"\x00", b"\x04repr()", b"\x04reprNone", b"\x04repr ( ) "] {
            assert_eq!(sole::<()>(payload), Ok(()), "{payload:?}");
            assert_eq!(arguments::<()>(payload), Ok(()), "{payload:?}");
            let error = arguments::<(u8,)>(payload).unwrap_err();
            assert_eq!(error, "takes 1 argument, fewer came", "{payload:?}");
        }
        assert_eq!(arguments::<()>(&under("B", &[5])).unwrap_err(), "takes 0 arguments, more came");
        assert_eq!(arguments::<()>(b"\x03raw").unwrap_err(), "takes 0 arguments, more came");
    }

    #[test]
    fn raw_and_bare_bytes_are_one_value_however_few() {
        for payload in [b"\x03rawa".as_slice(), b"a"] {
            assert_eq!(bytes_under::<1>(payload), Ok(*b"a"));
            assert_eq!(sole::<heapless::String<8>>(payload).as_deref(), Ok("a"));
            assert_eq!(sole::<u8>(payload).unwrap_err(), "argument 1: expected an integer, got bytes");
        }
        assert_eq!(sole::<heapless::Vec<u8, 4>>(b"\x03raw").as_deref(), Ok(b"".as_slice()));
        assert_eq!(sole::<heapless::Vec<u8, 9>>(b"read?").as_deref(), Ok(b"read?".as_slice()));
        assert_eq!(
            arguments::<(u8, u8)>(b"\x03rawab").unwrap_err(),
            "argument 1: expected an integer, got bytes"
        );
    }

    #[test]
    fn what_cannot_be_read_under_its_format_is_bytes() {
        for payload in [
            b"\x01\x02\x03".to_vec(),
            b"3s".into(),
            under("B", &[]),
            under("B", &[1, 2]),
            under("i", &[1, 2]),
            under("O", &[0; 8]),
            under("3", &[0; 3]),
            under("B\0", &[1]),
            under("<n", &[0; 8]),
            under("\u{ff}", &[1]),
            under("i<", &[0; 4]),
            under("2 B", &[0; 2]),
            under("z", b"A"),
        ] {
            let error = sole::<u8>(&payload).unwrap_err();
            assert_eq!(error, "argument 1: expected an integer, got bytes", "{payload:?}");
            assert_eq!(sole::<heapless::Vec<u8, 16>>(&payload).as_deref(), Ok(payload.as_slice()));
        }
    }
}

mod formats {
    use super::*;

    fn items(format: &str) -> Vec<(u16, char)> {
        let mut items = Items::new(format.as_bytes());
        core::iter::from_fn(|| items.next()).map(|Item { count, code }| (count, char::from(code))).collect()
    }

    #[test]
    fn items_are_counts_and_codes() {
        assert_eq!(items(""), []);
        assert_eq!(items("<"), []);
        assert_eq!(items("<Bi"), [(1, 'B'), (1, 'i')]);
        assert_eq!(items(" 3f\t10s\n\r\x0b\x0c0i "), [(3, 'f'), (10, 's'), (0, 'i')]);
        assert_eq!(items("65536B99999999999999999999B"), [(65535, 'B'), (65535, 'B')]);
        // Python forbids a space between a count and its code, and a second prefix.
        assert_eq!(items("3 B"), [(3, ' '), (1, 'B')]);
        assert_eq!(items("<>B"), [(1, '>'), (1, 'B')]);
        assert_eq!(items("B3"), [(1, 'B'), (0, '\0')]);
    }

    #[test]
    fn prefixes_state_the_layout() {
        assert_eq!(stated_layout(b"<i"), Some(Layout::LITTLE));
        assert_eq!(stated_layout(b"=i"), Some(Layout::LITTLE));
        assert_eq!(stated_layout(b">i"), Some(Layout::BIG));
        assert_eq!(stated_layout(b"!i"), Some(Layout::BIG));
        assert_eq!(stated_layout(b"@i"), None);
        assert_eq!(stated_layout(b"i"), None);
    }

    #[test]
    fn sizes_are_those_of_python() {
        let native = Layout { order: Order::Little, aligned: true, long: 8, pointer: 8 };
        for (codes, size) in [("xcbB?sp", 1), ("hHe", 2), ("iIf", 4), ("qQdlLnNP", 8)] {
            codes.bytes().for_each(|code| assert_eq!(native.size(code), Some(size)));
        }
        assert_eq!(Layout::LITTLE.size(b'l'), Some(4));
        assert_eq!(Layout::LITTLE.size(b'P'), None);
        assert_eq!(native.size(b'O'), None);
        assert_eq!([0, 1, 4, 5, 8].map(|offset| native.align(offset, 4)), [0, 4, 4, 8, 8]);
        assert_eq!(Layout::LITTLE.align(1, 4), 1);
        assert_eq!(native.align(u16::MAX, 8), 65528);
    }

    #[test]
    fn every_code_is_read() {
        let cases: [(&str, &[u8], i64); 14] = [
            ("b", &[0xff], -1),
            ("B", &[0xff], 255),
            ("?", &[7], 1),
            ("h", &[0xfe, 0xff], -2),
            ("H", &[0xfe, 0xff], 65534),
            ("i", &[0xfd, 0xff, 0xff, 0xff], -3),
            ("I", &[0xfd, 0xff, 0xff, 0xff], 0xffff_fffd),
            ("<l", &[0xfd, 0xff, 0xff, 0xff], -3),
            (">L", &[0, 0, 1, 0], 256),
            ("q", &[0xfb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -5),
            ("!q", &[0x80, 0, 0, 0, 0, 0, 0, 0], i64::MIN),
            ("Q", &[5, 0, 0, 0, 0, 0, 0, 0], 5),
            (">h", &[0x80, 0], -32768),
            (">H", &[0x80, 1], 32769),
        ];
        for (format, data, value) in cases {
            assert_eq!(integers(format, data), Ok(vec![value]), "{format}");
        }
        assert_eq!(sole::<u64>(&under("Q", &[0xff; 8])), Ok(u64::MAX));
        assert_eq!(sole::<f32>(&under("e", b"\x00\x3e")), Ok(1.5));
        assert_eq!(sole::<f32>(&under(">e", b"\x3e\x00")), Ok(1.5));
        assert_eq!(sole::<f32>(&under("f", &0.1f32.to_le_bytes())), Ok(0.1));
        assert_eq!(sole::<f64>(&under(">d", &0.1f64.to_be_bytes())), Ok(0.1));
        assert_eq!(bytes_under::<1>(&under("c", b"a")), Ok(*b"a"));
        assert_eq!(bytes_under::<3>(&under("5p", b"\x03abc\0")), Ok(*b"abc"));
        assert_eq!(bytes_under::<4>(&under("5p", b"\xffabcd")), Ok(*b"abcd"));
        assert_eq!(bytes_under::<0>(&under("0p", b"")), Ok([]));
        assert_eq!(bytes_under::<0>(&under("0s", b"")), Ok([]));
    }

    #[test]
    fn values_follow_one_another_where_python_puts_them() {
        assert_eq!(
            unpack("B3si", b"\tabc\x07\0\0\0"),
            Some(vec![('B', b"\t".as_slice()), ('s', b"abc"), ('i', b"\x07\0\0\0")])
        );
        assert_eq!(unpack("bxb", b"\x01\0\x02"), Some(vec![('b', b"\x01".as_slice()), ('b', b"\x02")]));
        assert_eq!(
            unpack("b3xi", b"\x01\0\0\0\x02\0\0\0"),
            Some(vec![('b', b"\x01".as_slice()), ('i', b"\x02\0\0\0")])
        );
        assert_eq!(unpack("2xb", b"\0\0\x01"), Some(vec![('b', b"\x01".as_slice())]));
        assert_eq!(unpack("0s0s", b""), Some(vec![('s', b"".as_slice()), ('s', b"")]));
        assert_eq!(unpack("b0i", b"\x01\0\0\0"), Some(vec![('b', b"\x01".as_slice())]));
        assert_eq!(unpack("b0i", b"\x01"), Some(vec![('b', b"\x01".as_slice())]));
        assert_eq!(unpack("x", b"\0"), Some(vec![]));
        assert_eq!(unpack("0B", b""), Some(vec![]));
        assert_eq!(unpack("3c", b"abc").map(|values| values.len()), Some(3));
        assert_eq!(unpack("=bi", b"\x01\x02\0\0\0").map(|values| values.len()), Some(2));
        assert_eq!(unpack("=bi", b"\x01\0\0\0\x02\0\0\0"), None);
    }

    #[test]
    fn a_size_that_is_far_too_large_is_no_fit() {
        for format in ["65535B", "65536s", "9999999999s", "9999q9999q", "65535x65535x65535x", "8192q"] {
            assert_eq!(unpack(format, &[0; 200]), None, "{format}");
            assert_eq!(unpack(format, &[]), None, "{format}");
        }
    }
}

/// What machines make of native formats.
mod native {
    use super::*;

    fn one_two(format: &str, data: &[u8]) {
        assert_eq!(integers(format, data), Ok(vec![1, 2]), "{format} {data:?}");
    }

    #[test]
    fn padding_is_python_and_none_is_arduino() {
        one_two("bi", b"\x01\0\0\0\x02\0\0\0");
        one_two("@bi", b"\x01\0\0\0\x02\0\0\0");
        one_two("bi", b"\x01\x02\0\0\0");
        one_two("bq", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
        one_two("bq", b"\x01\x02\0\0\0\0\0\0\0");
        one_two("bh", b"\x01\0\x02\0");
        one_two("bh", b"\x01\x02\0");
        // The board of 32 bits that puts eight-byte integers at multiples of four is not known to exist.
        assert!(integers("bq", b"\x01\0\0\0\x02\0\0\0\0\0\0\0").is_err());
        let packed = b"\x01\x02\x00\x03\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00";
        assert_eq!(integers("bhiq", packed), Ok(vec![1, 2, 3, 4]));
        let padded = b"\x01\0\x02\0\x03\0\0\0\x04\0\0\0\0\0\0\0";
        assert_eq!(integers("bhiq", padded), Ok(vec![1, 2, 3, 4]));
    }

    #[test]
    fn padding_need_not_be_zero_if_nothing_else_fits() {
        one_two("bi", b"\x01\xaa\xbb\xcc\x02\0\0\0");
    }

    #[test]
    fn longs_have_four_bytes_or_eight() {
        for format in ["l", "L"] {
            assert_eq!(integers(format, &[5, 0, 0, 0]), Ok(vec![5]));
            assert_eq!(integers(format, &[5, 0, 0, 0, 0, 0, 0, 0]), Ok(vec![5]));
            assert!(integers(format, &[5, 0]).is_err());
        }
        assert_eq!(integers("l", &[0xff; 4]), Ok(vec![-1]));
        assert_eq!(integers("l", &[0xff; 8]), Ok(vec![-1]));
        one_two("lL", b"\x01\0\0\0\x02\0\0\0");
        one_two("lL", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
        one_two("bl", b"\x01\0\0\0\x02\0\0\0");
        one_two("bl", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
        one_two("bl", b"\x01\x02\0\0\0");
        one_two("bl", b"\x01\x02\0\0\0\0\0\0\0");
        one_two("lb", b"\x01\0\0\0\x02");
        one_two("lb", b"\x01\0\0\0\0\0\0\0\x02");
    }

    #[test]
    fn pointers_have_four_bytes_or_eight_whatever_longs_have() {
        for format in ["n", "N", "P"] {
            assert_eq!(integers(format, &[5, 0, 0, 0]), Ok(vec![5]));
            assert_eq!(integers(format, &[5, 0, 0, 0, 0, 0, 0, 0]), Ok(vec![5]));
        }
        assert_eq!(integers("n", &[0xff; 8]), Ok(vec![-1]));
        assert_eq!(sole::<u64>(&under("N", &[0xff; 8])), Ok(u64::MAX));
        assert_eq!(sole::<u64>(&under("P", &[0xff; 4])), Ok(u64::from(u32::MAX)));
        // Windows: longs of four, pointers of eight.
        one_two("lP", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
        one_two("lN", b"\x01\0\0\0\x02\0\0\0");
    }

    #[test]
    fn of_two_readings_the_one_with_clean_padding_is_taken_the_narrow_one_first() {
        // 16 bytes: `l` of 4, padding of 4, `q` of 8; or `l` of 8 and `q` of 8.
        one_two("lq", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
        let wide = b"\xff\xff\xff\xff\xff\xff\xff\xff\x02\0\0\0\0\0\0\0";
        assert_eq!(integers("lq", wide), Ok(vec![-1, 2]), "padding that is not zero is none");
        let large = b"\0\0\0\0\x01\0\0\0\x02\0\0\0\0\0\0\0";
        assert_eq!(integers("lq", large), Ok(vec![1 << 32, 2]));
        // 8 bytes: `b`, padding, `i`; or, without padding, `b` and two ints of which nothing says so.
        one_two("bl", b"\x01\0\0\0\x02\0\0\0");
    }
}

/// What feeds what.
mod conversions {
    use super::*;

    fn number<T: for<'a> Decode<'a>>(text: &str) -> Result<T, String> {
        sole(&repr(&format!("({text},)")))
    }

    #[test]
    fn integers_feed_integers_exactly() {
        assert_eq!(arguments(&under("ii", &[1, 0, 0, 0, 255, 255, 255, 255])), Ok((1u8, -1i8)));
        assert_eq!(number("7"), Ok(7u8));
        assert_eq!(number("-128"), Ok(i8::MIN));
        assert_eq!(number("255"), Ok(255u8));
        assert_eq!(number("18446744073709551615"), Ok(u64::MAX));
        assert_eq!(number("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(number("-0"), Ok(0u8));
        assert_eq!(number("True"), Ok(1u8));
        assert_eq!(number("0xff"), Ok(255u8));
        assert_eq!(number("0b101"), Ok(5i64));
        assert_eq!(number("0o17"), Ok(15u16));
        assert_eq!(number("1_000"), Ok(1000u16));
        assert_eq!(number("+5"), Ok(5u8));
        assert_eq!(number("-170141183460469231731687303715884105728"), Ok(i128::MIN));
        assert_eq!(number("340282366920938463463374607431768211455"), Ok(u128::MAX));
        assert_eq!(sole(&under("q", &[0xff; 8])), Ok(-1i128));
    }

    #[test]
    fn integers_out_of_range_are_refused_with_the_range() {
        let of = |value: &str, target: &str| format!("argument 1: {value} does not fit {target}");
        assert_eq!(number::<u8>("300").unwrap_err(), of("300", "u8 (0 to 255)"));
        assert_eq!(number::<u8>("-1").unwrap_err(), of("-1", "u8 (0 to 255)"));
        assert_eq!(number::<i8>("128").unwrap_err(), of("128", "i8 (-128 to 127)"));
        assert_eq!(number::<i8>("-129").unwrap_err(), of("-129", "i8 (-128 to 127)"));
        assert_eq!(number::<u16>("65536").unwrap_err(), of("65536", "u16 (0 to 65535)"));
        assert_eq!(number::<i16>("-32769").unwrap_err(), of("-32769", "i16 (-32768 to 32767)"));
        assert_eq!(number::<u32>("4294967296").unwrap_err(), of("4294967296", "u32 (0 to 4294967295)"));
        assert_eq!(
            number::<i32>("2147483648").unwrap_err(),
            of("2147483648", "i32 (-2147483648 to 2147483647)")
        );
        let i64s = "i64 (-9223372036854775808 to 9223372036854775807)";
        assert_eq!(number::<i64>("9223372036854775808").unwrap_err(), of("9223372036854775808", i64s));
        let u64s = "u64 (0 to 18446744073709551615)";
        assert_eq!(number::<u64>("-1").unwrap_err(), of("-1", u64s));
        assert_eq!(sole::<u8>(&under("h", &[44, 1])).unwrap_err(), of("300", "u8 (0 to 255)"));
        assert_eq!(sole::<u64>(&under("b", &[0xff])).unwrap_err(), of("-1", u64s));
        assert_eq!(number::<u128>("-1").unwrap_err(), of("-1", "u128"));
    }

    #[test]
    fn integers_of_more_than_64_bits_are_refused_as_such() {
        let more = "18446744073709551615 or more";
        for text in ["18446744073709551616", "1180591620717411303424", &"9".repeat(200)] {
            let error = number::<u8>(text).unwrap_err();
            assert_eq!(error, format!("argument 1: {more} does not fit u8 (0 to 255)"));
            let error = number::<u64>(text).unwrap_err();
            assert_eq!(error, format!("argument 1: {more} does not fit u64 (0 to 18446744073709551615)"));
        }
        let error = number::<i8>("-18446744073709551616").unwrap_err();
        assert_eq!(error, "argument 1: -18446744073709551615 or less does not fit i8 (-128 to 127)");
        let error = number::<u128>("340282366920938463463374607431768211456").unwrap_err();
        assert_eq!(error, format!("argument 1: {more} does not fit u128"));
        let error = number::<i128>("-170141183460469231731687303715884105729").unwrap_err();
        assert_eq!(error, "argument 1: -18446744073709551615 or less does not fit i128");
    }

    #[test]
    fn integers_feed_floats_if_exact() {
        assert_eq!(arguments(&under("ii", &[3, 0, 0, 0, 254, 255, 255, 255])), Ok((3.0f32, -2.0f64)));
        assert_eq!(number("16777216"), Ok(16_777_216.0f32));
        assert_eq!(number::<f32>("16777217").unwrap_err(), "argument 1: the number does not fit f32");
        assert_eq!(number("16777217"), Ok(16_777_217.0f64));
        assert_eq!(number::<f64>("9007199254740993").unwrap_err(), "argument 1: the number does not fit f64");
        assert_eq!(
            sole::<f32>(&under("Q", &[0xff; 8])).unwrap_err(),
            "argument 1: the number does not fit f32"
        );
        assert_eq!(sole::<f32>(&under("Q", &[0, 0, 0, 0, 0, 0, 0, 0x80])), Ok(9_223_372_036_854_775_808.0));
        assert_eq!(number("True"), Ok(1.0f32));
        assert_eq!(number("0x10"), Ok(16.0f32));
        // Where an integer has more than 64 bits nobody looks whether it is exact.
        assert_eq!(
            number::<f64>("18446744073709551616").unwrap_err(),
            "argument 1: the number does not fit f64"
        );
    }

    #[test]
    fn floats_feed_floats_by_rounding() {
        assert_eq!(number("0.1"), Ok(0.1f32));
        assert_eq!(number("0.1"), Ok(0.1f64));
        assert_eq!(number("1e-05"), Ok(1e-5f32));
        assert_eq!(number("0.33333334"), Ok(1.0f32 / 3.0));
        // Between two floats of 32 bits; rounding to 64 bits first would take the wrong one.
        assert_eq!(number("1.00000005960464477540"), Ok(1.000_000_1f32));
        assert_eq!(sole(&under("d", &0.1f64.to_le_bytes())), Ok(0.1f32));
        assert_eq!(sole(&under("f", &0.1f32.to_le_bytes())), Ok(f64::from(0.1f32)));
        assert_eq!(number("1e-400"), Ok(0.0f64));
        assert_eq!(number::<f64>("-0.0").map(f64::to_bits), Ok((-0.0f64).to_bits()));
    }

    #[test]
    fn a_finite_float_never_becomes_infinite() {
        let error = "argument 1: the number does not fit f32";
        assert_eq!(number::<f32>("1e39").unwrap_err(), error);
        assert_eq!(number::<f32>("-3.4028236e38").unwrap_err(), error);
        assert_eq!(number("3.4028235e+38"), Ok(f32::MAX));
        assert_eq!(sole::<f32>(&under("d", &1e39f64.to_le_bytes())).unwrap_err(), error);
    }

    #[test]
    fn infinities_and_nan_stay_what_they_are_however_written() {
        for text in
            ["1e999", "inf", "float('inf')", "float( \"infinity\" )", "+inf", "1E400", "float('+inf')"]
        {
            assert_eq!(number(text), Ok(f32::INFINITY), "{text}");
            assert_eq!(number(text), Ok(f64::INFINITY), "{text}");
        }
        for text in ["-1e999", "-inf", "float('-inf')"] {
            assert_eq!(number(text), Ok(f32::NEG_INFINITY), "{text}");
            assert_eq!(number(text), Ok(f64::NEG_INFINITY), "{text}");
        }
        for text in ["nan", "-nan", "float('nan')"] {
            assert!(number::<f32>(text).unwrap().is_nan() && number::<f64>(text).unwrap().is_nan(), "{text}");
        }
        assert_eq!(sole(&under("d", &f64::NEG_INFINITY.to_le_bytes())), Ok(f32::NEG_INFINITY));
        assert!(sole::<f32>(&under("d", &f64::NAN.to_le_bytes())).unwrap().is_nan());
    }

    #[test]
    fn a_float_never_feeds_an_integer() {
        let error = "argument 1: expected an integer, got a float";
        for text in ["1.5", "1.0", "1e3", "inf", "nan"] {
            assert_eq!(number::<i64>(text).unwrap_err(), error);
            assert_eq!(number::<i128>(text).unwrap_err(), error);
            assert_eq!(number::<bool>(text).unwrap_err(), error);
        }
        assert_eq!(sole::<u8>(&under("f", &1f32.to_le_bytes())).unwrap_err(), error);
        assert_eq!(sole::<u8>(&under("d", &1f64.to_le_bytes())).unwrap_err(), error);
    }

    #[test]
    fn what_is_no_number_is_named() {
        assert_eq!(number::<f32>("2j").unwrap_err(), "argument 1: expected a number, got a complex number");
        assert_eq!(number::<u8>("1J").unwrap_err(), "argument 1: expected an integer, got a complex number");
        assert_eq!(number::<u8>("None").unwrap_err(), "argument 1: expected an integer, got None");
        assert_eq!(number::<u8>("'7'").unwrap_err(), "argument 1: expected an integer, got text");
        assert_eq!(number::<f32>("b'7'").unwrap_err(), "argument 1: expected a number, got bytes");
        assert_eq!(number::<f32>("[7]").unwrap_err(), "argument 1: expected a number, got a sequence");
        let error = number::<u8>("sys").unwrap_err();
        assert_eq!(error, "argument 1: expected an integer, got something that is no literal");
        for text in ["0x", "1__0", "_1", "1_", "0b2", "0o8", "1.2.3", "1e", "5L", "0xg"] {
            assert!(number::<u64>(text).is_err() && number::<f64>(text).is_err(), "{text}");
        }
        assert_eq!(number("00"), Ok(0u8));
    }

    #[test]
    fn bools_are_zero_and_one() {
        assert_eq!(arguments(&repr("(True, False, 1, 0)")), Ok((true, false, true, false)));
        assert_eq!(arguments(&under("?B", &[9, 1])), Ok((true, true)));
        assert_eq!(number::<bool>("2").unwrap_err(), "argument 1: 2 is no variant of bool");
        assert_eq!(number::<bool>("-1").unwrap_err(), "argument 1: -1 does not fit u8 (0 to 255)");
        assert_eq!(number::<bool>("None").unwrap_err(), "argument 1: expected an integer, got None");
    }

    #[test]
    fn bytes_feed_text_if_utf8() {
        let text = |payload: &[u8]| sole::<heapless::String<8>>(payload).map(|text| text.as_str().to_owned());
        for payload in [
            under("2s", "é".as_bytes()),
            under("5s", "é\0\0\0".as_bytes()),
            under("4p", "\x02é\0".as_bytes()),
            repr("('é',)"),
            repr("(b'\\xc3\\xa9',)"),
            repr("('\\xe9',)"),
            repr("'\\u00e9'"),
            repr("(bytearray(b'\\xc3\\xa9\\0'),)"),
            [b"\x03raw", "é".as_bytes()].concat(),
            "é".into(),
        ] {
            assert_eq!(text(&payload).as_deref(), Ok("é"), "{payload:?}");
        }
        assert_eq!(text(&repr("('a\\0',)")).as_deref(), Ok("a\0"), "zeros at the end of text belong to it");
        assert_eq!(bytes_under::<5>(&under("5s", b"abc\0\0")), Ok(*b"abc\0\0"), "and zeros of bytes to them");
        assert_eq!(text(&under("2s", b"\xff\xfe")).unwrap_err(), "argument 1: not UTF-8");
        assert_eq!(text(&repr("(b'\\xff',)")).unwrap_err(), "argument 1: not UTF-8");
        assert_eq!(text(b"\x04repr('\xff',)").unwrap_err(), "argument 1: not UTF-8");
        assert_eq!(text(&repr("('123456789',)")).unwrap_err(), "argument 1: too long, there is room for 8");
        assert_eq!(text(&repr("(5,)")).unwrap_err(), "argument 1: expected text, got an integer");
    }

    #[test]
    fn text_feeds_no_bytes() {
        assert_eq!(bytes_under::<1>(&repr("('a',)")).unwrap_err(), "argument 1: expected bytes, got text");
        assert_eq!(
            sole::<heapless::Vec<u8, 4>>(&repr("('a',)")).unwrap_err(),
            "argument 1: expected an integer, got text"
        );
    }

    #[test]
    fn characters_are_text_of_one() {
        assert_eq!(sole(&repr("('€',)")), Ok('€'));
        assert_eq!(sole(&under("3s", "é\0".as_bytes())), Ok('é'));
        for text in ["('',)", "('ab',)"] {
            let error = sole::<char>(&repr(text)).unwrap_err();
            assert_eq!(error, "argument 1: expected one character, got longer or empty text");
        }
    }

    #[test]
    fn integers_in_a_list_feed_bytes() {
        for payload in [
            repr("([1, 2, 255],)"),
            repr("(1, 2, 255)"),
            repr("((1, 2, 255),)"),
            under("3B", &[1, 2, 255]),
            under("3s", &[1, 2, 255]),
        ] {
            assert_eq!(sole(&payload), Ok([1u8, 2, 255]), "{payload:?}");
            assert_eq!(sole::<heapless::Vec<u8, 3>>(&payload).as_deref(), Ok([1, 2, 255].as_slice()));
        }
        assert_eq!(sole(&repr("(b'ab', b'c')")), Ok((*b"ab", *b"c")));
        assert_eq!(sole(&under("2ss", b"abc")), Ok((*b"ab", *b"c")));
        assert_eq!(sole::<[u8; 2]>(&repr("(b'ab', 5)")).unwrap_err(), "takes 1 argument, more came");
        assert_eq!(sole::<[u8; 2]>(&repr("(1, 2, 3)")).unwrap_err(), "argument 1: expected 2 values");
        assert_eq!(
            sole::<[u8; 1]>(&repr("([300],)")).unwrap_err(),
            "argument 1: 300 does not fit u8 (0 to 255)"
        );
        for text in ["([1, 2],)", "([1, 2, 3, 4],)", "(b'12',)", "(b'1234',)"] {
            assert_eq!(sole::<[u8; 3]>(&repr(text)).unwrap_err(), "argument 1: expected 3 values", "{text}");
        }
        for text in ["([1, 2, 3, 4],)", "(b'1234',)"] {
            let error = sole::<heapless::Vec<u8, 3>>(&repr(text)).unwrap_err();
            assert_eq!(error, "argument 1: too long, there is room for 3", "{text}");
        }
    }
}

/// Lists of arguments, and what stands for one.
mod sequences {
    use super::*;

    #[test]
    fn arguments_are_counted() {
        assert_eq!(arguments(&under("Bh", &[7, 0, 255, 255])), Ok((7u8, -1i16)));
        assert_eq!(arguments(&repr("(7, -1)")), Ok((7u8, -1i16)));
        assert_eq!(arguments::<(u8, u8)>(&repr("(7,)")).unwrap_err(), "takes 2 arguments, fewer came");
        assert_eq!(arguments::<(u8, u8)>(&repr("(7, 8, 9)")).unwrap_err(), "takes 2 arguments, more came");
        assert_eq!(arguments::<(u8, u8)>(&under("B", &[7])).unwrap_err(), "takes 2 arguments, fewer came");
        assert_eq!(
            arguments::<(u8, u8)>(&under("3B", &[7, 8, 9])).unwrap_err(),
            "takes 2 arguments, more came"
        );
        assert_eq!(arguments::<(u8, u8)>(&repr("7")).unwrap_err(), "takes 2 arguments, fewer came");
    }

    #[test]
    fn a_problem_names_its_argument() {
        let error = arguments::<(u8, u8, u8)>(&repr("(1, 300, 'x')")).unwrap_err();
        assert_eq!(error, "argument 2: 300 does not fit u8 (0 to 255)", "the first problem is the one");
        let error = arguments::<(u8, u8, u8)>(&repr("(1, 3, 'x')")).unwrap_err();
        assert_eq!(error, "argument 3: expected an integer, got text");
    }

    #[test]
    fn options_at_the_end_may_be_left_out() {
        type Three = (u8, Option<u8>, Option<heapless::String<4>>);
        let full = (1, Some(2), Some("x".try_into().unwrap()));
        assert_eq!(arguments::<Three>(&repr("(1, 2, 'x')")), Ok(full));
        assert_eq!(arguments::<Three>(&repr("(1, None, None)")), Ok((1, None, None)));
        assert_eq!(arguments::<Three>(&repr("(1, 2)")), Ok((1, Some(2), None)));
        assert_eq!(arguments::<Three>(&repr("(1,)")), Ok((1, None, None)));
        assert_eq!(arguments::<Three>(&under("B", &[1])), Ok((1, None, None)));
        assert_eq!(arguments::<Three>(&under("BB", &[1, 2])), Ok((1, Some(2), None)));
        assert_eq!(arguments::<Three>(b"\x01z").unwrap_err(), "takes 3 arguments, fewer came");
        assert_eq!(sole::<Option<u8>>(b"\x01z"), Ok(None));
        assert_eq!(sole::<Option<u8>>(b""), Ok(None));
        assert_eq!(sole::<Option<u8>>(&repr("(None,)")), Ok(None));
        assert_eq!(sole::<Option<u8>>(&repr("None")), Ok(None));
        assert_eq!(sole::<Option<u8>>(&repr("(5,)")), Ok(Some(5)));
        assert_eq!(sole::<Option<Option<u8>>>(&repr("(5,)")), Ok(Some(Some(5))));
        assert_eq!(
            sole::<Option<u8>>(&repr("(Nonesense,)")).unwrap_err(),
            "argument 1: expected an integer, got something that is no literal"
        );
    }

    #[test]
    fn the_sole_tuple_may_be_the_list_of_arguments() {
        for payload in [
            repr("(1, 2)"),
            repr("((1, 2),)"),
            repr("([1, 2],)"),
            repr("[1, 2]"),
            repr(" ( 1 , 2 , ) "),
            repr("(P(x=1, y=2),)"),
            repr("P(x=1, y=2)"),
            under("bi", &[1, 0, 0, 0, 2, 0, 0, 0]),
            under("<bi", &[1, 2, 0, 0, 0]),
        ] {
            assert_eq!(sole(&payload), Ok((1u8, 2i32)), "{payload:?}");
            assert_eq!(sole(&payload), Ok([1i8, 2]), "{payload:?}");
            assert_eq!(sole(&payload), Ok(Some((1i8, 2i8))), "{payload:?}");
            let list = sole::<heapless::Vec<u8, 4>>(&repr("([1, 2],)"));
            assert_eq!(list.as_deref(), Ok([1, 2].as_slice()));
            assert_eq!(
                sole::<heapless::Vec<i16, 4>>(&payload).as_deref(),
                Ok([1, 2].as_slice()),
                "{payload:?}"
            );
        }
    }

    #[test]
    fn a_sole_tuple_of_one_keeps_its_brackets() {
        assert_eq!(sole(&repr("((7,),)")), Ok((7u8,)));
        assert_eq!(sole(&repr("(7,)")), Ok((7u8,)), "Python has unwrapped it on the way");
        assert_eq!(sole(&under("B", &[7])), Ok((7u8,)));
        assert_eq!(sole(&repr("(((7,),),)")), Ok(((7u8,),)));
        assert_eq!(sole(&repr("(((1, 2),),)")), Ok(((1u8, 2u8),)));
        assert_eq!(sole(&repr("(([1],),)")), Ok(([1u16],)));
        assert_eq!(sole(&repr("([[1]],)")), Ok([[1u16]]));
    }

    #[test]
    fn nested_sequences_keep_their_form() {
        assert_eq!(sole(&repr("((1, 2), (3, 4))")), Ok(((1u8, 2u8), (3u8, 4u8))));
        assert_eq!(sole(&repr("(((1, 2), (3, 4)),)")), Ok(((1u8, 2u8), (3u8, 4u8))));
        assert_eq!(
            sole(&under("4B", &[1, 2, 3, 4])),
            Ok(((1u8, 2u8), (3u8, 4u8))),
            "a struct has no brackets"
        );
        assert_eq!(
            arguments(&under("4B", &[1, 2, 3, 4])),
            Ok(([1u8, 2], (3u8, 4u8))).map(|(a, b)| (a.map(u16::from), b))
        );
        assert_eq!(arguments(&repr("((1, 2), [3])")), Ok(((1u8, 2u8), [3u16])));
        assert_eq!(arguments(&repr("([], ())")), Ok(([0u16; 0], ())));
    }

    #[test]
    fn none_is_none_wherever_an_option_stands() {
        assert_eq!(sole(&repr("(None, 1)")), Ok((None::<u8>, 1u8)));
        assert_eq!(sole(&repr("((None, 1),)")), Ok(Some((None::<u8>, 1u8))));
        assert_eq!(sole(&repr("(None, 1)")), Ok(Some((None::<u8>, 1u8))));
        assert_eq!(sole(&repr("(None, None)")), Ok(Some((None::<u8>, None::<u8>))));
        assert_eq!(sole(&repr("(None,)")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("( None )")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("()")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("None")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(b"\x01z"), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("((None,),)")), Ok(Some((None::<u8>,))));
        assert_eq!(sole(&repr("([None, 2],)")), Ok([None, Some(2u8)]));
    }

    #[test]
    fn the_number_of_elements_must_be_right() {
        for text in ["(1, 2)", "(1, 2, 3, 4)", "((1, 2),)", "((1, 2, 3, 4),)"] {
            let error = sole::<(u8, u8, u8)>(&repr(text)).unwrap_err();
            assert_eq!(error, "argument 1: expected 3 values", "{text}");
        }
        assert_eq!(sole::<(u8,)>(&under("2B", &[1, 2])).unwrap_err(), "argument 1: expected 1 value");
        assert_eq!(sole::<(u8,)>(&repr("(1, 2)")).unwrap_err(), "argument 1: expected 1 value");
        assert_eq!(
            sole::<heapless::Vec<u16, 2>>(&repr("([1, 2, 3],)")).unwrap_err(),
            "argument 1: too long, there is room for 2"
        );
        assert_eq!(sole::<(u8, u8)>(&repr("(5,)")).unwrap_err(), "argument 1: expected 2 values");
        assert_eq!(
            arguments::<((u8, u8), u8)>(&repr("(5, 6)")).unwrap_err(),
            "argument 1: expected a sequence, got an integer"
        );
        assert_eq!(
            arguments::<((u8, u8), u8)>(&repr("('ab', 6)")).unwrap_err(),
            "argument 1: expected a sequence, got text"
        );
    }

    #[test]
    fn what_other_interpreters_print_for_sequences_is_read() {
        let list = |text: &str| sole::<heapless::Vec<u16, 4>>(&repr(text)).map(|list| list.to_vec());
        for text in [
            "([1, 2],)",
            "((1, 2),)",
            "({1, 2},)",
            "(frozenset({1, 2}),)",
            "(set([1, 2]),)",
            "(array('B', [1, 2]),)",
            "(array.array('h', [1, 2]),)",
            "(deque([1, 2]),)",
            "(collections.deque([1, 2]),)",
            "([1, 2, ],)",
            "(\n[\t1 ,\r2],)",
        ] {
            assert_eq!(list(text), Ok(vec![1, 2]), "{text}");
        }
        for text in ["([],)", "(set(),)", "(frozenset(),)", "(array('B'),)", "(deque([]),)"] {
            assert_eq!(list(text), Ok(vec![]), "{text}");
        }
    }

    #[test]
    fn what_is_no_literal_is_refused() {
        for text in [
            "",
            " ",
            "(",
            "(1",
            "(1,",
            "(1 2)",
            "(,)",
            "(1,,2)",
            "[1, 2)",
            "([1)]",
            "(1,))",
            "(1,) 2",
            "('a)",
            "('a\\')",
            "(deque([1], maxlen=3),)",
            "(range(3),)",
            "(open('x'),)",
            "(P(1),)",
            "(P(x=1, 2),)",
            "(array([1]),)",
            "(__import__('os'),)",
            "(1 for x in y)",
            "(*[1],)",
            "([1] + [2],)",
            "([1][0],)",
            "(a.b,)",
            "({1: 2},)",
            "(lambda: 0,)",
            "(P(x==1),)",
            "(None",
        ] {
            let result = sole::<heapless::Vec<u16, 4>>(&repr(text));
            assert!(result.is_err(), "{text}: {result:?}");
        }
    }
}
