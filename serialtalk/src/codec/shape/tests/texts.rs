use alloc::string::{String, ToString};
use alloc::{format, vec};

use super::*;

#[track_caller]
fn is_text_of<T: Shaped>(text: &str) {
    assert_eq!(T::SHAPE.to_string(), text);
}

#[test]
fn every_shape_has_a_text() {
    is_text_of::<u8>("u8");
    is_text_of::<i16>("i16");
    is_text_of::<u128>("u128");
    is_text_of::<bool>("bool");
    is_text_of::<f32>("f32");
    is_text_of::<f64>("f64");
    is_text_of::<char>("char");
    is_text_of::<&str>("str");
    is_text_of::<&[u8]>("[u8]");
    is_text_of::<Bytes<20>>("[u8; 20]");
    is_text_of::<()>("()");
    is_text_of::<(u8,)>("(u8,)");
    is_text_of::<(u8, u16, u16)>("(u8, u16, u16)");
    is_text_of::<[u16; 300]>("(u16; 300)");
    is_text_of::<Vec<Vec<f32>>>("[[f32]]");
    is_text_of::<Map<u8, u16>>("{u8 => u16}");
    is_text_of::<Option<(u8, u16)>>("(u8, u16)?");
    is_text_of::<Mode>("u8 {Idle = 0 | Run = 5}");
    is_text_of::<Imu>("{id: u8, position: (f32; 2)}");
    is_text_of::<Fault>("{Unknown | Moving(speed: i16) | Text(str)}");
    is_text_of::<Opaque>("serde");
    let far = Shape::UnitEnum { ty: IntegerType::I64, variants: &[("Low", i64::MIN as i128), ("Up", 10)] };
    assert_eq!(far.to_string(), "i64 {Low = -9223372036854775808 | Up = 10}");
}

#[test]
fn equal_elements_are_written_once_however_they_are_grouped() {
    is_text_of::<(f32, f32)>("(f32; 2)");
    is_text_of::<[f32; 2]>("(f32; 2)");
    is_text_of::<[f32; 1]>("(f32,)");
    is_text_of::<[f32; 0]>("()");
    is_text_of::<((u8, u16), (u8, u16))>("((u8, u16); 2)");
    is_text_of::<([u8; 2], (u8, u8))>("((u8; 2); 2)");
    is_text_of::<([u8; 2], [u8; 3])>("((u8; 2), (u8; 3))");
    is_text_of::<(Imu, Imu)>("({id: u8, position: (f32; 2)}; 2)");
    is_text_of::<(Fault, Fault)>("({Unknown | Moving(speed: i16) | Text(str)}; 2)");
    is_text_of::<(Mode, Mode)>("(u8 {Idle = 0 | Run = 5}; 2)");
    is_text_of::<(Map<u8, u16>, Map<u16, u8>)>("({u8 => u16}, {u16 => u8})");
    is_text_of::<(Option<u8>, Option<u8>)>("(u8?; 2)");
}

#[test]
fn names_and_values_are_part_of_the_text() {
    let pair = |one: &'static Shape, other: &'static Shape| Shape::Tuple(vec![one, other].leak()).to_string();
    let field = |name| &*vec![Shape::Struct(vec![Field { name, shape: u8::SHAPE }].leak())].leak();
    assert_eq!(pair(&field("x")[0], &field("y")[0]), "({x: u8}, {y: u8})");
    let unit = |name, value| {
        &vec![Shape::UnitEnum { ty: IntegerType::U8, variants: vec![(name, value)].leak() }].leak()[0]
    };
    assert_eq!(pair(unit("A", 0), unit("B", 0)), "(u8 {A = 0}, u8 {B = 0})");
    assert_eq!(pair(unit("A", 0), unit("A", 1)), "(u8 {A = 0}, u8 {A = 1})");
    let variants = |names: [&'static str; 2]| {
        let variants = names.map(|name| Variant { name, fields: &[] }).to_vec();
        &vec![Shape::Enum(variants.leak())].leak()[0]
    };
    assert_eq!(pair(variants(["AB", "C"]), variants(["A", "BC"])), "({AB | C}, {A | BC})");
}

#[test]
fn a_long_text_is_shown_whole() {
    let name: String = "ä".repeat(300);
    let shape = Shape::Struct(vec![Field { name: name.clone().leak(), shape: u8::SHAPE }].leak());
    assert_eq!(shape.to_string(), format!("{{{name}: u8}}"));
}

#[test]
fn a_text_is_made_at_compile_time() {
    type Deep = [[[[(u8, [u16; 255]); 255]; 255]; 255]; usize::MAX];
    const TEXT: ([u8; 21], usize) = {
        let mut window = [0; 21];
        let mut writer = SignatureWriter::new(&mut window, 4);
        Deep::SHAPE.write(&mut writer);
        let len = writer.len();
        (window, len)
    };
    let whole = "(((((u8, (u16; 255)); 255); 255); 255); 18446744073709551615)";
    assert_eq!((core::str::from_utf8(&TEXT.0), TEXT.1), (Ok(&whole[4..25]), whole.len()));
}

/// Recorded: two peers of different versions compare hashes.
#[test]
fn the_hash_is_fnv_1a() {
    assert_eq!(Hasher::new().bytes(b"foobar").finish(), 0xbf9c_f968);
}
