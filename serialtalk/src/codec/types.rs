//! The types of `core`, `heapless` and `alloc` that can cross the wire.

mod floats;
mod integers;
mod option;
#[cfg(feature = "alloc")]
mod owned;
mod sequences;
mod text;
mod tuples;
