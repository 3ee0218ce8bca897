//! The formats of types, and formats that are chosen by hand.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "values/types.rs"]
mod types;
mod writing;

use std::collections::BTreeMap;

use serialtalk::error::Unsendable;
use serialtalk::payload::pack::PackProblem;
use serialtalk::{Encode, Value, args};
use types::{Fault, Imu, Mode};
use writing::payload;

fn format<T: Encode + ?Sized>() -> String {
    T::SHAPE.format().as_str().to_owned()
}

#[test]
fn formats_are_what_every_peer_reads() {
    assert_eq!(format::<u8>(), "B");
    assert_eq!(format::<bool>(), "B");
    assert_eq!(format::<(i8, u16, i16, u32, i32, u64, i64)>(), "<bHhIiQq");
    assert_eq!(format::<(f32, f64)>(), "<fd");
    assert_eq!(format::<(f64, f32)>(), "df");
    assert_eq!(format::<(f32, f32, f32)>(), "3f");
    assert_eq!(format::<[f32; 3]>(), "3f");
    assert_eq!(format::<(u8, bool)>(), "2B");
    assert_eq!(format::<(i32, i16, i16)>(), "i2h");
    assert_eq!(format::<(u8, i32)>(), "<Bi");
    assert_eq!(format::<(i32, u8)>(), "iB");
    assert_eq!(format::<[u8; 5]>(), "5s");
    assert_eq!(format::<([u8; 3], u8)>(), "3sB");
    assert_eq!(format::<([u8; 3], u16)>(), "<3sH");
    assert_eq!(format::<([u8; 4], u32)>(), "4sI");
    assert_eq!(format::<([u8; 1], [u8; 1])>(), "ss");
    assert_eq!(format::<[u8; 0]>(), "0s");
    assert_eq!(format::<[(u8, i8); 2]>(), "BbBb");
    assert_eq!(format::<Imu>(), "<B2f");
    assert_eq!(format::<[Mode; 12]>(), "12B");
    assert_eq!(format::<()>(), "");
    assert_eq!(format::<(u8, ())>(), "", "what has no byte has no place in a struct");
    assert!(!<(u8, ())>::SHAPE.is_fixed() && <()>::SHAPE.is_fixed());
    assert!(<(u8, ())>::SHAPE.agrees_with("B").is_err());
    for format in [
        format::<str>(),
        format::<char>(),
        format::<Option<u8>>(),
        format::<Vec<u8>>(),
        format::<heapless::Vec<u8, 3>>(),
        format::<(u8, [u16; 2], String)>(),
        format::<u128>(),
        format::<BTreeMap<u8, u8>>(),
        format::<Fault>(),
        format::<Value>(),
    ] {
        assert_eq!(format, "", "no struct");
    }
}

#[test]
fn the_shortest_payload_is_no_longer_than_any() {
    #[track_caller]
    fn check<T: Encode>(shortest: &T) {
        let payload = writing::arguments(shortest);
        let least = T::SHAPE.shortest_payload();
        assert!(least <= payload.len(), "{least} bytes, but {payload:?}");
        if T::SHAPE.is_fixed() || T::SHAPE.is_tuple() {
            assert_eq!(least, payload.len(), "{payload:?}");
        }
    }
    check(&0u8);
    check(&());
    check(&(1.0f32, 2u8));
    check(&[0u8; 9]);
    check(&[[0u16; 3]; 2]);
    check(&("", 0u8));
    check(&("",));
    check(&(Some(0u64), Some(String::new()), None::<[u8; 20]>));
    check(&(0u8, ()));
    check(&[(); 3]);
    check(&(0u128, Vec::<u16>::new(), BTreeMap::<u8, u8>::new()));
    check(&(Vec::<u8>::new(), 0.0f64));
    check(&Fault::Unknown);
    check(&(Fault::Unknown, ((), ((),))));
    assert!(<[u64; 300]>::SHAPE.shortest_payload() > 255);
    assert!(<[String; 1000]>::SHAPE.shortest_payload() > 255);
}

#[test]
fn shapes_that_differ_on_the_wire_have_different_hashes() {
    let hashes = [
        u8::SHAPE,
        i8::SHAPE,
        u16::SHAPE,
        f32::SHAPE,
        u128::SHAPE,
        i128::SHAPE,
        str::SHAPE,
        <[u8]>::SHAPE,
        <[u8; 2]>::SHAPE,
        <[u8; 3]>::SHAPE,
        <[u16]>::SHAPE,
        <[u16; 2]>::SHAPE,
        <Option<u8>>::SHAPE,
        <Option<Option<u8>>>::SHAPE,
        <(u8,)>::SHAPE,
        <(u8, u16)>::SHAPE,
        <(u16, u8)>::SHAPE,
        <((u8, u16),)>::SHAPE,
        <BTreeMap<u8, u16>>::SHAPE,
        <BTreeMap<u16, u8>>::SHAPE,
        Fault::SHAPE,
        Value::SHAPE,
        <()>::SHAPE,
    ]
    .map(|shape| shape.hash());
    for (at, hash) in hashes.iter().enumerate() {
        assert!(!hashes[..at].contains(hash), "number {at}");
    }
    assert_eq!(<(f32, f32)>::SHAPE.hash(), <[f32; 2]>::SHAPE.hash(), "the same on the wire");
    assert_eq!(String::SHAPE.hash(), str::SHAPE.hash());
    assert_eq!(Mode::SHAPE.hash(), u8::SHAPE.hash());
}

#[test]
fn a_chosen_format_must_hold_every_value() {
    type Three = (u8, i16, f32);
    for format in
        ["<Bhf", "<hhd", "<2hd", "<xBxhxf", "!bhf".replace('b', "h").as_str(), "hhf", "Bxhf", ">qqd"]
    {
        assert_eq!(<Three>::SHAPE.agrees_with(format), Ok(()), "{format}");
    }
    let cannot = Err("a code of this format cannot hold every value of its type");
    for format in ["<bhf", "<BHf", "<Bhh", "<fhf", "<Bbf", "<3si", "<Bhs"] {
        assert_eq!(<Three>::SHAPE.agrees_with(format), cannot, "{format}");
    }
    assert_eq!(<Three>::SHAPE.agrees_with("<Bh"), Err("this format packs fewer values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with(""), Err("this format packs fewer values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with("<Bhff"), Err("this format packs more values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with("<Bhfx3s"), Err("this format packs more values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with("<Bhf0Bx"), Ok(()));
    let padding = Err("this format needs padding, which not every peer adds: put `<` before it");
    assert_eq!(<Three>::SHAPE.agrees_with("Bhf"), padding);
    let unreadable =
        Err("not every peer can read this format: use b B h H i I q Q f d s x, behind `<`, `>` or nothing");
    for format in ["=Bhf", "@Bhf", "<B h f", "<Bhl", "<Bhe", "<?hf", "<Bhf3", "<Bhé"] {
        assert_eq!(<Three>::SHAPE.agrees_with(format), unreadable, "{format}");
    }
    assert_eq!(<([u8; 3], u8)>::SHAPE.agrees_with("3sB"), Ok(()));
    assert_eq!(<([u8; 3], u8)>::SHAPE.agrees_with("4sB"), cannot);
    assert_eq!(<(u64, u8)>::SHAPE.agrees_with("<qB"), cannot);
    assert_eq!(<[i8; 3]>::SHAPE.agrees_with("3b"), Ok(()));
    assert_eq!(<[i8; 3]>::SHAPE.agrees_with("<bhi"), Ok(()));
    assert_eq!(str::SHAPE.agrees_with("10s"), Ok(()));
    assert_eq!(<(&str, u8)>::SHAPE.agrees_with("10sB"), Ok(()));
    assert_eq!(<(&[u8], u8)>::SHAPE.agrees_with("10sB"), Ok(()));
    assert_eq!(
        <Option<u8>>::SHAPE.agrees_with("B"),
        Err("a value of this type has no place in a struct: use `repr`")
    );
    assert_eq!(
        u128::SHAPE.agrees_with("Q"),
        Err("a value of this type has no place in a struct: use `repr`")
    );
}

/// Formats that are chosen by hand.
mod chosen {
    use super::*;

    fn under(format: &str, values: serialtalk::dynamic::Arguments) -> Result<Vec<u8>, String> {
        payload(|payload| payload.dynamic(&values, format)).map_err(|problem| match problem {
            Unsendable::Values(problem) => problem.to_string(),
            other => other.to_string(),
        })
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
    fn literals_and_raw_bytes_have_formats_of_their_own() {
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
        let cannot =
            |number: u16, code: char| format!("value {number} does not fit the format code `{code}`");
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
        assert_eq!(
            under("", args![1]).unwrap_err(),
            "there are more values than the 0 that the format takes"
        );
        assert_eq!(under("3B", args![1, 2]).unwrap_err(), "the format takes more values than the 2 given");
        assert_eq!(under("65535B", args![1]).unwrap_err(), "the format takes more values than the 1 given");
    }

    #[test]
    fn formats_that_some_peer_cannot_read_are_refused() {
        let cannot = |code: &str| {
            format!(
                "not every peer can read `{code}` in a format, use b B h H i I q Q f d s x behind `<`, `>` or nothing"
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
            ("3", "\0"),
        ] {
            assert_eq!(under(format, args![1]).unwrap_err(), cannot(code), "{format}");
        }
        let padding = "the format needs padding, which not every peer adds, put `<` before it";
        assert_eq!(under("Bi", args![1, 2]).unwrap_err(), padding);
        assert_eq!(under("3sH", args!["a", 2]).unwrap_err(), padding);
        assert_eq!(under("B0i", args![1]).unwrap_err(), padding);
    }

    #[test]
    fn what_is_too_long_is_counted() {
        assert_eq!(
            under("252s", args![""]).unwrap_err(),
            "a frame of 262 bytes is too long, at most 258 can be sent"
        );
        assert_eq!(under("248s", args![""]).map(|payload| payload.len()), Ok(253));
        assert_eq!(
            under("249s", args![""]).unwrap_err(),
            "a frame of 259 bytes is too long, at most 258 can be sent"
        );
        let long = "B".repeat(300);
        assert_eq!(
            under(&long, args![vec![0u8; 300]]).unwrap_err(),
            "a frame of 606 bytes is too long, at most 258 can be sent"
        );
        assert!(under("65535s", args![""]).is_err());
        assert!(under(&"65535x".repeat(40), args![]).is_err());
        let numbers = vec![1000u16; 60];
        let error = payload(|payload| {
            payload.literal_sole(&numbers);
            Ok(())
        });
        assert_eq!(
            error.unwrap_err().to_string(),
            "a frame of 373 bytes is too long, at most 258 can be sent"
        );
    }

    #[test]
    fn types_are_packed_alike() {
        let typed = |format: &str, write: fn(&mut serialtalk::payload::pack::ByFormat<'_, '_, '_>)| {
            payload(|payload| payload.by_format(format, write))
        };
        assert_eq!(
            typed(">fd", |to| (0.5f32, 0.5f32).pack(to)),
            Ok(b"\x03>fd\x3f\0\0\0\x3f\xe0\0\0\0\0\0\0".into())
        );
        assert_eq!(typed("<bq", |to| (-1i64, u8::MAX).pack(to)), Ok(b"\x03<bq\xff\xff\0\0\0\0\0\0\0".into()));
        assert_eq!(typed("4s", |to| 'é'.pack(to)), Ok("\x024sé\0\0".into()));
        assert_eq!(typed("3s", |to| b"abc".pack(to)), Ok(b"\x023sabc".into()));
        assert_eq!(typed("B", |to| 1u128.pack(to)), Err(Unsendable::Values(PackProblem::Value(1, b'B'))));
        assert_eq!(typed("B", |to| Some(1u8).pack(to)), Err(Unsendable::Values(PackProblem::Value(1, b'B'))));
        assert_eq!(
            typed("B", |to| vec![1u16].pack(to)),
            Err(Unsendable::Values(PackProblem::Value(1, b'B')))
        );
        assert_eq!(typed("", |to| ().pack(to)), Ok(b"\0".into()));
    }
}
