//! Types that have only serde, in commands marked `repr` or `postcard`.
//!
//! In literals a struct is a dict, a unit variant its name, any other variant a dict with its name as the only key. Structs
//! are read from tuples and from the plain values of struct payloads, too.

mod de;
#[cfg(feature = "repr")]
mod elements;
mod ser;
#[cfg(feature = "repr")]
mod source;

use core::fmt;

/// Serde needs an error to carry; what went wrong is kept by the reader or the writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value does not fit")
    }
}

impl core::error::Error for Failed {}

impl serde::ser::Error for Failed {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

impl serde::de::Error for Failed {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}
