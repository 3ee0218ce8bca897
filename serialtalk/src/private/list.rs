//! Lists of any length.

/// A list of any length as nested pairs: `(a, (b, (c, ())))`.
#[doc(hidden)]
#[macro_export]
macro_rules! __list {
    () => { () };
    ($first:expr $(, $rest:expr)* $(,)?) => { ($first, $crate::__list!($($rest),*)) };
}
