//! Lints that a crate forbids: generated code allows itself nothing that the crate does not.
#![deny(warnings)]
#![forbid(
    async_fn_in_trait,
    dead_code,
    deprecated,
    elided_lifetimes_in_paths,
    let_underscore_drop,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_code,
    unreachable_patterns,
    unreachable_pub,
    unsafe_code,
    unused_assignments,
    unused_attributes,
    unused_braces,
    unused_imports,
    unused_lifetimes,
    unused_macros,
    unused_must_use,
    unused_mut,
    unused_parens,
    unused_qualifications,
    unused_results,
    unused_unsafe,
    unused_variables
)]

/// Acceleration.
#[derive(serialtalk::Value, Debug, Clone, Copy)]
struct Imu {
    x: f32,
    #[deprecated]
    y: f32,
}

#[derive(serialtalk::Value, Debug, Clone, Copy)]
struct Meters(f32);

#[derive(serialtalk::Value, Debug, Clone, Copy)]
#[repr(u8)]
enum Mode {
    Off,
    #[deprecated]
    On,
}

#[derive(serialtalk::Value, Debug, Clone, Copy)]
enum Fault {
    Tilted,
    At(f32, f32),
    Moving {
        speed: u16,
    },
    #[deprecated]
    Gone,
}

#[derive(serialtalk::Value, Debug, Clone, Copy)]
struct Named<'a, T> {
    name: &'a str,
    value: T,
}

// Nobody implements the traits, and of most items that are made of them nobody makes use.

/// A robot.
#[serialtalk::interface(prefix = "arm.", module = "arm")]
trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&self) -> Imu;
    fn mode(&mut self, mode: Mode) -> Result<Meters, Fault>;
    fn log(&mut self, text: &str, name: Named<'_, u8>) -> Option<String>;
    #[command(oneway)]
    fn led(&mut self, hue: u16);
    #[command(raw)]
    fn upload(&mut self, block: &[u8]) -> Vec<u8>;
    #[command(repr)]
    fn plan(&mut self, steps: Vec<u8>) -> Vec<u8>;
    #[command(postcard, idempotent, timeout_ms = 10)]
    fn packed(&mut self, steps: Vec<u8>) -> Vec<u8>;
    #[command(format = ">hi", returns = "<d")]
    fn wide(&mut self, a: i8, b: i16) -> f32;
}

/// Takes its time.
#[serialtalk::interface]
pub trait Slow {
    /// Goes home.
    async fn home(&mut self, speed: u8) -> Result<(), u8>;
    /// Wakes up.
    fn wake(&mut self) -> u8;
}

#[serialtalk::interface(send)]
trait Sent {
    async fn go(&mut self, speed: u8) -> Result<(), u8>;
}

#[serialtalk::interface]
trait Empty {}

#[serialtalk::interface]
trait Lamp {
    fn light(&mut self, on: bool);
}

struct Board;

impl Lamp for Board {
    fn light(&mut self, _: bool) {}
}

serialtalk::services! {
    type Services<'a> = LampServer<&'a mut Board>;
}

fn main() {
    let _: Option<Services<'_>> = None;
    let _ = LampServer::new(&mut Board);
}
