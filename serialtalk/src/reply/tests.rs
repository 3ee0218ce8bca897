extern crate alloc;
extern crate std;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::__expected;
use crate::problem::{Problem, ProblemKind};

/// The frame that `write` makes of a reply to `name`, if any.
fn frame(size: usize, name: &str, write: impl FnOnce(&mut Reply<'_>)) -> Option<Vec<u8>> {
    let mut buffer = alloc::vec![0xaa; size];
    let mut reply = Reply::new(&mut buffer, name.as_bytes());
    write(&mut reply);
    let size = Some(reply.finish()).filter(|size| *size > 0)?;
    Some(buffer[..size].to_vec())
}

/// The same in a buffer of full size: the name with its suffix, and the payload.
fn reply(write: impl FnOnce(&mut Reply<'_>)) -> (String, Vec<u8>) {
    let frame = frame(258, "x", write).expect("a reply fits");
    assert_eq!((frame[0], usize::from(frame[1]), frame[frame.len() - 1]), (b'<', frame.len() - 3, b'>'));
    let (name, payload) = frame[3..frame.len() - 1].split_at(frame[2].into());
    (String::from_utf8(name.into()).unwrap(), payload.into())
}

fn error(write: impl FnOnce(&mut Reply<'_>)) -> String {
    let (name, mut payload) = reply(write);
    assert_eq!(name, "xerr");
    let mut reader = Reader::new(&mut payload);
    let text = reader.take::<&str>().map(String::from);
    assert_eq!(reader.finish(1), Ok(()));
    text.unwrap()
}

#[test]
fn nothing_written_is_done_without_a_value() {
    assert_eq!(reply(|_| {}), ("xack".into(), b"\0".into()));
}

#[test]
fn a_value_stands_behind_ack() {
    assert_eq!(reply(|reply| reply.value().sole(&3.0f32, "f")), ("xack".into(), b"\x01f\0\0\x40\x40".into()));
    assert_eq!(reply(|reply| reply.value().sole("a", "")), ("xack".into(), b"\x04repr('a',)".into()));
    assert_eq!(reply(|reply| reply.value().raw(b"\0a")), ("xack".into(), b"\x03raw\0a".into()));
}

#[test]
fn what_was_written_last_counts() {
    let twice = reply(|reply| {
        reply.value().sole(&1u8, "B");
        reply.value().sole(&2u16, "H");
    });
    assert_eq!(twice, ("xack".into(), b"\x01H\x02\0".into()));
    let after_an_error = reply(|reply| {
        reply.fail(|text| text.text("no"));
        reply.value().sole(&2u8, "B");
    });
    assert_eq!(after_an_error, ("xack".into(), b"\x01B\x02".into()));
    let after_a_value = reply(|reply| {
        reply.value().sole(&[0u8; 200], "200s");
        reply.fail(|text| text.text("no"));
    });
    assert_eq!(after_a_value, ("xerr".into(), b"\x04repr('Command failed: no',)".into()));
}

#[test]
fn errors_say_what_they_are() {
    assert_eq!(error(|reply| reply.not_found()), "Command not found: x");
    assert_eq!(error(|reply| reply.fail(|text| text.text("it's \"so\"\n"))), "Command failed: it's \"so\"\n");
    assert_eq!(
        error(|reply| reply.fail(|text| write!(text, "{}", u64::MAX).unwrap())),
        format!("Command failed: {}", u64::MAX)
    );
    let problem = PackProblem::Value(2, b'B');
    assert_eq!(
        error(|reply| reply.unpackable(problem)),
        "Response packing failed: value 2 does not fit the format code `B`"
    );
}

#[test]
fn arguments_that_are_refused_have_names() {
    let refused = |payload: &[u8], has_names: bool| {
        let mut payload = payload.to_vec();
        error(|reply| {
            let mut place = None;
            let arguments =
                Reader::new_in(&mut place, &mut payload, const { &__expected!("", b"\x01a\x01b") });
            let _ = (arguments.take::<u8>(), arguments.take::<u8>());
            let accepts = if has_names { reply.accepts(arguments) } else { reply.accepts_unnamed(arguments) };
            assert!(!accepts);
        })
    };
    let range = "300 does not fit u8 (0 to 255)";
    let second = b"\x04repr(1, 300)".as_slice();
    assert_eq!(refused(second, true), format!("Command failed: argument 2 (`b`): {range}"));
    assert_eq!(refused(second, false), format!("Command failed: argument 2: {range}"));
    let fewer = "Command failed: takes 2 argument(s), fewer came";
    assert_eq!(refused(b"\x01B\x01", true), fewer);
    let more = "Command failed: takes 2 argument(s), more came";
    assert_eq!(refused(b"\x023B\x01\x02\x03", true), more);
    let below = refused(b"\x02bB\xff\x02", true);
    assert_eq!(below, "Command failed: argument 1 (`a`): -1 does not fit u8 (0 to 255)");
    let kind = refused(b"\x02Bf\x01\0\0\0\0\0\0\0", true);
    assert_eq!(kind, "Command failed: argument 2 (`b`): expected an integer, got a float");
}

#[test]
fn arguments_that_are_right_are_not_refused() {
    let mut payload = *b"\x01B\x07";
    let name = reply(|reply| {
        let mut arguments = Reader::new(&mut payload);
        assert_eq!(arguments.take::<u8>(), Some(7));
        assert!(reply.accepts(&mut arguments));
    });
    assert_eq!(name.0, "xack");
}

#[test]
fn a_problem_reads_the_same_for_a_formatter() {
    let problem = Problem { argument: 2, ..ProblemKind::NotText.into() };
    assert_eq!(problem.to_string(), "argument 2: not UTF-8");
    assert_eq!(problem.of_reply().to_string(), "not UTF-8");
    assert_eq!(
        PackProblem::Padding.to_string(),
        "the format needs padding, which not every peer adds, put `<` before it"
    );
}

#[test]
fn a_value_that_does_not_fit_becomes_an_error() {
    let long = "q".repeat(300);
    assert_eq!(
        error(|reply| reply.value().sole(long.as_str(), "")),
        "Response packing failed: 318 bytes > frame of 258"
    );
    // The last size that fits, and the first that does not.
    let frame_of = |length: usize| 3 + 4 + 5 + length + 5 + 1;
    assert_eq!(frame_of(240), 258);
    assert_eq!(reply(|reply| reply.value().sole(&long[..240], "")).0, "xack");
    assert_eq!(
        error(|reply| reply.value().sole(&long[..241], "")),
        "Response packing failed: 259 bytes > frame of 258"
    );
    assert_eq!(
        error(|reply| reply.value().raw_sole(&5u8)),
        "Response packing failed: does not fit frame of 258"
    );
}

#[test]
fn in_a_small_buffer_texts_are_shorter() {
    let text = |size: usize| frame(size, "mult", |reply| reply.not_found());
    assert_eq!(text(32).as_deref(), Some(b"<\x1d\x07multerr\x04repr('Command not',)>".as_slice()));
    assert_eq!(text(42).unwrap().len(), 42);
    assert_eq!(text(258).unwrap(), b"<)\x07multerr\x04repr('Command not found: mult',)>");
    let long = frame(32, "mult", |reply| reply.value().sole(&[0u8; 40], "40s"));
    assert_eq!(long.as_deref(), Some(b"<\x1d\x07multerr\x04repr('Response pa',)>".as_slice()));
}

#[test]
fn a_name_without_room_for_any_reply_has_none() {
    let name = "n".repeat(200);
    assert_eq!(frame(32, &name, |_| {}), None);
    assert_eq!(frame(32, &name, |reply| reply.fail(|text| text.text("no"))), None);
    assert_eq!(frame(258, &"n".repeat(254), |reply| reply.value().sole(&1u8, "B")), None);
    let longest = "n".repeat(251);
    assert_eq!(
        frame(258, &longest, |_| {}),
        Some([b"<\xff\xfe", longest.as_bytes(), b"ack\0>"].concat()).filter(|frame| frame.len() <= 258)
    );
}

#[test]
fn an_error_with_a_value_keeps_the_value_whole() {
    #[derive(Debug)]
    struct Long(u16, String);
    impl Encode for Long {
        const SHAPE: crate::shape::Shape = crate::shape::Shape::OPAQUE;
        fn pack(&self, packer: &mut impl crate::payload::pack::Pack) {
            packer.unpackable();
        }
        fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
            (self.0, self.1.as_str()).write(writer);
        }
    }
    let (name, payload) = reply(|reply| reply.fail_with(&(3u8, -1i8)));
    assert_eq!(
        (name.as_str(), payload.as_slice()),
        ("xerr", b"\x04repr('Command failed: (3, -1)', (3, -1))".as_slice())
    );
    for length in 0..230 {
        let error = Long(7, "e".repeat(length));
        let (name, mut payload) = reply(|reply| reply.fail_with(&error));
        assert_eq!(name, "xerr");
        let mut reader = Reader::new(&mut payload);
        let text = reader.take::<&str>().unwrap();
        let value = reader.take::<(u16, &str)>();
        let whole = format!("Command failed: {error:?}");
        if 3 + 4 + 5 + "('', )".len() + format!("(7, '{}')", error.1).len() < 258 {
            assert_eq!(value, Some((7, error.1.as_str())), "{length}");
            assert_eq!(reader.finish(2), Ok(()));
            assert!(whole.starts_with(text), "{text}");
        } else {
            assert!(text.starts_with("Response packing failed: ") && value.is_none(), "{length}: {text}");
        }
    }
}

proptest! {
    #[test]
    fn an_error_is_cut_at_a_character_and_fills_its_frame(
        size in 32usize..=258,
        characters in proptest::collection::vec(any::<char>(), 0..120),
    ) {
        let why: String = characters.into_iter().collect();
        let frame = frame(size, "x", |reply| reply.fail(|text| text.text(&why))).unwrap();
        prop_assert!(frame.len() <= size);
        let mut payload = frame[7..frame.len() - 1].to_vec();
        let mut reader = Reader::new(&mut payload);
        let text = reader.take::<&str>().map(String::from);
        prop_assert_eq!(reader.finish(1), Ok(()));
        let whole = format!("Command failed: {why}");
        let text = text.unwrap();
        prop_assert!(whole.starts_with(&text));
        // The longest escape has four bytes, and so has the longest character.
        prop_assert!(text == whole || frame.len() + 3 >= size, "{} of {}", frame.len(), size);
    }
}
