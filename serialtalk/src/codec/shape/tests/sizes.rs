use super::*;

#[test]
fn the_shortest_literal_is_that_of_the_shortest_values() {
    for (shape, literal) in [
        (u8::SHAPE, "0"),
        (u128::SHAPE, "0"),
        (Mode::SHAPE, "0"),
        (bool::SHAPE, "True"),
        (f32::SHAPE, "0.0"),
        (char::SHAPE, "'a'"),
        (<&str>::SHAPE, "''"),
        (<&[u8]>::SHAPE, "b''"),
        (<Bytes<3>>::SHAPE, "b'abc'"),
        (<()>::SHAPE, "()"),
        (<(&str,)>::SHAPE, "('',)"),
        (<(f32, u8)>::SHAPE, "(0.0, 0)"),
        (<[[u16; 3]; 2]>::SHAPE, "((0, 0, 0), (0, 0, 0))"),
        (<[(); 3]>::SHAPE, "((), (), ())"),
        (<[u8; 1]>::SHAPE, "(0,)"),
        (<(Option<u64>, Option<Bytes<20>>)>::SHAPE, "(0, None)"),
        (<(Vec<u16>, Map<u8, u16>)>::SHAPE, "([], {})"),
        (Imu::SHAPE, "(0, (0.0, 0.0))"),
        (Fault::SHAPE, "'Unknown'"),
        (&Shape::Enum(&[Variant { name: "Stalled", fields: &[] }]), "'Stalled'"),
    ] {
        assert_eq!(shape.shortest_literal(), literal.len(), "{literal}");
        assert_eq!(shape.shortest_under("repr"), 5 + literal.len(), "{literal}");
    }
}

#[test]
fn the_shortest_payload_has_a_header_too() {
    assert_eq!(<()>::SHAPE.shortest_under(""), 2);
    assert_eq!(<(f32, u8)>::SHAPE.shortest_under("fB"), 3 + 5);
    assert_eq!(<(u32, &[u8])>::SHAPE.shortest_under("I*s"), 4 + 4, "one digit, no byte");
    assert_eq!(<Bytes<20>>::SHAPE.shortest_under("raw"), 4 + 20);
    assert_eq!(<&str>::SHAPE.shortest_under("raw"), 4);
    assert_eq!(<(u8, u16)>::SHAPE.shortest_under("postcard"), 5);
}

#[test]
fn packed_values_have_the_size_that_their_format_says() {
    for shape in [
        u64::SHAPE,
        <[[u16; 3]; 2]>::SHAPE,
        Imu::SHAPE,
        <(Bytes<3>, &[u8], f64)>::SHAPE,
        <()>::SHAPE,
        <[[(u8, i16); 2]; 5]>::SHAPE,
    ] {
        let template = shape.template();
        let len = crate::wire::struct_format::data_len(template.as_str().as_bytes());
        assert_eq!(shape.packed_len(), len, "{}", template.as_str());
    }
}

#[test]
fn values_that_fit_no_frame_are_longer_than_one() {
    let shortest = |shape: &Shape| shape.shortest_under(shape.encoding().as_str());
    assert!(shortest(<[u64; 300]>::SHAPE) > 255);
    assert!(shortest(<[&str; 1000]>::SHAPE) > 255);
    assert!(shortest(<[(u8, u16); 300]>::SHAPE) > 255);
    assert!(shortest(<[&[u8]; 127]>::SHAPE) >= 253);
    assert!(shortest(&Shape::ByteArray(usize::MAX)) > 255);
}
