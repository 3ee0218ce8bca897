//! placeholder
pub trait AsyncCaller {}
