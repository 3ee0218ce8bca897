//! The macros of [serialtalk](https://docs.rs/serialtalk), which re-exports them: use them through it.
//!
//! ```text
//! syntax -> model -> checks on the whole -> items
//! ```
//!
//! A file for each: `parse`, `model`, `check`, `expand`. Where something is wrong, `fallback` stands in for
//! `expand`. The items call into serialtalk and hold no knowledge of the wire: types are asked at compile time how
//! they travel.

mod attributes;
mod check;
mod derive;
mod errors;
mod expand;
mod fallback;
mod format;
mod known;
mod model;
mod names;
mod options;
mod parse;
mod text;
mod types;

#[cfg(test)]
mod tests;

use errors::Errors;
use proc_macro2::TokenStream;

/// Makes a trait the contract between a board and its host.
///
/// ```ignore
/// /// What every robot of ours can do.
/// #[serialtalk::interface]
/// pub trait Robot {
///     /// Product of two numbers.
///     fn mult(&mut self, a: f32, b: f32) -> f32;
///     #[command(name = "set color", repr)]
///     fn set_color(&mut self, rgb: [u8; 3]);
///     #[command(idempotent, timeout_ms = 5000)]
///     fn calibrate(&mut self) -> Result<Offsets, CalibrationError>;
///     #[command(oneway)]
///     fn log(&mut self, text: &str);
/// }
/// ```
///
/// # What it makes
///
/// | item | what it is |
/// |---|---|
/// | `Robot` | the trait as written; a board implements it, and so does `&mut T` where `T` does |
/// | `RobotClient<C>` | calls the commands over a `Caller` and waits: `new`, `connect`, `within`, `caller`, `caller_mut`, `into_caller`, and a method for each command |
/// | `RobotAsyncClient<C>` | the same over an `AsyncCaller`, with `async` methods (feature `async`); `RobotClient::connect_async` makes one |
/// | `RobotServer<T>` | serves a `T: Robot`: `new`, `inner`, `inner_mut`, `into_inner`; a `Service` if no method is async, and with the feature `async` an `AsyncService` |
/// | `ROBOT_INTERFACE` | what the trait says about itself: names, types, formats, documentation, a hash |
///
/// All are as visible as the trait. `#[cfg]`, `#[deprecated]` and documentation of a method go to everything that is made
/// of it.
///
/// # Methods
///
/// With `&self` or `&mut self`, `async` or not, any number of arguments, and no return type, a value, or a
/// `Result<T, E>` with both types written out; `E` needs `Debug`, whose text goes to peers that know nothing of Rust.
/// A client method returns one `Result<T, CallError<C::Error, E>>`. Arguments may borrow: `&str`, `&[u8]`, `Name<'_>`.
///
/// Types must implement `Encode` and `Decode`, which `#[derive(serialtalk::Value)]` does. If all types of a list of
/// arguments, or that of a value, have a place in a Python `struct`, that is how they travel; otherwise as a Python
/// literal (`repr`). The generated documentation says which.
///
/// # Options of the interface
///
/// | option | meaning |
/// |---|---|
/// | `prefix = "arm."` | stands before every wire name that is not given by hand |
/// | `module = "arm"` | the commands are off until the peer loads the module of that name, which `connect` does |
/// | `send` | futures of async methods can be sent to other threads |
/// | `crate = path::to::serialtalk` | where serialtalk is, if it is re-exported or renamed |
///
/// The trait may ask for `Send`, `Sync`, `Unpin` and `'static`; with `'static` there is no implementation for `&mut T`.
///
/// # Options of a command
///
/// | option | meaning |
/// |---|---|
/// | `name = "set color"` | the name on the wire; else that of the method |
/// | `repr` | arguments and value travel as Python literals, also types that have only serde |
/// | `raw` | the one argument and the value, bytes or text, travel as they are |
/// | `postcard` | arguments and value travel as postcard, to a peer in Rust; they need only serde |
/// | `format = "<Bf"` | how the arguments travel: a struct format, `"repr"`, `"raw"` or `"postcard"` |
/// | `returns = "f"` | how the value travels, likewise |
/// | `oneway` | clients do not wait for the reply |
/// | `timeout_ms = 5000` | how long clients wait for the reply; `never` stands for ever |
/// | `idempotent` | doing it twice is the same as doing it once, so that it may be sent again when no reply comes |
#[proc_macro_attribute]
pub fn interface(options: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    interface_of(options.into(), item.into()).into()
}

/// Makes a type one that can cross the wire: implements `Encode` and `Decode`.
///
/// | type | on the wire |
/// |---|---|
/// | struct | its fields one after the other: flat in a struct format, a tuple in a literal |
/// | tuple struct with one field | as that field |
/// | enum without data | an integer of the type that `#[repr(u8)]` to `#[repr(i64)]` says |
/// | enum with data | a literal: `('Moving', 3)`, or `'Idle'` for a variant without data |
///
/// Types may have parameters, and one lifetime for fields that borrow from the frame. `#[value(crate = path)]` says where
/// serialtalk is, if it is re-exported or renamed.
#[proc_macro_derive(Value, attributes(value))]
pub fn value(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive::value_of(item.into()).into()
}

fn interface_of(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(interface) = parse::interface(options, item.clone(), &mut errors) else {
        return fallback::item(item, errors);
    };
    check::interface(&interface, &mut errors);
    if errors.is_broken() { fallback::interface(&interface, errors) } else { expand::interface(&interface) }
}
