//! Violations that are planted in a small tree of modules, which has none.

use super::order::{Rule, Uses};
use super::sources::Sources;

const RULES: &[Rule] = &[
    Rule { modules: &["wire"], uses: Uses::Only(&[]) },
    Rule { modules: &["codec"], uses: Uses::Only(&["wire"]) },
    Rule { modules: &["clock"], uses: Uses::Only(&[]) },
    Rule { modules: &["driver"], uses: Uses::Only(&["wire", "codec", "clock"]) },
    Rule { modules: &["apart"], uses: Uses::Only(&["clock"]) },
    Rule { modules: &["private", "lib"], uses: Uses::Everything },
];

/// A tree with re-exports, globs, macros, tests and `#[path]`, in which nothing is wrong.
const CLEAN: [(&str, &str); 14] = [
    (
        "lib.rs",
        "#[doc(hidden)] #[path = \"private.rs\"] pub mod __private;
         mod apart; mod clock; mod codec; mod driver; mod wire;
         pub use codec::{Decode, Value as Any};
         pub use driver::Talk;",
    ),
    ("private.rs", "#[path = \"private/checks.rs\"] mod checks; pub use checks::check; pub use crate::wire::Frame;"),
    ("private/checks.rs", "use crate::codec::Value; pub fn check(_: Value) {}"),
    ("wire.rs", "mod frame; pub mod payload; pub(crate) use frame::*; pub use payload::Payload;"),
    ("wire/frame.rs", "pub struct Frame; #[cfg(test)] mod tests;"),
    ("wire/frame/tests.rs", "use super::*; use crate::codec::Value;"),
    ("wire/payload.rs", "use super::Frame; pub struct Payload(Frame);"),
    ("codec.rs", "mod decode; mod value; pub use decode::Decode; pub use value::Value;"),
    (
        "codec/decode.rs",
        "use crate::wire::{self, payload::Payload};
         pub trait Decode { fn decode(_: &wire::Frame, _: Payload) -> Self; }
         macro_rules! decode { ($t:ty) => { impl $crate::codec::decode::Decode for $t {} } }
         pub(crate) use decode;",
    ),
    (
        "codec/value.rs",
        "use super::{Decode, decode::decode};
         pub enum Value { None }
         decode!(u8);
         impl Decode for Value { fn decode(_: &crate::wire::Frame, _: crate::wire::Payload) -> Self { Value::None } }
         #[cfg(test)] mod tests { use crate::driver::Talk; }",
    ),
    ("clock.rs", "pub trait Clock {}"),
    (
        "driver.rs",
        "use crate::{Any, clock::Clock}; pub struct Talk<C: Clock>(C);
         #[macro_export] macro_rules! talk { ($t:ty) => { $crate::__private::check::<$t>() } }",
    ),
    ("apart.rs", "mod inner; #[cfg(all(test, unix))] mod tests { use crate::wire::Frame; }"),
    ("apart/inner.rs", "pub(in crate::apart) struct Inner<C: crate::clock::Clock>(C);"),
];

/// The faults of the clean tree with code added to the end of one of its files.
fn faults(file: &str, code: &str) -> Vec<String> {
    let mut files = CLEAN.map(|(path, text)| (path, text.to_owned()));
    let (_, text) = files.iter_mut().find(|(path, _)| *path == file).unwrap();
    text.push('\n');
    text.push_str(code);
    let sources = Sources::of(files.iter().map(|(path, text)| (*path, &**text)));
    super::check(&sources, RULES).unwrap().faults
}

/// Expects one fault, whose message begins and goes on like this.
#[track_caller]
fn assert_fault(file: &str, code: &str, begin: &str, more: &str) {
    let faults = faults(file, code);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].starts_with(begin) && faults[0].contains(more), "{}", faults[0]);
}

#[test]
fn a_clean_tree_has_no_faults() {
    assert_eq!(faults("clock.rs", ""), Vec::<String>::new());
}

#[test]
fn edges_between_top_level_modules_are_listed_in_the_order_of_the_layers() {
    let table = super::check(&Sources::of(CLEAN), RULES).unwrap().table();
    assert_eq!(
        table,
        "| module | uses |\n|---|---|\n\
         | `wire` |  |\n\
         | `codec` | `wire` |\n\
         | `clock` |  |\n\
         | `driver` | `clock`, `codec` |\n\
         | `apart` | `clock` |\n\
         | `__private` | `codec`, `wire` |\n\
         | `lib` | `codec`, `driver` |\n"
    );
}

#[test]
fn a_use_of_a_module_to_the_right_is_a_fault() {
    let fault = "uses right-hand module `codec`: `wire` may use none";
    let begin = "src/wire/payload.rs:2: `crate::codec::Value`";
    assert_fault("wire/payload.rs", "use crate::codec::Value;", begin, fault);
    assert_fault("wire/payload.rs", "use crate::{codec::{Value as V}};", begin, fault);
    assert_fault(
        "wire/payload.rs",
        "fn f() { use super::super::codec::*; }",
        "src/wire/payload.rs:2: `super",
        fault,
    );
    assert_fault("wire/payload.rs", "use crate::codec;", "src/wire/payload.rs:2: `crate::codec`", fault);
    let fault = "uses right-hand module `driver`: `codec` may use wire";
    assert_fault("codec/value.rs", "pub use crate::Talk;", "src/codec/value.rs:6: `crate::Talk`", fault);
}

#[test]
fn a_path_to_the_right_is_a_fault_wherever_it_is_in_code() {
    for code in [
        "fn f() { crate::codec::Value::None; }",
        "type T = crate::codec::Value;",
        "fn f<T: crate::codec::Decode>() {}",
        "fn f() { <u8 as crate::codec::Decode>::decode(); }",
        "fn f(x: u8) { match x { crate::codec::Value::None => {} } }",
        "#[some(crate::codec::Value)] struct S;",
        "mod inline { type T = super::super::super::codec::Value; }",
        "impl Payload { fn f() -> Option<Vec<crate::codec::Value>> {} }",
    ] {
        assert_fault("wire/payload.rs", code, "src/wire/payload.rs:2: `", "uses right-hand module `codec`");
    }
}

#[test]
fn a_path_to_the_right_is_a_fault_in_macros() {
    for code in [
        "macro_rules! m { () => { $crate::codec::Value::None } }",
        "macro_rules! m { () => { fn f() { crate::codec::Value::None } } }",
        "macro_rules! m { ($t:ident) => { use super::super::codec::{$t, Value}; } }",
        "fn f() { assert!(matches!(x, [crate::codec::Value::None])); }",
        "some! { use crate::codec::*; }",
        "fn f() { crate::codec::decode::decode!(u8) }",
    ] {
        let faults = faults("wire/payload.rs", code);
        let wrong = |fault: &String| {
            fault.starts_with("src/wire/payload.rs:2: `") && fault.contains("uses right-hand module `codec`")
        };
        assert!(!faults.is_empty() && faults.iter().all(wrong), "{code}: {faults:#?}");
    }
}

#[test]
fn an_imported_module_is_used_by_the_paths_that_begin_with_it() {
    assert_eq!(faults("wire/frame.rs", "use super::payload as other;"), Vec::<String>::new());
    let code = "use super::payload as other; type T = other::Payload;";
    assert_fault("wire/frame.rs", code, "src/wire/frame.rs", "src/wire/frame.rs:2: `other::Payload` uses");
}

#[test]
fn what_stands_apart_neither_uses_the_layers_nor_is_used_by_them() {
    let fault = "uses right-hand module `wire`: `apart` may use clock";
    assert_fault("apart/inner.rs", "use crate::wire::Frame;", "src/apart/inner.rs:2:", fault);
    assert_fault("driver.rs", "use crate::apart;", "src/driver.rs:3:", "uses right-hand module `apart`");
}

#[test]
fn a_face_is_used_by_nothing() {
    let fault = "uses `__private`, a face of the crate that nothing in it may use";
    assert_fault(
        "driver.rs",
        "use crate::__private::Frame;",
        "src/driver.rs:3: `crate::__private::Frame`",
        fault,
    );
    assert_fault("driver.rs", "fn f() { crate::__private::check() }", "src/driver.rs:3:", fault);
    let faults = faults("driver.rs", "macro_rules! own { () => { $crate::$name } }");
    let fault = "src/driver.rs:3: `$crate` uses `lib`, a face of the crate that nothing in it may use";
    assert_eq!(faults[0], fault);
}

#[test]
fn two_files_that_use_each_other_form_a_circle() {
    assert_fault(
        "wire/frame.rs",
        "use super::Payload;",
        "src/wire/frame.rs: these files form a circle:",
        "\n    src/wire/frame.rs:2: `super::Payload` uses src/wire/payload.rs\
         \n    src/wire/payload.rs:1: `super::Frame` uses src/wire/frame.rs",
    );
}

#[test]
fn a_child_that_uses_what_its_parent_defines_forms_a_circle_with_it() {
    let files = [
        ("lib.rs", "mod parent; pub use parent::Child;"),
        ("parent.rs", "mod child; pub use child::Child; pub const MAX: u8 = 1;"),
        ("parent/child.rs", "pub struct Child([u8; super::MAX]);"),
    ];
    let faults = super::check(&Sources::of(files), &[]).unwrap().faults;
    assert_eq!(
        faults,
        ["src/parent/child.rs: these files form a circle:\
          \n    src/parent/child.rs:1: `super::MAX` uses src/parent.rs\
          \n    src/parent.rs:1: `child::Child` uses src/parent/child.rs"]
    );
}

#[test]
fn a_circle_through_a_glob_is_found() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "pub struct A; use crate::b::*;"),
        ("b.rs", "pub use crate::c::C;"),
        ("c.rs", "use crate::a::A; pub struct C;"),
    ];
    let faults = super::check(&Sources::of(files), &[]).unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].contains("src/a.rs:1: `crate::b` uses src/c.rs"), "{}", faults[0]);
}

#[test]
fn macros_found_by_textual_scope_count() {
    let files = [
        ("lib.rs", "#[macro_use] mod a; mod b;"),
        ("a.rs", "use crate::b::B; macro_rules! make { () => {} }"),
        ("b.rs", "make!(); pub struct B;"),
    ];
    let faults = super::check(&Sources::of(files), &[]).unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].contains("src/b.rs:1: `make` uses src/a.rs"), "{}", faults[0]);
}

#[test]
fn a_top_level_module_without_a_layer_is_a_fault() {
    let files = [("lib.rs", "mod wire;\nmod new;"), ("wire.rs", ""), ("new.rs", "")];
    let faults = super::check(&Sources::of(files), RULES).unwrap().faults;
    assert_eq!(faults, ["src/lib.rs:2: the module `new` is in no layer of xtask/src/layers/order.rs"]);
}

#[test]
fn a_file_that_nothing_declares_is_an_error() {
    let sources = Sources::of([("lib.rs", "mod a;"), ("a.rs", ""), ("b.rs", "")]);
    let error = super::check(&sources, RULES).unwrap_err().to_string();
    assert_eq!(error, "no `mod` declaration reaches these files: [\"src/b.rs\"]");
}
