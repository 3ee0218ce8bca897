//! What the user means: interfaces, types that cross as values, and the names of what is generated for them.

pub(crate) mod generics;
pub(crate) mod interface;
pub(crate) mod names;
pub(crate) mod spans;
pub(crate) mod value;
