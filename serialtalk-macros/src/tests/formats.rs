//! The formats that documentation names are those on the wire.

use syn::Type;

use crate::syntax::plain_format;

/// Makes an interface with a method for each row, and what documentation says of the types of its arguments.
macro_rules! formats {
    ($($method:ident: $($argument:ident: $type:ty),+;)*) => {
        #[serialtalk::interface]
        trait Formats {
            $(fn $method(&mut self, $($argument: $type),+);)*
        }

        fn documented() -> Vec<(&'static str, Vec<Type>)> {
            vec![$((stringify!($method), vec![$(syn::parse_quote!($type)),+])),*]
        }
    };
}

formats! {
    floats: a: f32, b: f32;
    double: a: f64;
    unsigned: a: u8, b: u16, c: u32, d: u64;
    aligned: a: u64, b: u32, c: u16, d: u8, e: bool;
    signed: a: i8, b: i16, c: i32, d: i64;
    wide: a: u128;
    run: a: [f32; 3], b: f32, c: (f32, u16);
    arrays: a: [[u16; 2]; 3], b: [(u8, i8); 2];
    bytes: a: [u8; 64], b: u32;
    odd_bytes: a: [u8; 3], b: u16;
    one_byte: a: [u8; 1];
    nested_bytes: a: [[u8; 2]; 3];
    borrowed: a: &[u8];
    block: a: u32, b: &[u8];
    behind_block: a: &[u8], b: u32;
    bytes_behind_block: a: &[u8], b: u8, c: [u8; 2];
    owned: a: serialtalk::heapless::Vec<u8, 9>;
    list: a: serialtalk::heapless::Vec<u16, 9>;
    text: a: &str, b: u8;
    owned_text: a: serialtalk::heapless::String<9>;
    optional: a: Option<u8>;
    letter: a: (char, u8);
    hidden: a: [(u8, Option<bool>); 2];
}

#[test]
fn documentation_names_the_format_on_the_wire() {
    for (method, types) in documented() {
        let named = plain_format::of(&types.iter().collect::<Vec<_>>());
        let command = FORMATS_INTERFACE.command(method).unwrap();
        assert_eq!(named.as_deref(), Some(command.format), "{method}");
    }
}

#[test]
fn what_only_the_compiler_knows_is_not_guessed() {
    let unknown: [Type; 5] = [
        syn::parse_quote!(Imu),
        syn::parse_quote!([f32; JOINTS]),
        syn::parse_quote!((u8, Imu)),
        syn::parse_quote!(<Robot as Moving>::Pose),
        syn::parse_quote!(own::f32),
    ];
    for ty in &unknown {
        assert_eq!(plain_format::of(&[ty]), None);
    }
    // A literal holds every other value as well.
    assert_eq!(plain_format::of(&[&unknown[0], &syn::parse_quote!(&str)]).as_deref(), Some("repr"));
}
