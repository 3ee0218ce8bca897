//! Types that have only serde, in commands marked `repr` or `postcard`.
//!
//! In literals a struct is a dict, a unit variant its name, any other variant a dict with its name as the only key. Structs
//! are also read from tuples and from the plain values of struct payloads.

#[cfg(feature = "repr")]
mod absent;
mod de;
mod failed;
mod ser;
#[cfg(feature = "repr")]
mod source;
#[cfg(all(test, feature = "alloc"))]
mod tests;

pub use ser::SerdeValue;
