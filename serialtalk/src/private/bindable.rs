//! Names that can be bound.

/// Imported as `name`, makes `name` a variable in patterns, even where it is a constant outside: a function is no pattern.
pub const fn bindable() {}
