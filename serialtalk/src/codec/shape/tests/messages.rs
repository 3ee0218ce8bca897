use alloc::borrow::ToOwned;
use alloc::string::String;

use super::*;

fn arguments<T: Shaped>(format: &str, count: usize) -> String {
    let message = misfit(format, T::SHAPE, Subject::Arguments { method: "set", count });
    message.map_or(String::new(), |message| message.as_str().to_owned())
}

fn value<T: Shaped>(format: &str) -> String {
    let message = misfit(format, T::SHAPE, Subject::Value { method: "read" });
    message.map_or(String::new(), |message| message.as_str().to_owned())
}

#[test]
fn a_format_that_fits_has_no_message() {
    assert_eq!(arguments::<(u8, i32)>("<Bi", 2), "");
    assert_eq!(value::<Imu>("<B2f"), "");
}

#[test]
fn numbers_of_values_are_compared() {
    assert_eq!(
        arguments::<(i32, f32, u8)>("<if", 3),
        "format \"<if\" packs 2 values, but `set` takes 3 arguments: write \"ifB\", or leave the format out"
    );
    assert_eq!(
        arguments::<(f32, f32)>("3f", 2),
        "format \"3f\" packs 3 values, but `set` takes 2 arguments: write \"2f\", or leave the format out"
    );
    assert_eq!(
        arguments::<(f32,)>("2f", 1),
        "format \"2f\" packs 2 values, but `set` takes 1 argument: write \"f\", or leave the format out"
    );
    assert_eq!(
        arguments::<([f32; 3], u8)>("fB", 2),
        "format \"fB\" packs 2 values, but the arguments of `set` are 4 values: write \"3fB\", or leave the format out"
    );
    assert_eq!(
        value::<(f32, f32)>("f"),
        "format \"f\" packs 1 value, but `read` returns 2 values: write \"2f\", or leave the format out"
    );
    assert_eq!(
        value::<Option<f32>>("2f"),
        "format \"2f\" packs 2 values, but `read` returns 1 value: leave the format out"
    );
    assert_eq!(
        arguments::<(u8, &[u8])>("B", 2),
        "format \"B\" packs 1 value, but `set` takes 2 arguments: write \"B*s\", or leave the format out"
    );
}

#[test]
fn codes_are_compared_with_types() {
    assert_eq!(
        arguments::<(u8, i16)>("<BH", 2),
        "value 2 is an i16 (-32768 to 32767), which `H` cannot hold: write \"<Bh\", or leave the format out"
    );
    assert_eq!(
        value::<f32>("i"),
        "value 1 is an f32, which `i` cannot hold: write \"f\", or leave the format out"
    );
    assert_eq!(
        value::<&[u8]>("B"),
        "value 1 is bytes of run-time length, which `B` cannot hold: write \"*s\", or leave the format out"
    );
    assert_eq!(
        value::<Bytes<3>>("4s"),
        "value 1 is an array of 3 bytes, which `s` cannot hold: write \"3s\", or leave the format out"
    );
    assert_eq!(
        arguments::<(u8, &str)>("2B", 2),
        "value 2 is text, which needs `s` with a count, as in `10s`: write that, or leave the format out"
    );
    assert_eq!(
        arguments::<(u16, &[u8])>("<I*s", 2),
        "a format with `*s` must pack every value as its type says: write \"H*s\", or leave the format out"
    );
}

#[test]
fn some_types_have_no_place_in_a_format() {
    let no_place =
        |what: &str| [what, " has no place in a struct format: use `repr`, or leave the format out"].concat();
    assert_eq!(value::<Option<u8>>("B"), no_place("an `Option`"));
    assert_eq!(value::<u128>("Q"), no_place("a u128"));
    assert_eq!(value::<i128>("q"), no_place("an i128"));
    assert_eq!(value::<Vec<u16>>("H"), no_place("a list"));
    assert_eq!(value::<Map<u8, u16>>("H"), no_place("a map"));
    assert_eq!(value::<Fault>("H"), no_place("an enum with data"));
    assert_eq!(value::<(u8, ())>("B"), no_place("a tuple, array or struct without values"));
}

#[test]
fn formats_that_some_peer_cannot_read_are_explained() {
    const CODES: &str = "use b B h H i I q Q f d s x, with counts, after `<`, `>` or nothing";
    let cases = [
        (
            "<l",
            "`l` has 4 bytes on some machines and 8 on others: write `i` for 4 bytes, `q` for 8".to_owned(),
        ),
        (
            "<L",
            "`L` has 4 bytes on some machines and 8 on others: write `I` for 4 bytes, `Q` for 8".to_owned(),
        ),
        ("n", "`n` has a different width on every machine: write `i`, `I`, `q` or `Q`".to_owned()),
        ("?", "`?` cannot be read by MicroPython: write `B` for a bool".to_owned()),
        ("2c", "`c` cannot be read by MicroPython: write `B` for a byte, `s` for bytes".to_owned()),
        ("5p", "`p` cannot be read by MicroPython: write `s` for bytes".to_owned()),
        ("<e", "`e` cannot be read by every peer: write `f`".to_owned()),
        ("fO", "`O` crashes MicroPython: write `s` for bytes, or use `repr`".to_owned()),
        (
            "=i",
            "`=` is a prefix that MicroPython cannot read: write `<`, or nothing if no padding is needed"
                .to_owned(),
        ),
        ("i=", ["`=` is not a code of a struct format: ", CODES].concat()),
        ("y", ["`y` is not a code of a struct format: ", CODES].concat()),
        ("< i f", "MicroPython cannot read spaces in a format: leave them out".to_owned()),
        ("B3", ["no code follows the last count of this format: ", CODES].concat()),
        ("99999B", "no frame holds as much as a count of this format says: write a smaller one".to_owned()),
        ("Bé", ["this format has a character that is not ASCII: ", CODES].concat()),
        ("*B", "`*` is only allowed before `s`: write `*s`".to_owned()),
        ("Bi", "this format needs padding, which not every peer adds: write \"<Bi\"".to_owned()),
        ("300f", "no frame holds the 1200 bytes that format \"300f\" packs: write smaller counts".to_owned()),
        ("", "an empty format packs nothing: leave it out".to_owned()),
    ];
    for (format, message) in cases {
        assert_eq!(value::<(u8, u8, u8)>(format), message, "{format}");
    }
}

#[test]
fn a_message_is_made_at_compile_time() {
    const WRONG: Option<Message> = misfit("2f", <[f32; 3]>::SHAPE, Subject::Value { method: "imu" });
    assert!(WRONG.unwrap().as_str().starts_with("format \"2f\" packs 2 values, but `imu` returns 3 values"));
}

#[test]
fn a_long_message_is_cut_between_characters() {
    let part = "é".repeat(400);
    let message = Message::of(&["a", &part]);
    assert_eq!(message.as_str(), ["a", &"é".repeat(319)].concat());
    assert_eq!(Message::of(&["one", ", ", "two"]).as_str(), "one, two");
}
