extern crate alloc;

use super::super::random_bits;
use super::*;
use alloc::format;
use alloc::string::{String, ToString};
use core::str::from_utf8;

fn written<F: Float>(value: F) -> String {
    from_utf8(Shortest::of(value).text(&mut [0; 32])).unwrap().to_string()
}

/// Python's layout of what core's `{:e}` gives.
fn laid_out(scientific: &str) -> String {
    let (sign, scientific) = scientific.split_at(scientific.starts_with('-').into());
    let (digits, exponent) = scientific.split_once('e').unwrap();
    let (digits, exponent) = (digits.replace('.', ""), exponent.parse::<i32>().unwrap());
    let zeros = |number: i32| "0".repeat(number.max(0) as usize);
    let text = match exponent {
        -4..0 => format!("0.{}{digits}", zeros(-exponent - 1)),
        0..16 => {
            let padded = format!("{digits}{}", zeros(exponent + 2 - digits.len() as i32));
            let (integer, fraction) = padded.split_at(exponent as usize + 1);
            format!("{integer}.{fraction}")
        }
        _ => {
            let (first, others) = digits.split_at(1);
            let point = if others.is_empty() { "" } else { "." };
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{first}{point}{others}e{sign}{:02}", exponent.abs())
        }
    };
    format!("{sign}{text}")
}

macro_rules! same_as_core {
    ($value:expr) => {{
        let value = $value;
        let shortest = format!("{value:e}");
        // Of two that are as near, core takes the larger and Python the even one.
        let digits = shortest.split('e').next().unwrap().matches(|byte: char| byte.is_ascii_digit()).count();
        let rounded = format!("{value:.*e}", digits - 1);
        let shortest = if rounded.parse() == Ok(value) { rounded } else { shortest };
        assert_eq!(written(value), laid_out(&shortest));
    }};
}

#[test]
fn doubles_are_written_as_python_writes_them() {
    let written_by_python = [
        (0x0000000000000000, "0.0"),
        (0x8000000000000000, "-0.0"),
        (0x3ff0000000000000, "1.0"),
        (0xbff0000000000000, "-1.0"),
        (0x3fb999999999999a, "0.1"),
        (0x401799999999999a, "5.9"),
        (0x4057800000000000, "94.0"),
        (0x3fe0000000000000, "0.5"),
        (0x4059000000000000, "100.0"),
        (0x4132d68700000000, "1234567.0"),
        (0x3f50624dd2f1a9fc, "0.001"),
        (0x3f1a36e2eb1c432d, "0.0001"),
        (0x3f202e4b6ce5dc68, "0.00012345"),
        (0x3ee4f8b588e368f1, "1e-05"),
        (0x3eef75104d551d69, "1.5e-05"),
        (0x3f1a36371ea531a8, "9.999e-05"),
        (0x4341c37937e07fff, "9999999999999998.0"),
        (0x430c6bf526340000, "1000000000000000.0"),
        (0x4341c37937e08000, "1e+16"),
        (0x4345ee2a2eb5a5c4, "1.2345678901234568e+16"),
        (0x437b69b4ba630f35, "1.2345678901234568e+17"),
        (0x4480f0cf064dd592, "1e+22"),
        (0x44b52d02c7e14af6, "1e+23"),
        (0x447c7e83209e90b2, "8.41e+21"),
        (0x4340000000000000, "9007199254740992.0"),
        (0x4340000000000001, "9007199254740994.0"),
        (0x408154cccccccccd, "554.6"),
        (0x3fd3333333333334, "0.30000000000000004"),
        (0x400921fb54442d18, "3.141592653589793"),
        (0x7fefffffffffffff, "1.7976931348623157e+308"),
        (0x0010000000000000, "2.2250738585072014e-308"),
        (0x000fffffffffffff, "2.225073858507201e-308"),
        (0x0000000000000001, "5e-324"),
        (0x0000000000000002, "1e-323"),
        (0x8000000000000003, "-1.5e-323"),
        (0x54b249ad2594c37d, "1e+100"),
        (0x2b2bff2ee48e0530, "1e-100"),
        (0x3e801b2b29a4692b, "1.2e-07"),
        (0x4011666666666666, "4.35"),
        (0x444b1ae4d6e2ef50, "1e+21"),
        (0x4310000000000001, "1125899906842624.2"),
        (0x4310000000000003, "1125899906842624.8"),
        (0x4320000000000001, "2251799813685248.5"),
        (0x4330000000000002, "4503599627370498.0"),
        (0x3d30000000000000, "5.684341886080802e-14"),
        (0x2a80000000000000, "5.5809931214954833e-104"),
        (0x5720000000000000, "4.8098152095208105e+111"),
        (0x1200000000000000, "5.5329046628180653e-222"),
        (0x3eb0000000000000, "9.5367431640625e-07"),
        (0x3fa8618618618618, "0.047619047619047616"),
        (0x0000000000000004, "2e-323"),
    ];
    for (bits, text) in written_by_python {
        assert_eq!(written(f64::from_bits(bits)), text, "{bits:#x}");
    }
}

#[test]
fn singles_have_the_digits_of_their_own_width() {
    let singles = [
        (0.1, "0.1"),
        (5.9, "5.9"),
        (1.0 / 3.0, "0.33333334"),
        (16_777_216.0, "16777216.0"),
        (1e-5, "1e-05"),
        (1e16, "1e+16"),
        (1e15, "1000000000000000.0"),
        (f32::MAX, "3.4028235e+38"),
        (-f32::MIN_POSITIVE, "-1.1754944e-38"),
        (f32::from_bits(1), "1e-45"),
        (8_388_608.5, "8388608.0"),
        (131_072.33, "131072.33"),
        (-0.0, "-0.0"),
    ];
    for (value, text) in singles {
        assert_eq!(written::<f32>(value), text);
    }
}

#[test]
fn powers_of_two_and_their_neighbours() {
    for field in 0..0x7ff {
        let bits = field << 52;
        for bits in [bits, bits + 1, bits | ((1 << 52) - 1), bits | (1 << 51)] {
            same_as_core!(f64::from_bits(bits));
            same_as_core!(-f64::from_bits(bits));
        }
    }
    for bit in 0..52 {
        same_as_core!(f64::from_bits(1 << bit));
    }
    for field in 0..0xff {
        let bits = field << 23;
        for bits in [bits, bits + 1, bits | ((1 << 23) - 1), bits | (1 << 22)] {
            same_as_core!(f32::from_bits(bits));
        }
    }
    for bit in 0..23 {
        same_as_core!(f32::from_bits(1 << bit));
    }
}

#[test]
fn of_two_that_are_as_near_the_even_one_is_written() {
    let ties = random_bits(1).map(|bits| (bits >> 14) as f64 + 0.25).filter(|value| *value > 2f64.powi(49));
    for value in ties.take(1000) {
        assert!(matches!(written(value).as_bytes(), [.., b'.', b'2']), "{value}");
        assert!(matches!(written(value + 0.5).as_bytes(), [.., b'.', b'8']), "{value}");
    }
}

#[test]
fn random_floats() {
    let finite = random_bits(2).map(f64::from_bits).filter(|value| value.is_finite());
    let short = random_bits(3).map(|bits| (bits >> 44) as f64 / 10f64.powi(bits as i32 & 15));
    for value in finite.take(30_000).chain(short.take(30_000)) {
        same_as_core!(value);
    }
    let finite = random_bits(4).map(|bits| f32::from_bits(bits as u32)).filter(|value| value.is_finite());
    let short = random_bits(5).map(|bits| (bits >> 50) as f32 / 10f32.powi(bits as i32 & 7));
    for value in finite.take(30_000).chain(short.take(30_000)) {
        same_as_core!(value);
    }
}

#[test]
fn what_has_no_digits_still_ends() {
    for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f64::from_bits(u64::MAX)] {
        assert!(!written(value).is_empty());
    }
    for value in [f32::INFINITY, f32::NAN, f32::from_bits(u32::MAX)] {
        assert!(!written(value).is_empty());
    }
}
