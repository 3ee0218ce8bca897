//! The macros of serialtalk.
