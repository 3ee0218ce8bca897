use super::*;
use crate::wire::struct_format::FormatError;

type Three = (u8, i16, f32);

#[track_caller]
fn agrees<T: Shaped>(format: &str) {
    assert!(T::SHAPE.agrees_with(format).is_ok(), "{format}: {:?}", T::SHAPE.agrees_with(format));
}

#[track_caller]
fn cannot_hold<T: Shaped>(format: &str, value: usize) {
    let result = T::SHAPE.agrees_with(format);
    assert!(
        matches!(result, Err(Disagreement::Value { number, .. }) if number == value),
        "{format}: {result:?}"
    );
}

#[test]
fn a_chosen_format_must_hold_every_value() {
    for format in ["<Bhf", "<hhd", "<2hd", "<xBxhxf", "!hhf", "hhf", "Bxhf", ">qqd", "<Bhf0Bx", "<Bhf2x"] {
        agrees::<Three>(format);
    }
    for (format, value) in [
        ("<bhf", 1),
        ("<BHf", 2),
        ("<Bhh", 3),
        ("<fhf", 1),
        ("<Bbf", 2),
        ("<3shf", 1),
        ("<Bhs", 3),
        ("<Bhi", 3),
    ] {
        cannot_hold::<Three>(format, value);
    }
}

#[test]
fn a_chosen_format_must_pack_as_many_values() {
    for (format, packed) in [("<Bh", 2), ("", 0), ("<Bhff", 4), ("<Bhfx3s", 4), ("<0sBhf", 4), ("<3si", 2)] {
        let result = Three::SHAPE.agrees_with(format);
        assert!(matches!(result, Err(Disagreement::Count(found)) if found == packed), "{format}: {result:?}");
    }
    assert!(matches!(<()>::SHAPE.agrees_with("B"), Err(Disagreement::Count(1))));
    agrees::<()>("");
    agrees::<()>("2x");
}

#[test]
fn a_chosen_format_must_be_read_alike_by_every_peer() {
    let padding = Three::SHAPE.agrees_with("Bhf");
    assert!(matches!(padding, Err(Disagreement::Format(FormatError::Padding))));
    for format in ["=Bhf", "@Bhf", "<B h f", "<Bhl", "<Bhe", "<?hf", "<Bhf3", "<Bhé", "<Bh*f"] {
        let result = Three::SHAPE.agrees_with(format);
        assert!(matches!(result, Err(Disagreement::Format(FormatError::Code(_)))), "{format}: {result:?}");
    }
    // Of a type that only serde knows nothing else can be told.
    agrees::<Opaque>("<B");
    assert!(matches!(Opaque::SHAPE.agrees_with("l"), Err(Disagreement::Format(_))));
    assert!(matches!(Opaque::SHAPE.agrees_with(""), Err(Disagreement::Count(0))));
}

#[test]
fn bytes_and_text_need_an_s() {
    agrees::<(Bytes<3>, u8)>("3sB");
    agrees::<Bytes<0>>("0s");
    cannot_hold::<(Bytes<3>, u8)>("4sB", 1);
    cannot_hold::<(Bytes<3>, u8)>("*sB", 1);
    agrees::<&str>("10s");
    agrees::<char>("4s");
    agrees::<(&str, u8)>("10sB");
    agrees::<(&[u8], u8)>("10sB");
    cannot_hold::<&str>("B", 1);
    cannot_hold::<&str>("*s", 1);
    cannot_hold::<&[u8]>("B", 1);
}

#[test]
fn bytes_of_run_time_length_are_packed_as_their_types_say_or_filled_up() {
    agrees::<(u16, &[u8])>("H*s");
    agrees::<(u16, &[u8])>("<H*s");
    agrees::<(u16, &[u8])>("<I10s");
    agrees::<[&[u8]; 2]>("*s*s");
    for format in ["<I*s", ">H*s", "H*sx"] {
        let result = <(u16, &[u8])>::SHAPE.agrees_with(format);
        assert!(matches!(result, Err(Disagreement::RunTimeBytes)), "{format}: {result:?}");
    }
    assert!(matches!(<[&[u8]; 2]>::SHAPE.agrees_with("*s3s"), Err(Disagreement::RunTimeBytes)));
}

#[test]
fn numbers_fit_wider_codes() {
    cannot_hold::<(u64, u8)>("<qB", 1);
    agrees::<[i8; 3]>("3b");
    agrees::<[i8; 3]>("<bhi");
    agrees::<Mode>("h");
    agrees::<bool>("q");
    cannot_hold::<bool>("b", 1);
    cannot_hold::<bool>("f", 1);
    cannot_hold::<f64>("f", 1);
}

#[test]
fn some_values_have_no_place_in_a_format() {
    for shape in [
        <Option<u8>>::SHAPE,
        u128::SHAPE,
        <Vec<u16>>::SHAPE,
        <Map<u8, u16>>::SHAPE,
        Fault::SHAPE,
        <(u8, ())>::SHAPE,
    ] {
        let result = shape.agrees_with("B");
        assert!(matches!(result, Err(Disagreement::Unpackable(_))), "{shape:?}: {result:?}");
    }
}

#[test]
fn no_frame_holds_a_format_of_more_bytes() {
    assert!(matches!(<[f32; 64]>::SHAPE.agrees_with("64f"), Err(Disagreement::TooLong(256))));
    assert!(matches!(u8::SHAPE.agrees_with("B65535x"), Err(Disagreement::TooLong(65_536))));
    agrees::<&str>("255s");
}

#[test]
fn only_a_format_like_the_template_lays_values_out_alike() {
    assert!(Three::SHAPE.is_laid_out_as("<Bhf"));
    for format in [">Bhf", "<hhf", "<Bhd", "<Bxhf", "<Bhfx", "Bxhf", "<Bh", "<BHf", "l"] {
        assert!(!Three::SHAPE.is_laid_out_as(format), "{format}");
    }
    assert!(<[u8; 3]>::SHAPE.is_laid_out_as("BBB") && <[u8; 3]>::SHAPE.is_laid_out_as("<3B"));
    assert!(<(u32, &[u8])>::SHAPE.is_laid_out_as("I*s") && <(u32, &[u8])>::SHAPE.is_laid_out_as("<I*s"));
    assert!(!<(u32, &[u8])>::SHAPE.is_laid_out_as("I0s") && !<&str>::SHAPE.is_laid_out_as("0s"));
    assert!(!Opaque::SHAPE.is_laid_out_as("B"));
}
