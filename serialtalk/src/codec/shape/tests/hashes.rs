use super::*;

#[test]
fn shapes_that_differ_on_the_wire_have_different_hashes() {
    let shapes: &[&Shape] = &[
        u8::SHAPE,
        i8::SHAPE,
        u16::SHAPE,
        bool::SHAPE,
        f32::SHAPE,
        f64::SHAPE,
        u128::SHAPE,
        i128::SHAPE,
        char::SHAPE,
        <&str>::SHAPE,
        <&[u8]>::SHAPE,
        <Bytes<2>>::SHAPE,
        <Bytes<3>>::SHAPE,
        <Vec<u16>>::SHAPE,
        <[u16; 2]>::SHAPE,
        <[u16; 3]>::SHAPE,
        <Option<u8>>::SHAPE,
        <Option<Option<u8>>>::SHAPE,
        <(u8,)>::SHAPE,
        <(u8, u16)>::SHAPE,
        <(u16, u8)>::SHAPE,
        <((u8, u16),)>::SHAPE,
        <(u8, (u16,))>::SHAPE,
        <([u8; 2], u8)>::SHAPE,
        <(u8, [u8; 2])>::SHAPE,
        <Map<u8, u16>>::SHAPE,
        <Map<u16, u8>>::SHAPE,
        Mode::SHAPE,
        Imu::SHAPE,
        Fault::SHAPE,
        Opaque::SHAPE,
        <()>::SHAPE,
    ];
    for (at, shape) in shapes.iter().enumerate() {
        assert!(shapes[..at].iter().all(|other| other.hash() != shape.hash()), "{shape:?}");
    }
}

#[test]
fn shapes_that_are_equal_on_the_wire_have_equal_hashes() {
    assert_eq!(<(f32, f32)>::SHAPE.hash(), <[f32; 2]>::SHAPE.hash());
    assert_eq!(<(f32,)>::SHAPE.hash(), <[f32; 1]>::SHAPE.hash());
    assert_eq!(<()>::SHAPE.hash(), <[f32; 0]>::SHAPE.hash());
    assert_eq!(<((u8, u8), [u8; 2])>::SHAPE.hash(), <[[u8; 2]; 2]>::SHAPE.hash());
}

#[test]
fn names_and_values_are_part_of_the_hash() {
    let field = |name| Shape::Struct([Field { name, shape: u8::SHAPE }].to_vec().leak());
    assert_ne!(field("x").hash(), field("y").hash());
    let unit = |name, value| {
        Shape::UnitEnum { ty: IntegerType::U8, variants: [(name, value)].to_vec().leak() }.hash()
    };
    assert_ne!(unit("A", 0), unit("B", 0));
    assert_ne!(unit("A", 0), unit("A", 1));
    let variants = |names: [&'static str; 2]| {
        Shape::Enum(names.map(|name| Variant { name, fields: &[] }).to_vec().leak()).hash()
    };
    assert_ne!(variants(["AB", "C"]), variants(["A", "BC"]));
}

/// Recorded: two peers of different versions compare hashes.
#[test]
fn hashes_do_not_depend_on_the_version() {
    assert_eq!(Hasher::new().bytes(b"foobar").finish(), 0xbf9c_f968, "FNV-1a");
}
