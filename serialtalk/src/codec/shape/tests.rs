extern crate alloc;

mod agreement;
mod formats;
mod messages;
mod sizes;
mod texts;

use alloc::vec::Vec;

use super::*;
use crate::wire::integer::IntegerType;

/// A type and its shape, as `Encode` has it.
trait Shaped {
    const SHAPE: &'static Shape;
}

macro_rules! shaped {
    ($($type:ty: $shape:expr;)*) => {$(
        impl Shaped for $type {
            const SHAPE: &'static Shape = &$shape;
        }
    )*};
}

shaped! {
    u8: Shape::Integer(IntegerType::U8);
    i8: Shape::Integer(IntegerType::I8);
    u16: Shape::Integer(IntegerType::U16);
    i16: Shape::Integer(IntegerType::I16);
    u32: Shape::Integer(IntegerType::U32);
    i32: Shape::Integer(IntegerType::I32);
    u64: Shape::Integer(IntegerType::U64);
    i64: Shape::Integer(IntegerType::I64);
    u128: Shape::Integer(IntegerType::U128);
    i128: Shape::Integer(IntegerType::I128);
    bool: Shape::Bool;
    f32: Shape::Float32;
    f64: Shape::Float64;
    char: Shape::Char;
    &str: Shape::Text;
    &[u8]: Shape::Bytes;
    (): Shape::Tuple(&[]);
    Bytes<0>: Shape::ByteArray(0);
    Bytes<1>: Shape::ByteArray(1);
    Bytes<2>: Shape::ByteArray(2);
    Bytes<3>: Shape::ByteArray(3);
    Bytes<4>: Shape::ByteArray(4);
    Bytes<20>: Shape::ByteArray(20);
    Map<u8, u16>: Shape::Map(u8::SHAPE, u16::SHAPE);
    Map<u16, u8>: Shape::Map(u16::SHAPE, u8::SHAPE);
    Mode: Shape::UnitEnum { ty: IntegerType::U8, variants: &[("Idle", 0), ("Run", 5)] };
    Imu: Shape::Struct(&[
        Field { name: "id", shape: u8::SHAPE },
        Field { name: "position", shape: <(f32, f32)>::SHAPE },
    ]);
    Fault: Shape::Enum(&[
        Variant { name: "Unknown", fields: &[] },
        Variant { name: "Moving", fields: &[Field { name: "speed", shape: i16::SHAPE }] },
        Variant { name: "Text", fields: &[Field { name: "", shape: <&str>::SHAPE }] },
    ]);
    Opaque: Shape::Opaque;
}

/// An array of bytes; `[u8; N]` is one of any values here.
struct Bytes<const N: usize>;
struct Map<K, V>(core::marker::PhantomData<(K, V)>);
struct Mode;
struct Imu;
struct Fault;
struct Opaque;

impl<T: Shaped, const N: usize> Shaped for [T; N] {
    const SHAPE: &'static Shape = &Shape::Array(T::SHAPE, N);
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: &'static Shape = &Shape::Option(T::SHAPE);
}

macro_rules! tuples {
    ($(($($type:ident),*);)*) => {$(
        impl<$($type: Shaped),*> Shaped for ($($type,)*) {
            const SHAPE: &'static Shape = &Shape::Tuple(&[$($type::SHAPE),*]);
        }
    )*};
}

tuples! {
    (A);
    (A, B);
    (A, B, C);
    (A, B, C, D, E, F, G);
}

/// A single value as a list of arguments: itself if its elements stand for it, otherwise a tuple of it.
struct Single<T>(T);

impl<T: Shaped> Shaped for Single<T> {
    const SHAPE: &'static Shape = if T::SHAPE.is_spread() { T::SHAPE } else { &Shape::Tuple(&[T::SHAPE]) };
}

#[test]
fn a_single_value_is_a_tuple_of_it_unless_it_is_one() {
    assert!(matches!(<Single<u8>>::SHAPE, Shape::Tuple([Shape::Integer(IntegerType::U8)])));
    assert!(matches!(<Single<(u8, u8)>>::SHAPE, Shape::Tuple([_, _])));
    assert!(matches!(<Single<[u8; 2]>>::SHAPE, Shape::Array(_, 2)));
    assert!(matches!(<Single<(u8,)>>::SHAPE, Shape::Tuple([Shape::Tuple([_])])));
    assert!(matches!(<Single<()>>::SHAPE, Shape::Tuple([])));
}

#[test]
fn an_opaque_part_makes_all_opaque() {
    for shape in [
        Opaque::SHAPE,
        <(u8, Opaque)>::SHAPE,
        <Vec<Opaque>>::SHAPE,
        <Option<[Opaque; 3]>>::SHAPE,
        &Shape::Map(u8::SHAPE, Opaque::SHAPE),
        &Shape::Enum(&[Variant { name: "A", fields: &[Field { name: "", shape: Opaque::SHAPE }] }]),
    ] {
        assert!(shape.is_opaque() && !shape.is_packable(), "{shape:?}");
    }
    assert!(!<(u8, Vec<u8>)>::SHAPE.is_opaque() && !Fault::SHAPE.is_opaque() && !Imu::SHAPE.is_opaque());
}

#[test]
fn raw_carries_bytes_and_text() {
    for shape in [
        <&str>::SHAPE,
        <&[u8]>::SHAPE,
        char::SHAPE,
        <Bytes<3>>::SHAPE,
        <(&str,)>::SHAPE,
        <[Bytes<4>; 1]>::SHAPE,
        Opaque::SHAPE,
    ] {
        assert!(shape.is_bytes(), "{shape:?}");
    }
    for shape in [u8::SHAPE, <(&str, &str)>::SHAPE, <Option<&str>>::SHAPE, <()>::SHAPE, <[u8; 2]>::SHAPE] {
        assert!(!shape.is_bytes(), "{shape:?}");
    }
}
