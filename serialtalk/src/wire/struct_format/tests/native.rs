//! How formats without a prefix, which are native to the sender, are read.

use super::*;

#[track_caller]
fn one_two(format: &str, data: &[u8]) {
    assert_eq!(integers(format, data), Some(vec![1, 2]), "{format} {data:?}");
}

#[test]
fn python_aligns_and_arduino_packs() {
    one_two("bi", b"\x01\0\0\0\x02\0\0\0");
    one_two("@bi", b"\x01\0\0\0\x02\0\0\0");
    one_two("bi", b"\x01\x02\0\0\0");
    one_two("bq", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
    one_two("bq", b"\x01\x02\0\0\0\0\0\0\0");
    one_two("bh", b"\x01\0\x02\0");
    one_two("bh", b"\x01\x02\0");
    // No board of 32 bits is known that puts eight-byte integers at multiples of four.
    assert_eq!(integers("bq", b"\x01\0\0\0\x02\0\0\0\0\0\0\0"), None);
    let packed = b"\x01\x02\x00\x03\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00";
    assert_eq!(integers("bhiq", packed), Some(vec![1, 2, 3, 4]));
    let padded = b"\x01\0\x02\0\x03\0\0\0\x04\0\0\0\0\0\0\0";
    assert_eq!(integers("bhiq", padded), Some(vec![1, 2, 3, 4]));
}

#[test]
fn padding_need_not_be_zero_if_nothing_else_fits() {
    one_two("bi", b"\x01\xaa\xbb\xcc\x02\0\0\0");
}

#[test]
fn longs_have_four_bytes_or_eight() {
    for format in ["l", "L"] {
        assert_eq!(integers(format, &[5, 0, 0, 0]), Some(vec![5]));
        assert_eq!(integers(format, &[5, 0, 0, 0, 0, 0, 0, 0]), Some(vec![5]));
        assert_eq!(integers(format, &[5, 0]), None);
    }
    assert_eq!(integers("l", &[0xff; 4]), Some(vec![-1]));
    assert_eq!(integers("l", &[0xff; 8]), Some(vec![-1]));
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
        assert_eq!(integers(format, &[5, 0, 0, 0]), Some(vec![5]));
        assert_eq!(integers(format, &[5, 0, 0, 0, 0, 0, 0, 0]), Some(vec![5]));
    }
    assert_eq!(integers("n", &[0xff; 8]), Some(vec![-1]));
    assert_eq!(integers("N", &[0xff; 8]), Some(vec![u64::MAX.into()]));
    assert_eq!(integers("P", &[0xff; 4]), Some(vec![u32::MAX.into()]));
    // Windows: longs of four, pointers of eight.
    one_two("lP", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
    one_two("lN", b"\x01\0\0\0\x02\0\0\0");
}

#[test]
fn clean_padding_wins_and_then_the_narrow_reading() {
    // 16 bytes: `l` of 4, padding of 4, `q` of 8; or `l` of 8 and `q` of 8.
    one_two("lq", b"\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0");
    let wide = b"\xff\xff\xff\xff\xff\xff\xff\xff\x02\0\0\0\0\0\0\0";
    assert_eq!(integers("lq", wide), Some(vec![-1, 2]), "what is not zero is not padding");
    let large = b"\0\0\0\0\x01\0\0\0\x02\0\0\0\0\0\0\0";
    assert_eq!(integers("lq", large), Some(vec![1 << 32, 2]));
    // 8 bytes: `b`, padding, `i`; or, without padding, `b` and a long that has no such width.
    one_two("bl", b"\x01\0\0\0\x02\0\0\0");
}
