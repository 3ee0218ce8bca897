extern crate alloc;
use super::*;
use crate::wire::number::{Float, random_bits};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// Reads a number as a float, however it is written.
fn read<F: Float>(text: &[u8]) -> Option<F> {
    let mut copy = text.to_vec();
    let mut cursor = Cursor::new(&mut copy);
    let number = cursor.number().ok()?;
    if cursor.next().is_ok() {
        return None;
    }
    match number {
        // A float that is too large for its width is refused; core makes it infinite.
        Scalar::Float(float) => Some(F::from_bits(float.to_float(F::FORMAT).unwrap_or(F::FORMAT.infinity()))),
        _ => read(&[text, b"."].concat()),
    }
}

/// Both widths, as bits, must be what core reads.
fn same_as_core(text: &str) {
    assert_eq!(read(text.as_bytes()).map(f64::to_bits), text.parse().ok().map(f64::to_bits), "{text}");
    assert_eq!(read(text.as_bytes()).map(f32::to_bits), text.parse().ok().map(f32::to_bits), "{text}");
}

/// The exact digits of `mantissa * 2^exponent` and the power of ten that the last one stands for.
fn exact(mantissa: u64, exponent: i32) -> (String, i32) {
    const LIMB: u64 = 1_000_000_000;
    let mut limbs = vec![mantissa % LIMB, mantissa / LIMB % LIMB, mantissa / LIMB / LIMB];
    for _ in 0..exponent.unsigned_abs() {
        let mut carry = 0;
        for limb in &mut limbs {
            let product = *limb * if exponent < 0 { 5 } else { 2 } + carry;
            (*limb, carry) = (product % LIMB, product / LIMB);
        }
        if carry != 0 {
            limbs.push(carry);
        }
    }
    let digits: Vec<String> = limbs.iter().rev().map(|limb| format!("{limb:09}")).collect();
    (digits.concat().trim_start_matches('0').to_string(), exponent.min(0))
}

/// The number itself, in several layouts, if it fits; else cut off, so a little below it; and a little above.
fn around(mantissa: u64, exponent: i32) {
    let (digits, power) = exact(mantissa, exponent);
    for length in [18, 30, 100, 247] {
        let kept = &digits[..length.min(digits.len())];
        let power = power + (digits.len() - kept.len()) as i32;
        let (first, others) = kept.split_at(1);
        same_as_core(&format!("{kept}e{power}"));
        same_as_core(&format!("{kept}1e{}", power - 1));
        same_as_core(&format!("{first}.{others}E{}", power + others.len() as i32));
        if (0..200).contains(&power) && kept.len() < 55 {
            same_as_core(&format!("{kept}{}.0", "0".repeat(power as usize)));
        }
        if -250 < power && power < -(kept.len() as i32) {
            same_as_core(&format!(".{}{kept}", "0".repeat((-power) as usize - kept.len())));
        }
    }
}

#[test]
fn the_grammar_is_that_of_python() {
    let good: [(&[u8], f64); 15] = [
        (b"5", 5.0),
        (b"5.9", 5.9),
        (b"5.", 5.0),
        (b".5", 0.5),
        (b"007.50", 7.5),
        (b"0", 0.0),
        (b"0.000", 0.0),
        (b"0e999999999999999999999", 0.0),
        (b"1e16", 1e16),
        (b"1E+16", 1e16),
        (b"1.5e-3", 0.0015),
        (b"5.e3", 5000.0),
        (b".5e3", 500.0),
        (b"1e00000000000000000000005", 1e5),
        (b"1e-0", 1.0),
    ];
    for (text, value) in good {
        assert_eq!(read(text).map(f64::to_bits), Some(value.to_bits()), "{text:?}");
        assert_eq!(read(text).map(f32::to_bits), Some((value as f32).to_bits()), "{text:?}");
    }
    let bad = [
        "", ".", "--1", "+-1", "- 1", "+ 1", "1_0", "_1", "1_", "1__0", "1_.5", "1._5", "._5", ".5_", "1_e5",
        "1e_5", "1e5_", "e5", ".e5", "_e5", "1e", "1e+", "1e-", "1e+-5", "1e5.5", "1e5e5", "1.5.5", "1..5",
        "1-5", "1e5-", "in", "nanx", "infinity", "0x1p3", "1j", "1.5J", "1f", "1,5", "1\0", "/", ":", "1/",
        "1:", "5\u{665}",
    ];
    for text in bad {
        assert_eq!(read::<f64>(text.as_bytes()), None, "{text:?}");
        assert_eq!(read::<f32>(text.as_bytes()), None, "{text:?}");
    }
}

#[test]
fn texts_of_up_to_255_bytes_are_read() {
    for text in [
        format!("{}.", "9".repeat(254)),
        format!("0.{}1", "0".repeat(252)),
        format!(".{}1e+0500", "0".repeat(247)),
    ] {
        assert_eq!(text.len(), 255);
        same_as_core(&text);
    }
    assert_eq!(read::<f64>(format!("{}.", "1".repeat(255)).as_bytes()), None);
    assert_eq!(read::<f64>(format!("{}e0", "0".repeat(300)).as_bytes()), None);
}

#[test]
fn the_edges_of_both_ranges() {
    let texts = [
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.797693134862315807e308",
        "1.797693134862315808e308",
        "1.7976931348623159e308",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2.2250738585072014e-308",
        "5e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1e-400",
        "1e-99999999999999999999",
        "1e999",
        "1e99999999999999999999",
        "3.4028235e38",
        "3.4028235677973366e38",
        "3.4028235677973367e38",
        "3.4028235677973365e38",
        "1.1754942807573643e-38",
        "1.1754943508222875e-38",
        "7.006492321624085e-46",
        "7.006492321624086e-46",
        "1e-46",
        "1e23",
        "8.41e21",
        "9007199254740993",
        "9007199254740993.0000000000000000000000000000000000000001",
        "16777217",
        "6.631236846766476e-316",
        "0.33333334",
    ];
    texts.into_iter().for_each(same_as_core);
    assert_eq!(read(b"1.7976931348623159e308"), Some(f64::INFINITY));
    assert_eq!(read(b"3.4028235677973367e38"), Some(f32::INFINITY));
    for exponent in -420..330 {
        same_as_core(&format!("1e{exponent}"));
        same_as_core(&format!("99999999999999999999e{exponent}"));
    }
}

#[test]
fn doubles_and_the_halfway_points_between_them() {
    for exponent in (-1076..=971).step_by(23).chain([-1075, -1074, -1073, 970, 971]) {
        for bits in random_bits((exponent + 5000) as u64).take(3).chain([0, u64::MAX]) {
            let mantissa = bits >> 11 | 1 << 53;
            around(mantissa | 1, exponent - 1);
            around(mantissa, exponent - 1);
        }
    }
    for bits in random_bits(1).take(50) {
        let subnormal = bits >> (13 + bits % 50);
        around(2 * subnormal + 1, -1075);
    }
}

#[test]
fn singles_and_the_halfway_points_between_them() {
    for exponent in (-152..=104).step_by(3).chain([-151, -150, -149, -148]) {
        for bits in random_bits((exponent + 5000) as u64).take(10).chain([0, u64::MAX]) {
            let mantissa = bits >> 40 | 1 << 24;
            around(mantissa | 1, exponent - 1);
            around(mantissa, exponent - 1);
        }
    }
    for bits in random_bits(2).take(100) {
        let subnormal = bits >> (42 + bits % 20);
        around(2 * subnormal + 1, -150);
    }
}

#[test]
fn many_digits_near_the_smallest_normal_decide_its_last_bit() {
    // Halfway below the smallest normal, cut off after 250 digits, and one more in the last of them.
    let (digits, power) = exact((1 << 53) - 1, -1075);
    let power = power + digits.len() as i32 - 250;
    let (kept, last) = (&digits[..249], digits.as_bytes()[249] - b'0');
    let (below, above) = (format!("{kept}{last}e{power}"), format!("{kept}{}e{power}", last + 1));
    assert!(last < 9 && below.len() == 255);
    assert_eq!(read(below.as_bytes()).map(f64::to_bits), Some(f64::MIN_POSITIVE.to_bits() - 1));
    assert_eq!(read(above.as_bytes()), Some(f64::MIN_POSITIVE));
}

#[test]
fn random_decimals() {
    for (bits, other) in random_bits(3).zip(random_bits(4)).take(10_000) {
        same_as_core(&format!("{}e{}", bits >> (other % 64), other as i64 % 400));
        same_as_core(&format!("{}.{}", bits >> 40, other >> (bits % 60)));
        same_as_core(&format!("{}{:020}.{other:020}e{}", bits, other, bits as i64 % 330));
    }
}

#[test]
fn integers_keep_all_their_digits() {
    for (text, negative, magnitude) in [
        ("0", false, 0u128),
        ("-0", false, 0),
        ("+17", false, 17),
        ("-17", true, 17),
        ("0x0", false, 0),
        ("0Xff", false, 255),
        ("-0o17", true, 15),
        ("0B10", false, 2),
        ("007", false, 7),
        ("18446744073709551615", false, u128::from(u64::MAX)),
        ("18446744073709551616", false, 1 << 64),
        ("-00018446744073709551616", true, 1 << 64),
        ("0x0000000000000000ffffffffffffffff", false, u128::from(u64::MAX)),
        ("0X10000000000000000", false, 1 << 64),
        ("-0o2000000000000000000000", true, 1 << 64),
        ("340282366920938463463374607431768211455", false, u128::MAX),
        ("0xffffffffffffffffffffffffffffffff", false, u128::MAX),
    ] {
        let mut copy = text.as_bytes().to_vec();
        let (found_negative, found) = match Cursor::new(&mut copy).number() {
            Ok(Scalar::Integer(Integer { negative, magnitude })) => (negative, u128::from(magnitude)),
            Ok(Scalar::WideInteger(WideInteger { negative, digits })) => {
                let magnitude = wide_magnitude(digits).unwrap();
                assert!(magnitude > u64::MAX.into(), "{text}");
                (negative, magnitude)
            }
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!((found_negative, found), (negative, magnitude), "{text}");
    }
    for digits in
        [&"9".repeat(255), "340282366920938463463374607431768211456", "0x1ffffffffffffffffffffffffffffffff"]
    {
        let mut copy = digits.as_bytes().to_vec();
        let expected = WideInteger { negative: false, digits: digits.as_bytes() };
        assert_eq!(Cursor::new(&mut copy).number(), Ok(Scalar::WideInteger(expected)));
        assert_eq!(wide_magnitude(digits.as_bytes()), None);
    }
}
