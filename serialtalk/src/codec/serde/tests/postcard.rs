//! Serde values in postcard.

use super::*;
use crate::codec::dynamic::Value;
use crate::codec::postcard::PostcardList;

fn postcard(values: &impl PostcardList) -> Result<Vec<u8>, EncodeError> {
    payload(|payload| payload.postcard(values))
}

#[test]
fn values_follow_one_another() {
    let payload = postcard(&(Point(1, -1), (Shape::Circle(1.0), ()))).unwrap();
    assert_eq!(payload, b"\x04post\x02\x01\x01\x00\x00\x80\x3f");
    assert_eq!(two(&payload), Ok((Point(1, -1), Shape::Circle(1.0))));
    let in_python = Value::from_payload(&payload).to_string();
    assert_eq!(in_python, r"b'\x04post\x02\x01\x01\x00\x00\x80?'", "Python gets bytes");
}

#[test]
fn raw_bytes_are_postcard_where_it_is_expected() {
    let turned = |payload| {
        decode(payload, |decoder| {
            decoder.expect_postcard();
            Ok((decoder.serde_argument::<Point>()?, decoder.serde_argument::<u8>()?))
        })
    };
    assert_eq!(turned(b"\x03raw\x02\x01\x07"), Ok((Point(1, -1), 7)));
    assert_eq!(turned(b"\x04post\x02\x01\x07"), Ok((Point(1, -1), 7)));
    assert_eq!(turned(b"\x03raw\x02").unwrap_err(), "argument 1: not postcard of the expected type");
    assert_eq!(turned(b"\x03raw\x02\x01").unwrap_err(), "expected 2 value(s), got 1");
    assert_eq!(turned(b"\x03raw").unwrap_err(), "expected 1 value(s), got 0");
}

#[test]
fn wrong_bytes_are_refused() {
    assert_eq!(
        sole::<String>(b"\x04post\x05ab").unwrap_err(),
        "argument 1: not postcard of the expected type"
    );
    assert_eq!(sole::<bool>(b"\x04post\x02").unwrap_err(), "argument 1: not postcard of the expected type");
    assert_eq!(sole::<u8>(b"\x04post\x02\x03").unwrap_err(), "expected 1 value(s), got more");
    assert_eq!(sole::<u8>(b"\x04post").unwrap_err(), "expected 1 value(s), got 0");
    // For a command that does not use postcard.
    let error = decode(b"\x04post\x02", |decoder| decoder.sole::<u8>()).unwrap_err();
    assert_eq!(error, "argument 1: not postcard of the expected type");
}

#[test]
fn a_frame_that_is_too_long_is_refused() {
    assert!(matches!(postcard(&("x".repeat(300), ())), Err(EncodeError::TooLong(_))));
    assert_eq!(postcard(&("x".repeat(246), ())).map(|payload| payload.len()), Ok(253));
}

proptest! {
    #[test]
    fn round_trips(reading in reading_strategy(), shape in shape_strategy()) {
        let payload = postcard(&(reading.clone(), (shape.clone(), ())));
        if let Ok(payload) = payload {
            prop_assert_eq!(two(&payload), Ok((reading, shape)));
        }
    }

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..248)) {
        let payload = [b"\x04post", bytes.as_slice()].concat();
        let _ = sole::<Reading>(&payload);
        let _ = sole::<Vec<Shape>>(&payload);
        let _ = sole::<BTreeMap<String, Vec<Option<i128>>>>(&payload);
    }
}
