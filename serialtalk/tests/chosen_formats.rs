//! Values in a format that is chosen by hand: a struct format, `repr` or `raw`.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "support/encoding.rs"]
mod encoding;

use encoding::payload;
use serialtalk::{Arguments, Encode, EncodeError, FormatError, args};

/// The payload of a call of these values in this format.
fn under(format: &str, values: Arguments) -> Result<Vec<u8>, String> {
    payload(|payload| payload.values_as(&values, format)).map_err(|error| error.to_string())
}

#[test]
fn values_are_packed_under_their_codes() {
    assert_eq!(under("<if", args![3, 0.5]).as_deref(), Ok(b"\x03<if\x03\0\0\0\0\0\0\x3f".as_slice()));
    assert_eq!(
        under("ihh", args![-1, 2, 3]).as_deref(),
        Ok(b"\x03ihh\xff\xff\xff\xff\x02\0\x03\0".as_slice())
    );
    assert_eq!(under(">hB", args![258, true]).as_deref(), Ok(b"\x03>hB\x01\x02\x01".as_slice()));
    assert_eq!(under("!d", args![1.0]).as_deref(), Ok(b"\x02!d\x3f\xf0\0\0\0\0\0\0".as_slice()));
    assert_eq!(under("2B", args![1, 2]).as_deref(), Ok(b"\x022B\x01\x02".as_slice()));
    assert_eq!(
        under("2B", args![[1, 2]]).as_deref(),
        Ok(b"\x022B\x01\x02".as_slice()),
        "lists are flattened"
    );
    assert_eq!(under("xB2x", args![9]).as_deref(), Ok(b"\x04xB2x\0\x09\0\0".as_slice()));
    assert_eq!(under("5s", args!["abc"]).as_deref(), Ok(b"\x025sabc\0\0".as_slice()));
    assert_eq!(under("3sB", args![b"abc", 1]).as_deref(), Ok(b"\x033sBabc\x01".as_slice()));
    assert_eq!(under("0s", args![""]).as_deref(), Ok(b"\x020s".as_slice()));
    assert_eq!(under("f", args![3]).as_deref(), Ok(b"\x01f\0\0\x40\x40".as_slice()));
    assert_eq!(under("f", args![0.1]).as_deref(), Ok(b"\x01f\xcd\xcc\xcc\x3d".as_slice()), "rounded");
    assert_eq!(under("f", args![f64::INFINITY]).as_deref(), Ok(b"\x01f\0\0\x80\x7f".as_slice()));
    assert_eq!(under("d", args![-3]).as_deref(), Ok(b"\x01d\0\0\0\0\0\0\x08\xc0".as_slice()));
    assert_eq!(
        under("Q", args![u64::MAX]).as_deref(),
        Ok(b"\x01Q\xff\xff\xff\xff\xff\xff\xff\xff".as_slice())
    );
    assert_eq!(under("", args![]).as_deref(), Ok(b"\0".as_slice()));
    assert_eq!(under("x", args![]).as_deref(), Ok(b"\x01x\0".as_slice()));
    assert_eq!(under("0B", args![]).as_deref(), Ok(b"\x020B".as_slice()));
}

#[test]
fn repr_and_raw_are_formats_too() {
    assert_eq!(under("repr", args![1, "a"]).as_deref(), Ok(b"\x04repr(1, 'a')".as_slice()));
    assert_eq!(under("repr", args![[1]]).as_deref(), Ok(b"\x04repr([1],)".as_slice()));
    assert_eq!(under("repr", args![]).as_deref(), Ok(b"\x01z".as_slice()));
    assert_eq!(under("raw", args![b"abc"]).as_deref(), Ok(b"\x03rawabc".as_slice()));
    assert_eq!(under("raw", args!["é"]).as_deref(), Ok("\x03rawé".as_bytes()));
    assert_eq!(under("raw", args![]).as_deref(), Ok(b"\x03raw".as_slice()));
    for values in [args![1], args![1.0], args![()], args![1.0f32]] {
        assert!(under("raw", values).is_err());
    }
}

#[test]
fn nothing_is_changed_to_make_it_fit() {
    let cannot = |number: u16, code: char| format!("value {number} does not fit the format code `{code}`");
    for (format, value) in [("B", 256), ("B", -1), ("b", 128), ("b", -129), ("H", 65536), ("h", 32768)] {
        let code = format.chars().next().unwrap();
        assert_eq!(under(format, args![value]).unwrap_err(), cannot(1, code), "{value}");
    }
    assert_eq!(under("<Bi", args![1, 1i64 << 31]).unwrap_err(), cannot(2, 'i'));
    assert_eq!(under("Q", args![-1]).unwrap_err(), cannot(1, 'Q'));
    assert_eq!(under("q", args![1u64 << 63]).unwrap_err(), cannot(1, 'q'));
    assert_eq!(under("Q", args![1i128 << 64]).unwrap_err(), cannot(1, 'Q'));
    assert_eq!(under("q", args![i128::MIN]).unwrap_err(), cannot(1, 'q'));
    assert_eq!(under("i", args![1.0]).unwrap_err(), cannot(1, 'i'));
    assert_eq!(under("f", args![16_777_217]).unwrap_err(), cannot(1, 'f'));
    assert_eq!(under("f", args![1e39]).unwrap_err(), cannot(1, 'f'));
    assert_eq!(under("d", args![(1i64 << 53) + 1]).unwrap_err(), cannot(1, 'd'));
    assert_eq!(under("d", args![1i128 << 64]).unwrap_err(), cannot(1, 'd'));
    assert_eq!(under("2s", args!["abc"]).unwrap_err(), cannot(1, 's'));
    assert_eq!(under("B", args!["a"]).unwrap_err(), cannot(1, 'B'));
    assert_eq!(under("2s", args![5]).unwrap_err(), cannot(1, 's'));
    assert_eq!(under("2s", args![0.5f32]).unwrap_err(), cannot(1, 's'));
    assert_eq!(under("B", args![()]).unwrap_err(), cannot(1, 'B'));
    assert_eq!(
        under("B", args![1, 2]).unwrap_err(),
        "there are more values than the 1 that the format takes"
    );
    assert_eq!(under("", args![1]).unwrap_err(), "there are more values than the 0 that the format takes");
    assert_eq!(under("3B", args![1, 2]).unwrap_err(), "the format takes more values than the 2 given");
    assert_eq!(under("65535B", args![1]).unwrap_err(), "the format takes more values than the 1 given");
}

#[test]
fn formats_that_some_peer_cannot_read_are_refused() {
    let cannot = |code: &str| {
        format!(
            "not every peer can read `{code}` in a format: use b B h H i I q Q f d s x after `<`, `>` or nothing"
        )
    };
    for (format, code) in [
        ("=B", "="),
        ("@B", "@"),
        ("?", "?"),
        ("l", "l"),
        ("L", "L"),
        ("e", "e"),
        ("n", "n"),
        ("P", "P"),
        ("c", "c"),
        ("p", "p"),
        ("O", "O"),
        ("S", "S"),
        ("z", "z"),
        ("B B", " "),
        ("B\n", "\n"),
        ("<<B", "<"),
        ("3", "3"),
    ] {
        assert_eq!(under(format, args![1]).unwrap_err(), cannot(code), "{format}");
    }
    let padding = "the format needs padding, which not every peer adds: put `<` before it";
    assert_eq!(under("Bi", args![1, 2]).unwrap_err(), padding);
    assert_eq!(under("3sH", args!["a", 2]).unwrap_err(), padding);
    assert_eq!(under("B0i", args![1]).unwrap_err(), padding);
}

#[test]
fn a_frame_that_is_too_long_is_refused_with_its_size() {
    assert_eq!(under("252s", args![""]).unwrap_err(), "a frame of 262 bytes is too long, at most 258 fit");
    assert_eq!(under("248s", args![""]).map(|payload| payload.len()), Ok(253));
    assert_eq!(under("249s", args![""]).unwrap_err(), "a frame of 259 bytes is too long, at most 258 fit");
    let long = "B".repeat(300);
    assert_eq!(
        under(&long, args![vec![0u8; 300]]).unwrap_err(),
        "a frame of 606 bytes is too long, at most 258 fit"
    );
    assert!(under("65535s", args![""]).is_err());
    assert!(under(&"65535x".repeat(40), args![]).is_err());
    let numbers = vec![1000u16; 60];
    let error = payload(|payload| {
        payload.literal(&numbers)?;
        Ok(())
    });
    assert_eq!(error.unwrap_err().to_string(), "a frame of 373 bytes is too long, at most 258 fit");
}

#[test]
fn values_of_static_types_are_packed_too() {
    fn typed(format: &str, value: impl Encode) -> Result<Vec<u8>, EncodeError> {
        payload(|payload| payload.by_format(format, &value))
    }
    assert_eq!(typed(">fd", (0.5f32, 0.5f32)), Ok(b"\x03>fd\x3f\0\0\0\x3f\xe0\0\0\0\0\0\0".into()));
    assert_eq!(typed("<bq", (-1i64, u8::MAX)), Ok(b"\x03<bq\xff\xff\0\0\0\0\0\0\0".into()));
    assert_eq!(typed("4s", 'é'), Ok("\x024sé\0\0".into()));
    assert_eq!(typed("3s", *b"abc"), Ok(b"\x023sabc".into()));
    assert_eq!(typed("5sB", (b"abc".as_slice(), 7u8)), Ok(b"\x035sBabc\0\0\x07".into()));
    assert_eq!(typed("B", 1u128), Ok(b"\x01B\x01".into()), "packed by value, whatever its type");
    assert_eq!(typed("2H", vec![1u16, 2]), Ok(b"\x022H\x01\0\x02\0".into()), "lists are flattened");
    assert_eq!(typed("B", Some(1u8)), Ok(b"\x01B\x01".into()));
    let misfit = EncodeError::Format(FormatError::Value { number: 1, code: b'B' });
    assert_eq!(typed("B", None::<u8>), Err(misfit));
    assert_eq!(typed("B", std::collections::BTreeMap::from([(1u8, 2u8)])), Err(misfit));
    assert_eq!(typed("B", 300u16), Err(misfit));
    assert_eq!(typed("", ()), Ok(b"\0".into()));
}
