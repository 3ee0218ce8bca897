//! Payloads of every kind, and what struct formats say about their bytes.
#![cfg(feature = "repr")]

mod reading;

use reading::{arguments, bytes_under, sole, under};
use serialtalk::payload::Payload;
use serialtalk::payload::format::{Item, Items, Layout, stated_layout};
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
            assert_eq!(error, "takes 1 argument(s), fewer came", "{payload:?}");
        }
        assert_eq!(arguments::<()>(&under("B", &[5])).unwrap_err(), "takes 0 argument(s), more came");
        assert_eq!(arguments::<()>(b"\x03raw").unwrap_err(), "takes 0 argument(s), more came");
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
        assert_eq!(items("65535B"), [(65535, 'B')]);
        // What is too much is no count.
        assert_eq!(items("65536B"), [(0, '\0'), (1, 'B')]);
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
    fn what_no_frame_holds_is_read_under_no_format() {
        assert_eq!(unpack("255B", &[0; 255]).map(|values| values.len()), Some(255));
        assert_eq!(unpack("256B", &[0; 256]), None);
        assert_eq!(unpack("65535B9B", &[0; 65_544]), None);
        let format = "0B".repeat(128);
        assert_eq!(unpack(&format, b""), None);
        #[cfg(feature = "alloc")]
        {
            use serialtalk::Value;
            let payload = under("252B4B", &[0; 256]);
            assert_eq!(Value::from_payload(&payload), Value::Bytes(payload.clone()));
        }
    }

    #[test]
    fn sizes_are_those_of_python() {
        // As on a desktop: what may be wide is.
        let mut layouts = core::iter::successors(Some(Layout::NATIVE), |layout| layout.next());
        let native = layouts.find(|layout| layout.size(b'l') == 8 && layout.size(b'P') == 8).unwrap();
        for (codes, size) in [("xcbB?sp", 1), ("hHe", 2), ("iIf", 4), ("qQdlLnNP", 8)] {
            codes.bytes().for_each(|code| assert_eq!(native.size(code), size));
        }
        assert_eq!(Layout::LITTLE.size(b'l'), 4);
        assert_eq!(Layout::LITTLE.size(b'P'), 0);
        assert_eq!(native.size(b'O'), 0);
        assert_eq!(
            [0, 1, 4, 5, 8].map(|offset| native.may_start(offset, 4)),
            [true, false, true, false, true]
        );
        assert!(Layout::LITTLE.may_start(1, 4));
    }

    #[test]
    fn native_layouts_are_tried_from_the_likeliest_on() {
        let layouts = core::iter::successors(Some(Layout::NATIVE), |layout| layout.next());
        let found: Vec<_> =
            layouts.map(|layout| (layout.is_aligned(), layout.size(b'l'), layout.size(b'P'))).collect();
        let widths =
            |is_aligned| [(4, 4), (4, 8), (8, 4), (8, 8)].map(|(long, pointer)| (is_aligned, long, pointer));
        assert_eq!(found, [widths(true), widths(true), widths(false)].concat());
        assert_eq!((Layout::LITTLE.next(), Layout::BIG.next()), (None, None));
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
