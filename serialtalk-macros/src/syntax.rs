//! What the user wrote: questions about syntax that need nothing but syntax.

pub(crate) mod attributes;
pub(crate) mod options;
pub(crate) mod plain_format;
pub(crate) mod text;
pub(crate) mod types;
