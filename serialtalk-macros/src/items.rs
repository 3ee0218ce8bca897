//! From model to items: what the macros emit.

mod block;
mod demand;
pub(crate) mod fallback;
pub(crate) mod interface;
pub(crate) mod value;
