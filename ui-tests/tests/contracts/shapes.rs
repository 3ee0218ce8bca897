//! Types of every shape, under every name.
#![allow(non_snake_case)]

use std::collections::BTreeMap;

use serialtalk::Value;

/// Every shape that a type can have.
///
/// ```
/// panic!("documentation is not run")
/// ```
#[serialtalk::interface]
pub(crate) trait Shapes {
    fn integers(&mut self, a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64) -> u128;
    fn scalars(&mut self, a: bool, b: f32, c: f64, d: char, e: i128) -> char;
    fn texts(&mut self, a: &str, b: heapless::String<8>, c: String) -> Box<f32>;
    fn bytes(&mut self, a: &[u8], b: heapless::Vec<u8, 4>, c: [u8; 0], d: [u8; 40]) -> Vec<u8>;
    fn lists(&mut self, a: Vec<i8>, b: Vec<Vec<u8>>, c: heapless::Vec<Point, 4>) -> Vec<Vec<f32>>;
    fn tuples(&mut self, a: (), b: (u8,), c: (u8, u8), d: (u8, (i8, String)), e: ((),)) -> (f32, f32);
    fn arrays(&mut self, a: [f32; 2], b: [i8; 40], c: [[u8; 3]; 2], d: [(); 3]) -> [Point; 2];
    fn options(&mut self, a: Option<u8>, b: Option<Point>, c: Option<(u8, Vec<u8>)>) -> Option<Option1>;
    fn maps(
        &mut self,
        a: BTreeMap<String, f32>,
        b: BTreeMap<Key, Option<Point>>,
    ) -> BTreeMap<(u8, bool), Level>;
    fn structs(&mut self, a: Point, b: Same, c: Outer, d: Empty, e: Pair, f: Metres) -> Outer;
    fn enums(&mut self, a: Level, b: Gear, c: Unit, d: Event) -> Result<Event, Gear>;
    fn long(&mut self, a: Long, b: Mixed) -> Result<(), Long>;
    fn keywords(&mut self, r#type: Keywords, r#fn: r#match, self_: u8) -> r#match;
    #[command(name = "size")]
    fn größe(&mut self, é: u8, Ü: Punkt);
    #[command(repr)]
    fn empty(&mut self, a: Empty) -> Empty;
    #[command(returns = "repr")]
    fn nothing(&mut self) -> Empty;
    fn none(&mut self, a: Empty) -> Empty;
    fn failed(&mut self) -> Result<(), Empty>;
    #[command(postcard)]
    fn posted(&mut self, a: Posted, b: Vec<u8>, c: &str, d: Option<Option<u8>>) -> Result<Posted, Level>;
    #[command(format = "postcard", returns = "B")]
    fn posted_in(&mut self, a: BTreeMap<u8, String>) -> u8;
    #[command(raw)]
    fn raw(&mut self, a: &str) -> [u8; 4];
    #[command(name = "a \"name\" \\", format = ">hb", returns = "4s", idempotent, timeout_ms = 1_000_000_000)]
    fn named(&mut self, a: i16, b: i8) -> String;
    #[command(format = "4s4s", oneway)]
    fn said(&mut self, a: &str, b: &[u8]);
    /// The documentation has a `*/` and a "quote", and goes on:
    ///
    /// ```
    /// panic!("it is not run")
    /// ```
    ///
    ///     panic!("nor is this")
    fn quoted(&mut self);
    #[allow(clippy::too_many_arguments)]
    fn many(&mut self, first: Event, second: Event, third: Event, fourth: Event, fifth: Event, sixth: Event);
}

macro_rules! values {
    ($($(#[$attribute:meta])* $kind:ident $name:ident $body:tt)*) => {$(
        #[derive(Value)]
        #[allow(dead_code, reason = "only its shape is used")]
        $(#[$attribute])*
        pub(crate) $kind $name $body
    )*};
}

values! {
    struct Point { pub(crate) x: f32, pub(crate) y: f32 }
    struct Same { pub(crate) x: f32, pub(crate) y: f32 }
    struct Outer { pub(crate) point: Point, pub(crate) level: Level, pub(crate) more: Vec<Inner> }
    struct Inner { pub(crate) name: String, pub(crate) data: [u8; 20] }
    struct Empty {}
    struct Option1 { pub(crate) value: u8 }
    struct Keywords { pub(crate) r#type: u8, pub(crate) r#gen: u8, pub(crate) union: u8 }
    struct Punkt { pub(crate) größe: u8 }
    #[repr(i16)] enum Level { Low = -300, Middle = 0, High = 300 }
    #[repr(u64)] enum Gear { Slow, Fast, Last = u64::MAX }
    #[repr(u8)] enum Unit { Only }
    enum Event { Nothing, Some(u8), Two(u8, Point), Moving { speed: f32, heading: i16, place: Option<Point> }, Ok { r#in: Level } }
}

#[derive(Value)]
#[allow(non_camel_case_types)]
pub(crate) enum r#match {
    r#if,
    Else(u8),
}

#[derive(Value)]
pub(crate) struct Metres(pub(crate) f32);

#[derive(Value)]
pub(crate) struct Pair(pub(crate) u8, pub(crate) u8);

#[derive(Value, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) part: KeyPart,
}

#[derive(Value, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum KeyPart {
    A = 1,
    B = 3,
}

#[derive(Value, serde::Serialize, serde::Deserialize)]
pub(crate) struct Posted {
    pub(crate) at: (u8, [i16; 4]),
    pub(crate) mode: PostedMode,
    pub(crate) names: Vec<String>,
}

#[derive(Value, serde::Serialize, serde::Deserialize)]
pub(crate) enum PostedMode {
    On,
    Off { after: u32 },
}

type B = u8;

/// Twenty bytes that are no bytes on the wire, but twenty numbers.
#[rustfmt::skip]
#[derive(Value)]
pub(crate) struct Long(
    pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B,
    pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B,
    pub(crate) B, pub(crate) B,
);

/// Thirteen values, one more than a tuple may have.
#[rustfmt::skip]
#[derive(Value)]
pub(crate) struct Mixed(
    pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) B,
    pub(crate) B, pub(crate) B, pub(crate) B, pub(crate) f32,
);
