//! What holds for any format and any data.

use alloc::string::String;

use proptest::prelude::*;

use super::*;
use crate::wire::frame::{FrameWriter, Head};
use crate::wire::integer::{Integer, IntegerType};

/// A text that is a format more often than not.
fn format() -> impl Strategy<Value = String> {
    "[@<>=!]?([0-9]{0,2}[ xcbB?hHiIlLqQefdspnNPOSz*]){0,6}"
}

fn bytes(longest: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..longest),
        proptest::collection::vec(Just(0), 0..longest),
    ]
}

/// An item that every peer can read, and its values.
fn item() -> impl Strategy<Value = (String, Vec<i64>)> {
    (proptest::sample::select(b"bBhHiIqQ".to_vec()), proptest::collection::vec(any::<i64>(), 0..4)).prop_map(
        |(code, values)| {
            let ty = IntegerType::of_code(code).unwrap();
            let shift = 64 - 8 * ty.size() as u32;
            let narrow = |value: i64| {
                // The largest `Q` that has 64 bits here is that of `q`.
                if ty.is_signed() { value >> shift } else { (value as u64 >> shift.max(1)) as i64 }
            };
            let format = alloc::format!("{}{}", values.len(), char::from(code));
            (format, values.into_iter().map(narrow).collect())
        },
    )
}

proptest! {
    #[test]
    fn values_lie_in_the_data_one_after_the_other(format in format(), data in bytes(80)) {
        if let Some(values) = Values::new(format.as_bytes(), &data) {
            let mut rest = data.as_slice();
            for value in values {
                let skipped = value.bytes.as_ptr() as usize - rest.as_ptr() as usize;
                rest = &rest[skipped + value.bytes.len()..];
                let _ = value.scalar();
            }
        }
    }

    #[test]
    fn both_ways_to_take_a_number_lead_to_the_same_place(format in format(), data in bytes(80)) {
        if let Some(mut values) = Values::new(format.as_bytes(), &data) {
            loop {
                let mut exact = values;
                let Some(value) = values.next() else { break };
                if value.kind == Kind::Bytes {
                    continue;
                }
                if let Some(bytes) = exact.take_exact(value.code, value.bytes.len() as u8) {
                    prop_assert_eq!(bytes, value.bytes);
                    prop_assert_eq!(exact.collect::<Vec<_>>(), values.collect::<Vec<_>>());
                } else {
                    prop_assert_eq!(value.order, Order::Big);
                }
            }
        }
    }

    #[test]
    fn an_expected_format_that_is_wrong_does_no_harm(format in format(), data in bytes(80)) {
        let count = Values::expected(format.as_bytes(), &data).count();
        prop_assert!(count <= data.len() + format.len());
    }

    #[test]
    fn what_is_packed_reads_back(prefix in "[<>!]", items in proptest::collection::vec(item(), 0..5)) {
        let format: String = core::iter::once(prefix.as_str()).chain(items.iter().map(|(item, _)| item.as_str())).collect();
        let values: Vec<i64> = items.iter().flat_map(|(_, values)| values).copied().collect();
        let mut buffer = [0; 258];
        let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
        let mut packer = FormatPacker::new(&mut frame, &format).unwrap();
        for value in &values {
            packer.integer(*value as u64, IntegerType::I64).unwrap();
        }
        packer.finish().unwrap();
        let size = frame.finish().unwrap();
        let data = &buffer[4..size - 1];
        prop_assert_eq!(data.len(), data_len(format.as_bytes()));
        let read: Vec<_> = Values::new(format.as_bytes(), data).unwrap().map(|value| value.scalar()).collect();
        let expected: Vec<_> =
            values.iter().map(|value| Scalar::Integer(Integer::signed(*value as u64))).collect();
        prop_assert_eq!(read, expected);
    }
}
