use alloc::borrow::ToOwned;
use alloc::string::String;

use super::*;

fn format<T: Shaped>() -> String {
    T::SHAPE.template().as_str().to_owned()
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
    assert_eq!(format::<Bytes<20>>(), "20s");
    assert_eq!(format::<(Bytes<3>, u8)>(), "3sB");
    assert_eq!(format::<(Bytes<3>, u16)>(), "<3sH");
    assert_eq!(format::<(Bytes<4>, u32)>(), "4sI");
    assert_eq!(format::<(Bytes<1>, Bytes<1>)>(), "ss");
    assert_eq!(format::<Bytes<0>>(), "0s");
    assert_eq!(format::<[(u8, i8); 2]>(), "BbBb");
    assert_eq!(format::<[(u8, [u8; 2]); 4]>(), "12B");
    assert_eq!(format::<([u16; 2], [u16; 3])>(), "5H");
    assert_eq!(format::<Imu>(), "<B2f");
    assert_eq!(format::<[Mode; 12]>(), "12B");
}

#[test]
fn bytes_of_run_time_length_are_packed_too() {
    assert_eq!(format::<&[u8]>(), "*s");
    assert_eq!(format::<(u32, &[u8])>(), "I*s");
    assert_eq!(format::<(&[u8], u8)>(), "*sB");
    assert_eq!(format::<(&[u8], &[u8], Bytes<3>)>(), "*s*s3s");
    assert_eq!(format::<(&[u8], u16)>(), "<*sH", "a wider value after them");
    assert_eq!(format::<(&[u8], u8, u16)>(), "<*sBH");
    assert_eq!(format::<(u8, u16, &[u8])>(), "<BH*s");
    assert_eq!(format::<[&[u8]; 3]>(), "*s*s*s");
    assert!(<(u8, [&[u8]; 2])>::SHAPE.has_run_time_bytes());
    assert!(!<(u8, Bytes<3>)>::SHAPE.has_run_time_bytes());
    assert!(!<[&[u8]; 0]>::SHAPE.has_run_time_bytes());
    for format in [format::<Option<&[u8]>>(), format::<Vec<&[u8]>>(), format::<(&[u8], &str)>()] {
        assert_eq!(format, "");
    }
}

#[test]
fn what_has_no_value_has_no_place_in_a_struct() {
    assert_eq!(format::<()>(), "");
    assert!(<()>::SHAPE.is_packable() && <()>::SHAPE.is_empty());
    for shape in [<(u8, ())>::SHAPE, <[(); 3]>::SHAPE, <(u8, [u16; 0])>::SHAPE, <[[u8; 0]; 2]>::SHAPE] {
        assert!(!shape.is_packable() && !shape.is_empty() && shape.template().is_empty(), "{shape:?}");
    }
    assert!(<[Opaque; 0]>::SHAPE.is_packable() && <[Opaque; 0]>::SHAPE.is_empty());
}

#[test]
fn other_types_are_written_as_literals() {
    for shape in [
        <&str>::SHAPE,
        char::SHAPE,
        <Option<u8>>::SHAPE,
        <Vec<u16>>::SHAPE,
        <(u8, [u16; 2], &str)>::SHAPE,
        u128::SHAPE,
        <Map<u8, u16>>::SHAPE,
        Fault::SHAPE,
        Opaque::SHAPE,
    ] {
        assert_eq!(shape.template().as_str(), "", "{shape:?}");
        assert_eq!(shape.encoding().as_str(), "repr", "{shape:?}");
    }
    assert_eq!(<()>::SHAPE.encoding().as_str(), "");
    assert_eq!(<(u8, u16)>::SHAPE.encoding().as_str(), "<BH");
}

#[test]
fn a_format_is_an_array_of_its_bytes() {
    const TEXT: FormatText = <(u8, u16)>::SHAPE.template();
    const BYTES: [u8; TEXT.len()] = TEXT.bytes();
    assert_eq!(&BYTES, b"<BH");
}

/// The compiler would give up on constants that take long.
#[test]
fn formats_of_huge_arrays_cost_nothing() {
    type Numbers = [[[[u16; 255]; 255]; 255]; 255];
    type Mixed = [[[[(u8, [u16; 255]); 255]; 255]; 255]; usize::MAX];
    type Strings = [[[[&'static [u8]; 255]; 255]; 255]; usize::MAX];
    const NUMBERS: FormatText = Numbers::SHAPE.template();
    const MIXED: FormatText = Mixed::SHAPE.template();
    const STRINGS: FormatText = Strings::SHAPE.template();
    assert_eq!(NUMBERS.as_str(), "65535H", "the largest count");
    assert!(MIXED.as_str().starts_with("<B255HB255H"));
    assert!(STRINGS.as_str().starts_with("*s*s*s"));
    const SIZES: [usize; 3] =
        [Numbers::SHAPE.packed_len(), Mixed::SHAPE.packed_len(), Strings::SHAPE.shortest_literal()];
    assert_eq!(SIZES[0], 2 * 255usize.pow(4));
    assert_eq!((SIZES[1], SIZES[2]), (usize::MAX, usize::MAX));
    const AGREES: bool = Mixed::SHAPE.is_laid_out_as("<B255H") || Strings::SHAPE.is_laid_out_as("*s");
    assert_eq!([AGREES], [false]);
}
