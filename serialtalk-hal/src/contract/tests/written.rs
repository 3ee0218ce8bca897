//! Contracts as Rust.

use super::interface;
use crate::contract::Unwritable;

pub(super) const ALL: &[&str] = &[
    "power() -> {volts: f32, amps: f32}\nrust power() -> robot::Power\n\nWhat the battery gives.\n\nFor now.",
    "history(most: u8) -> [{volts: f32, amps: f32}]\nrust history(most: u8) -> heapless::Vec<Power, 8>",
    "\"set gear\"(gear: u8 {Slow = 0 | Fast = 1}) as repr\nrust set_gear(gear: Gear)\noptions oneway",
    "far.power() or {Moving(speed: u16, heading: i16, place: str) | Tilted}\nrust power() or Fault\noptions idempotent, timeout_ms = 800",
    "type(in: str, data: [u8], map: {str => i16 {Low = -5 | High = 5}?}) -> (u8; 3)\nrust type(in: &str, data: &[u8], map: BTreeMap<String, Option<Level>>) -> (u8, u8, u8)",
];

const WRITTEN: &str = r#"// Written from the contract of a peer: write it again instead of changing it.

#[serialtalk::interface]
pub trait Robot {
    /// What the battery gives.
    ///
    /// For now.
    fn power(&mut self) -> Power;

    fn history(&mut self, most: u8) -> Vec<Power>;

    #[command(name = "set gear", repr, oneway)]
    fn set_gear(&mut self, gear: Gear);

    #[command(name = "far.power", idempotent, timeout_ms = 800)]
    fn far_power(&mut self) -> Result<(), Fault>;

    fn r#type(
        &mut self,
        r#in: &str,
        data: &[u8],
        map: std::collections::BTreeMap<String, Option<Level>>,
    ) -> (u8, u8, u8);
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub struct Power {
    pub volts: f32,
    pub amps: f32,
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Gear {
    Slow,
    Fast,
}

#[derive(serialtalk::Value, Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Moving {
        speed: u16,
        heading: i16,
        place: String,
    },
    Tilted,
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i16)]
pub enum Level {
    Low = -5,
    High = 5,
}
"#;

#[test]
fn a_contract_is_written_as_a_trait_with_its_types() {
    let all = interface(ALL);
    let source = all.to_rust("Robot").unwrap();
    let hash = format!("{:#010x}", all.hash());
    let (high, low) = hash.split_at(6);
    let check = format!(
        "\nconst _: () = assert!(\n    ROBOT_INTERFACE.hash() == {high}_{low},\n    \
         \"the trait is not what the peer has: write it again from the contract of the peer\"\n);\n"
    );
    assert_eq!(source, format!("{WRITTEN}{check}"));
}

fn written(description: &str) -> Result<String, Unwritable> {
    interface(&[description]).to_rust("Robot")
}

fn assert_has(description: &str, parts: &[&str]) {
    let source = written(description).unwrap();
    for part in parts {
        assert!(source.contains(part), "{part} in {source}");
    }
}

#[test]
fn types_without_a_name_are_named_after_their_command() {
    assert_has(
        "set_pose(to: {at: {x: u8}, z: (u8; 13)}) -> [(f32, {A | B(c: {d: u8})})] or u8 {No = 0}\n\
         rust set_pose(to: <Foo as Bar>::Baz) -> Poses or Option<u8>",
        &[
            "fn set_pose(&mut self, to: SetPoseTo) -> Result<Vec<(f32, SetPoseValue2)>, SetPoseError>;",
            "pub struct SetPoseTo {\n    pub at: SetPoseToAt,\n    pub z: SetPoseToZ,\n}",
            "pub struct SetPoseToAt {\n    pub x: u8,\n}",
            "pub struct SetPoseToZ(\n    pub u8,\n",
            "pub enum SetPoseValue2 {\n    A,\n    B { c: SetPoseValue2BC },\n}",
            "pub enum SetPoseError {\n    No,\n}",
        ],
    );
}

#[test]
fn names_that_are_taken_or_mean_something_are_not_given_again() {
    assert_has(
        "f(a: {x: u8}, b: {y: u8}, c: {z: u8}, d: {w: u8}, e: {v: u8}, g: {u: u8})\n\
         rust f(a: one::Imu, b: two::Imu, c: Vec, d: RobotClient, e: imu, g: Imu3)",
        &["a: Imu,", "b: Imu2,", "c: FC,", "d: RobotClient2,", "e: Imu3,", "g: Imu32)"],
    );
    let source = interface(&[
        "a()\nrust go()",
        "b()\nrust go()",
        "\"c d\"()\nrust go()",
        "go()\nrust new()",
        "new()\nrust new()",
    ]);
    let source = source.to_rust("Robot").unwrap();
    for part in [
        "#[command(name = \"a\")]\n    fn go(",
        "    fn b(",
        "#[command(name = \"c d\")]\n    fn c_d(",
        "#[command(name = \"go\")]\n    fn new2(",
        "#[command(name = \"new\")]\n    fn new3(",
    ] {
        assert!(source.contains(part), "{part} in {source}");
    }
}

#[test]
fn equal_shapes_are_one_type() {
    let source =
        written("f(a: {x: u8}, b: [{x: u8}]) -> {x: u8}?\nrust f(a: A, b: Vec<B>) -> Option<C>").unwrap();
    assert!(source.contains("fn f(&mut self, a: A, b: Vec<A>) -> Option<A>;"), "{source}");
    assert_eq!(source.matches("pub struct").count(), 1);
}

#[test]
fn a_text_cannot_make_a_type_larger_than_it_is() {
    let (mut ty, mut text) = ("i8".to_owned(), "i8".to_owned());
    for _ in 0..30 {
        ty = format!("({ty}; 12)");
        text = format!("({text}, i8, i8, i8, i8, i8, i8, i8, i8, i8, i8, i8)");
    }
    let source = written(&format!("f() -> {ty}\nrust f() -> {text}")).unwrap();
    assert!(source.len() < 1000, "{}", source.len());
}

#[test]
fn encodings_are_options() {
    for (signature, options) in [
        ("f(a: u8) as repr -> u8 as repr", "repr"),
        ("f(a: u8) as raw", "raw"),
        ("f(a: u8) as postcard -> u8", "format = \"postcard\""),
        ("f(a: u8) -> u8 as postcard", "returns = \"postcard\""),
        ("f() -> u8 as postcard", "postcard"),
        ("f(a: u8) as \"<H\" -> u8 as \"<H\"", "format = \"<H\", returns = \"<H\""),
        ("f(a: u8) as repr -> u8 as raw", "format = \"repr\", returns = \"raw\""),
    ] {
        let argument = if signature.contains("a: u8") { "a: u8" } else { "" };
        let value = if signature.contains("->") { " -> u8" } else { "" };
        assert_has(
            &format!("{signature}\nrust f({argument}){value}"),
            &[&format!("#[command({options})]\n    fn f(")],
        );
    }
}

#[test]
fn types_have_the_traits_that_they_are_needed_for() {
    assert_has(
        "f(m: {{a: {b: u8}} => f32}) -> {c: [u8], e: {d: u8}} as postcard\nrust f(m: M) -> C",
        &[
            "#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]\npub struct FMKey {",
            "#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]\npub struct FMKeyA {",
            "#[derive(serialtalk::Value, Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]\npub struct C {",
            "#[derive(\n    serialtalk::Value, Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize,\n)]\npub struct CE {",
        ],
    );
}

#[test]
fn what_no_trait_can_have_is_refused_with_the_name_of_the_command() {
    for (description, expected) in [
        ("turn(a: [serde])\nrust turn(a: Pose)", "`turn` has a type that only serde knows"),
        ("f() -> {f32 => u8}\nrust f() -> M", "`f` has a map whose keys have floats"),
        ("f() -> {{a: [f64?]} => u8}\nrust f() -> M", "`f` has a map whose keys have floats"),
        ("f() -> u8??\nrust f() -> M", "`f` has an option directly in an option"),
        ("f(a: (u8; 256))\nrust f(a: A)", "`f` has 256 values in a row"),
        ("f(a: [u8; 33]) as postcard\nrust f(a: A)", "`f` has 33 values in a row"),
    ] {
        let error = written(description).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    assert!(written("f(a: u8??) as postcard\nrust f(a: A)").is_ok());
    for name in ["", "a b", "String", "type", "Self", "A;", "Robot\n"] {
        assert!(matches!(interface(&[]).to_rust(name), Err(Unwritable::Name(_))), "{name}");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let docs = "*/ }\n/// \"; fn evil() {}\n//! #![evil]\r#[evil]\n\u{1b}[2J\u{202e}\n```\npanic!()\n```\n\n    panic!()";
    let description = format!("\"a\\\"]\\\\ fn\"()\nrust f()\n\n{docs}");
    let source = written(&description).unwrap();
    let file = syn::parse_file(&source).unwrap();
    assert_eq!(file.items.len(), 2, "{source}");
    assert!(source.contains(r#"#[command(name = "a\"]\\ fn")]"#), "{source}");
    assert!(source.contains("    /// ````text\n"));
    let shown = interface(&["f()\nrust f()\n\n\u{1b}[2J*/"]).to_string();
    assert_eq!(shown, "Board\n  f()    // \u{fffd}[2J*/");
}

#[test]
fn a_contract_of_the_largest_size_is_written_at_once() {
    // Structs of one name that all differ, as many as fit.
    let descriptions: Vec<_> = (0..63)
        .map(|command| {
            let ty = |at| format!("{{x{command}_{at}: u8}}");
            let types: Vec<_> = (0..750).map(ty).collect();
            let texts = vec!["A"; 750].join(", ");
            format!("f{command}(a: ({}))\nrust f(a: ({texts}))", types.join(", "))
        })
        .collect();
    let descriptions: Vec<_> = descriptions.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    let source = interface(&descriptions).to_rust("Robot").unwrap();
    assert!(source.matches("pub struct").count() > 63 * 750);
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
