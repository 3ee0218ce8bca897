//! The programs of the cookbook in `docs/cookbook`: one problem each, in one file that can be copied.
//!
//! Each runs by `cargo run -p cookbook --example NAME`, with a simulated board.
