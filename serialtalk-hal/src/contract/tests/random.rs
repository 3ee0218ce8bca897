//! Contracts of chance.

use proptest::prelude::*;

use super::interface;
use crate::contract::{Command, Interface, Signature};

/// The text of a type, mostly one that is written well.
fn ty() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "u8",
        "i16",
        "u64",
        "u128",
        "bool",
        "f32",
        "f64",
        "char",
        "str",
        "[u8]",
        "[u8; 4]",
        "()",
        "{A | B}",
        "u8 {A = 0 | type = 7}",
        "i8 {A = -128}",
        "serde",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
        let three = (inner.clone(), inner.clone(), inner.clone());
        prop_oneof![
            inner.clone().prop_map(|a| format!("[{a}]")),
            inner.clone().prop_map(|a| format!("{a}?")),
            inner.clone().prop_map(|a| format!("({a},)")),
            (inner.clone(), 2usize..40).prop_map(|(a, len)| format!("({a}; {len})")),
            three.clone().prop_map(|(a, b, c)| format!("({a}, {b}, {c})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{{a} => {b}}}")),
            three.clone().prop_map(|(a, b, c)| format!("{{x: {a}, fn: {b}, größe: {c}}}")),
            three.prop_map(|(a, b, c)| format!("{{A | B({a}, {b}) | C(match: {c})}}")),
            inner,
        ]
    })
}

fn signature() -> impl Strategy<Value = String> {
    let encoding = prop::sample::select(vec!["", "", " as repr", " as raw", " as postcard", " as \"<Bf\""]);
    let name =
        prop::sample::select(vec!["mult", "\"set color\"", "\"a\\\"b\\\\\"", "a.b", "type", "self", "new"]);
    (name, ty(), ty(), encoding.clone(), ty(), encoding, prop::option::of(ty())).prop_map(
        |(name, a, b, format, value, returns, error)| {
            let error = error.map(|error| format!(" or {error}")).unwrap_or_default();
            format!("{name}(a: {a}, in: {b}){format} -> {value}{returns}{error}")
        },
    )
}

/// A description of a well-written signature.
fn described() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec![
        "Imu",
        "r#type",
        "String",
        "Vec<Imu>",
        "(A, B, C)",
        "x::y",
        "<A as B>::C",
        "[Imu; 2]",
        "_9",
    ]);
    let docs = prop_oneof![Just(String::new()), ".{0,40}", "[`~/* \t\n\r\"]{0,40}"];
    (signature(), [text.clone(), text.clone(), text.clone(), text], docs).prop_map(
        |(signature, [a, b, c, d], docs)| {
            let error = if signature.contains(" or ") { format!(" or {d}") } else { String::new() };
            format!("{signature}\nrust go(a: {a}, in: {b}) -> {c}{error}\n\n{docs}")
        },
    )
}

/// A text with some of its characters replaced, removed or doubled.
fn mutated(text: String) -> impl Strategy<Value = String> {
    let change = (
        any::<prop::sample::Index>(),
        prop::sample::select(" ,;:|?=>{}()[]\"\\a0-\n\u{301}é".chars().collect::<Vec<_>>()),
        0..3,
    );
    prop::collection::vec(change, 1..4).prop_map(move |changes| {
        let mut letters: Vec<char> = text.chars().collect();
        for (at, letter, how) in changes {
            let at = at.index(letters.len().max(1)).min(letters.len().saturating_sub(1));
            match how {
                0 if !letters.is_empty() => drop(letters.remove(at)),
                1 if !letters.is_empty() => letters[at] = letter,
                _ => letters.insert(at, letter),
            }
        }
        letters.into_iter().collect()
    })
}

fn assert_round_trip(text: &str) {
    if let Ok(signature) = text.parse::<Signature>() {
        assert_eq!(signature.to_string(), text);
    }
}

/// Whatever is accepted is written as Rust that parses, with no more in it than a trait, its types and its check.
fn assert_harmless(description: &str) -> bool {
    let Ok(command) = description.parse::<Command>() else { return false };
    assert_eq!(command.signature().to_string(), description.lines().next().unwrap_or_default());
    let interface = Interface::new("Board", description, vec![command]).unwrap();
    let Ok(source) = interface.to_rust("Robot") else { return false };
    let file = syn::parse_file(&source).unwrap_or_else(|error| panic!("{error}: {source}"));
    for item in &file.items {
        assert!(
            matches!(
                item,
                syn::Item::Trait(_) | syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Const(_)
            ),
            "{source}"
        );
    }
    assert!(file.attrs.is_empty(), "{source}");
    assert!(matches!(&file.items[0], syn::Item::Trait(item) if item.items.len() == 1), "{source}");
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}", letters in "[a-c(){}\\[\\]:,;|?=> \"\\\\u8f32\\-]{0,60}") {
        for text in [text, letters] {
            assert_round_trip(&text);
            assert_harmless(&text);
            assert_harmless(&format!("f()\nrust {text}"));
            assert_harmless(&format!("f()\nrust f()\n{text}"));
        }
    }

    #[test]
    fn well_written_signatures_are_read(text in signature()) {
        // Those with equal elements in a tuple, or an empty value without an encoding, are not.
        assert_round_trip(&text);
    }

    #[test]
    fn mutated_descriptions_are_written_as_rust_or_refused(text in described().prop_flat_map(mutated)) {
        assert_harmless(&text);
    }

    #[test]
    fn descriptions_are_written_as_rust(text in described()) {
        assert_harmless(&text);
    }
}

#[test]
fn the_descriptions_of_these_tests_are_often_accepted() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let texts = (0..300).map(|_| described().new_tree(&mut runner).unwrap().current());
    let accepted = texts.filter(|text| assert_harmless(text)).count();
    assert!(accepted > 50, "{accepted}");
    assert_eq!(interface(&[]).commands().len(), 0);
}
