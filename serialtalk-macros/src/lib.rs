//! The macros of [serialtalk](https://docs.rs/serialtalk), which re-exports them: use them through it.
//!
//! ```text
//! errors, syntax -> model -> parse -> check -> items -> expand
//! ```
//!
//! | module | |
//! |---|---|
//! | `errors` | mistakes, collected so that all are reported together |
//! | `syntax` | questions about what the user wrote: attributes, options, types |
//! | `model` | what the user means: interfaces, commands, values, and the names of generated items |
//! | `parse` | syntax to model, with the mistakes that one item alone shows |
//! | `check` | the mistakes that show only in the whole interface |
//! | `items` | model to items; where there is a mistake, `items::fallback` |
//! | `expand` | the steps of each macro |
//!
//! A module uses those to its left. The items call the private part of serialtalk. Nothing here decides what is
//! on the wire: formats, sizes and reserved names are found, and checked, by functions of serialtalk that run at compile time.
//! `syntax::plain_format` knows the formats of plain types, for documentation.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod check;
mod errors;
mod expand;
mod items;
mod model;
mod parse;
mod syntax;

#[cfg(test)]
mod tests;

/// Makes a trait the contract between a board and its host.
///
/// ```
/// # #[derive(serialtalk::Value, Debug)]
/// # pub struct Offsets { x: f32 }
/// # #[derive(serialtalk::Value, Debug)]
/// # pub enum CalibrationError { Moving(u32) }
/// /// What each of our robots can do.
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
/// # Generated items
///
/// | item | |
/// |---|---|
/// | `Robot` | the trait as written; a board implements it, and so does `&mut T` if `T` does |
/// | `RobotClient<C>` | calls the commands over a `Caller` and waits: `new`, `over`, `connect`, `within`, `caller`, `caller_mut`, `into_caller`, and a method for each command; it is a `Client<C>` |
/// | `RobotClient::MULT_MAX` | the largest number of bytes that fit a call of `mult`, if an argument is bytes such as `&[u8]`, or else its reply, if the value is; 0 if neither has bytes whose number is known at run time only. There is one for each method with arguments or a value, and the first of methods that differ in capitals only |
/// | `RobotAsyncClient<C>` | calls the commands over an `AsyncCaller` with `async` methods (feature `async`); `RobotClient::connect_async` makes one; it is a `Client<C>`, too |
/// | `RobotServer<T>` | serves a `T: Robot`: `new`, `inner`, `inner_mut`, `into_inner`; it is a `Service` if no method is async, and with the feature `async` an `AsyncService` |
/// | `ROBOT_INTERFACE` | the description of the trait: names, types, formats, documentation, hashes |
///
/// The documentation of a client's method names the formats of its arguments and of its value. Where they depend on types of your
/// own, which a macro cannot look into, it says where they are told: `ROBOT_INTERFACE.command("imu").unwrap().return_format`.
///
/// All are as visible as the trait. `#[cfg]`, `#[deprecated]`, levels of lints and documentation of a method are copied to
/// everything that is made of it.
///
/// # Methods
///
/// They take `&self` or `&mut self` and any number of arguments, may be `async`, and return nothing, a value, or a
/// `Result<T, E>` with both types written out. A method of a client returns one `Result<T, CallError<C::Error, E>>`.
/// Arguments may borrow: `&str`, `&[u8]`, `Name<'_>`.
///
/// Types must implement `Encode` and `Decode`, which `#[derive(serialtalk::Value)]` does. Arguments, and likewise the
/// value, are encoded in a Python `struct` format if all their types can be; otherwise they are a Python literal (`repr`).
///
/// # Options of the interface
///
/// | option | meaning |
/// |---|---|
/// | `prefix = "arm."` | begins every wire name that is not set by `name` |
/// | `module = "arm"` | the commands are off until the peer loads the module of that name, which `connect` does |
/// | `describe` | servers tell peers the signatures, types, options and documentation of the commands; `describe = "signatures"` leaves documentation out |
/// | `contract = false` | servers do not tell peers whether signatures are equal, and clients take them as they are |
/// | `send` | futures of async methods can be sent to other threads |
/// | `describe` | a peer that does not know the trait can read its signatures, types, options and documentation |
/// | `describe = "signatures"` | signatures, types and options, but no documentation |
/// | `contract = false` | peers cannot compare signatures with the server, which saves flash |
/// | `crate = path::to::serialtalk` | the path to serialtalk, if it is re-exported or renamed |
///
/// The trait may require `Send`, `Sync`, `Unpin` and `'static`; with `'static` there is no implementation for `&mut T`.
///
/// # One contract
///
/// `connect` waits for an answer of the peer, and compares the signature of each command with that of the peer: its name on the
/// wire, its arguments by name, its value and its error by the form of their types. If the peer has a command with another
/// signature, `connect` fails with `CallError::Mismatch`; the error has both signatures if the interface of the peer is marked
/// `describe`. Peers that do not compare, such as programs in Python, are taken as they are.
///
/// # Options of a command
///
/// | option | meaning |
/// |---|---|
/// | `name = "set color"` | the name on the wire; by default that of the method |
/// | `repr` | arguments and value are Python literals; their types may have serde only |
/// | `raw` | the only argument, and the value, are bytes or text, sent as they are |
/// | `postcard` | arguments and value are postcard, for a peer in Rust; their types need serde only |
/// | `format = "<Bf"` | the encoding of the arguments: a struct format, `"repr"`, `"raw"` or `"postcard"` |
/// | `returns = "f"` | the encoding of the value, as for `format` |
/// | `oneway` | clients do not wait for the reply |
/// | `timeout_ms = 5000` | how long clients wait for the reply, in milliseconds; `never` for no limit |
/// | `idempotent` | calling twice has the effect of calling once, so a call may be repeated if no reply arrives |
#[proc_macro_attribute]
pub fn interface(options: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::interface(options.into(), item.into()).into()
}

/// Implements `Encode` and `Decode` for a type, so that its values can cross the wire.
///
/// | type | on the wire |
/// |---|---|
/// | struct | its fields one after the other: flat in a struct format, a tuple in a literal |
/// | tuple struct with one field | that field |
/// | enum without data | an integer of the type in its `#[repr(u8)]` (to `u64`, `i8` to `i64`) |
/// | enum with data | a literal: `('Moving', 3)`, or `'Idle'` for a variant without data |
///
/// Types may have parameters, and one lifetime for fields that borrow from the frame. `#[value(crate = path)]` sets the
/// path to serialtalk, if it is re-exported or renamed.
#[proc_macro_derive(Value, attributes(value))]
pub fn value(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::value(item.into()).into()
}
