//! Rust values to dynamic ones.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Value;

macro_rules! from {
    ($($type:ty, $variant:ident;)*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

from! {
    bool, Bool;
    u8, Int;
    i8, Int;
    u16, Int;
    i16, Int;
    u32, Int;
    i32, Int;
    u64, Int;
    i64, Int;
    i128, Int;
    f32, Float;
    f64, Float;
    String, Str;
    &str, Str;
    &[u8], Bytes;
}

impl From<char> for Value {
    fn from(value: char) -> Self {
        Self::Str(value.to_string())
    }
}

impl From<()> for Value {
    fn from((): ()) -> Self {
        Self::None
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(values: [T; N]) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl<K: Into<Value>, V: Into<Value>> From<alloc::collections::BTreeMap<K, V>> for Value {
    fn from(map: alloc::collections::BTreeMap<K, V>) -> Self {
        Self::Dict(map.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

macro_rules! from_tuples {
    ($($($type:ident)*;)*) => {$(
        impl<$($type: Into<Value>),*> From<($($type,)*)> for Value {
            #[allow(non_snake_case)]
            fn from(($($type,)*): ($($type,)*)) -> Self {
                Self::Tuple(alloc::vec![$($type.into()),*])
            }
        }
    )*};
}

from_tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
