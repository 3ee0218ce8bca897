//! What a board says of itself, into a contract, JSON and a trait in Rust. The first byte says what the text is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serialtalk_hal::contract::{Command, Interface, MAX_CONTRACT, Signature};

fuzz_target!(|input: &[u8]| {
    let Some((kind, text)) = input.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    match kind % 4 {
        0 => signature(text),
        1 => described(text),
        2 => described(&format!("f()\nrust {text}")),
        _ => json(text),
    }
});

/// A signature is read only if it is written as it would be written here.
fn signature(text: &str) {
    match text.parse::<Signature>() {
        Ok(signature) => assert_eq!(signature.to_string(), text),
        Err(error) => assert!(error.to_string().len() < 2 * text.len() + 1000),
    }
}

fn described(text: &str) {
    match text.parse::<Command>() {
        Ok(command) => {
            assert_eq!(Some(&*command.signature().to_string()), text.lines().next());
            let interface = Interface::new("Board", text, vec![command]).unwrap();
            kept(&interface);
            written(&interface);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn json(text: &str) {
    if let Ok(interface) = serde_json::from_str::<Interface>(text) {
        kept(&interface);
        written(&interface);
    }
}

/// A contract is the same after it was kept.
fn kept(interface: &Interface) {
    let json = serde_json::to_string(interface).unwrap();
    assert_eq!(&serde_json::from_str::<Interface>(&json).unwrap(), interface);
    assert!(interface.to_string().len() <= 2 * MAX_CONTRACT);
}

/// Whatever is accepted is written as Rust that parses, with no more in it than a trait, its types and its check.
fn written(interface: &Interface) {
    let Ok(source) = interface.to_rust("Robot") else { return };
    let file = syn::parse_file(&source).unwrap_or_else(|error| panic!("{error}: {source}"));
    assert!(file.attrs.is_empty(), "{source}");
    let mut traits = 0;
    for item in &file.items {
        match item {
            syn::Item::Trait(item) => {
                traits += 1;
                assert_eq!(item.items.len(), interface.commands().len(), "{source}");
            }
            syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Const(_) => {}
            _ => panic!("more than a trait and its types: {source}"),
        }
    }
    assert_eq!(traits, 1, "{source}");
}
