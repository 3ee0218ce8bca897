extern crate alloc;
use super::*;
use crate::wire::frame::Head;
use alloc::format;
use alloc::string::{String, ToString};

/// What `write` writes, after a frame that begins with a name of one letter.
fn written(write: impl FnOnce(&mut LiteralWriter<'_, '_>)) -> String {
    let mut buffer = [0; 258];
    let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
    let start = frame.len();
    write(&mut LiteralWriter::new(&mut frame));
    let end = frame.finish().unwrap() - 1;
    core::str::from_utf8(&buffer[start..end]).unwrap().to_string()
}

#[test]
fn single_values_are_written_as_python_writes_them() {
    assert_eq!(written(|writer| writer.none()), "None");
    assert_eq!(written(|writer| writer.bool(true)), "True");
    assert_eq!(written(|writer| writer.bool(false)), "False");
    assert_eq!(written(|writer| writer.word("set()")), "set()");
    for (text, expected) in [
        ("abc", "'abc'"),
        ("", "''"),
        ("it's", "\"it's\""),
        ("it's \"so\"", r#"'it\'s "so"'"#),
        ("\\\n\r\t\0\x07\x7f\u{80}\u{a0}\u{ad}", r"'\\\n\r\t\x00\x07\x7f\x80\xa0\xad'"),
        ("é€😀", "'é€😀'"),
    ] {
        assert_eq!(written(|writer| writer.text(text)), expected);
    }
    for (bytes, expected) in
        [(&b"a\0\xff'\""[..], r#"b'a\x00\xff\'"'"#), (b"it's", "b\"it's\""), (b"", "b''")]
    {
        assert_eq!(written(|writer| writer.bytes(bytes)), expected);
    }
}

#[test]
fn integers_are_written_with_all_their_digits() {
    for integer in [0, 1, 9, 10, i64::MAX, -1, i64::MIN] {
        let parts = Integer::signed(integer as u64);
        assert_eq!(written(|writer| writer.integer(parts)), integer.to_string());
        let wide = written(|writer| writer.wide_integer(integer < 0, integer.unsigned_abs().into()));
        assert_eq!(wide, integer.to_string());
    }
    assert_eq!(written(|writer| writer.integer(Integer::positive(u64::MAX))), u64::MAX.to_string());
    for integer in [i128::MIN, i128::MAX, 1 << 64] {
        let wide = written(|writer| writer.wide_integer(integer < 0, integer.unsigned_abs()));
        assert_eq!(wide, integer.to_string());
    }
    assert_eq!(written(|writer| writer.wide_integer(false, u128::MAX)), u128::MAX.to_string());
}

#[test]
fn a_float_has_the_digits_of_its_own_width() {
    for (value, expected) in [
        (0.1, "0.1"),
        (-0.0, "-0.0"),
        (1e16, "1e+16"),
        (1e-5, "1e-05"),
        (1.0 / 3.0, "0.3333333333333333"),
        (f64::INFINITY, "1e999"),
        (f64::NEG_INFINITY, "-1e999"),
        (f64::NAN, "float('nan')"),
        (-f64::NAN, "float('nan')"),
    ] {
        assert_eq!(written(|writer| writer.float64(value)), expected);
    }
    for (value, expected) in [
        (0.1, "0.1"),
        (1.0 / 3.0, "0.33333334"),
        (f32::MAX, "3.4028235e+38"),
        (f32::INFINITY, "1e999"),
        (f32::NEG_INFINITY, "-1e999"),
        (f32::NAN, "float('nan')"),
    ] {
        assert_eq!(written(|writer| writer.float32(value)), expected);
    }
}

#[test]
fn sequences_are_separated_by_commas() {
    let tuple = |values: &[u8]| {
        written(|writer| {
            writer.open(b'(');
            for value in values {
                writer.element();
                writer.integer(Integer::positive((*value).into()));
            }
            writer.close_tuple(values.len());
        })
    };
    assert_eq!([tuple(&[]), tuple(&[1]), tuple(&[1, 2])], ["()", "(1,)", "(1, 2)"]);
    let nested = written(|writer| {
        writer.open(b'[');
        for _ in 0..2 {
            writer.element();
            writer.open(b'[');
            writer.element();
            writer.none();
            writer.close(b']');
        }
        writer.close(b']');
    });
    assert_eq!(nested, "[[None], [None]]");
    let map = written(|writer| {
        writer.open(b'{');
        for key in ["a", "b"] {
            writer.element();
            writer.text(key);
            writer.colon();
            writer.open(b'{');
            writer.close(b'}');
        }
        writer.close(b'}');
    });
    assert_eq!(map, "{'a': {}, 'b': {}}");
}

#[test]
fn what_does_not_fit_the_frame_is_counted() {
    let mut buffer = [0; 32];
    let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
    LiteralWriter::new(&mut frame).text(&"\n".repeat(100));
    assert_eq!(frame.len(), 4 + 202);
    assert_eq!(format!("{:?}", frame.finish()), "Err(FrameTooLong { size: 207, limit: 32 })");
}
