//! What the macros emit, pretty-printed.
//!
//! `UPDATE_EXPECT=1 cargo test -p serialtalk-macros` writes the snapshots anew: read what changed.

mod formats;

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;
use quote::quote;

fn check(items: TokenStream, expected: &ExpectFile) {
    let file = syn::parse2(items).expect("the items are Rust");
    expected.assert_eq(&prettyplease::unparse(&file));
}

fn interface(options: TokenStream, item: TokenStream, expected: &ExpectFile) {
    check(crate::expand::interface(options, item), expected);
}

fn value(item: TokenStream, expected: &ExpectFile) {
    check(crate::expand::value(item), expected);
}

#[test]
fn two_methods() {
    interface(
        quote!(),
        quote! {
            /// A robot.
            pub trait Robot {
                /// Product of two numbers.
                fn mult(&mut self, a: f32, b: f32) -> f32;
                fn reset(&mut self);
            }
        },
        &expect_file!["../tests/snapshots/two_methods.rs"],
    );
}

#[test]
fn every_option_of_an_interface() {
    interface(
        quote!(prefix = "arm.", module = "arm", describe = "signatures", send, crate = ::robots::wire),
        quote! {
            pub(crate) trait Arm: Send {
                async fn grip(&self, force: u8) -> Result<u8, Fault>;
                fn pose(&self) -> Pose;
            }
        },
        &expect_file!["../tests/snapshots/every_option_of_an_interface.rs"],
    );
}

#[test]
fn every_option_of_a_command() {
    interface(
        quote!(contract = false),
        quote! {
            pub trait Arm {
                #[cfg(unix)]
                #[command(timeout_ms = 5000, idempotent)]
                fn grip(&self, force: u8) -> Result<u8, Fault>;
                #[command(name = "set color", repr)]
                async fn set_color(&mut self, rgb: [u8; 3]) -> Result<(), Fault>;
                #[deprecated]
                #[command(oneway, raw)]
                fn upload(&mut self, block: &[u8]);
                #[command(format = "<Bf", returns = "postcard")]
                fn drive(&mut self, motor: u8, speed: f32) -> Plan;
                #[command(format = "postcard", returns = "f")]
                fn cost(&mut self, plan: Plan) -> f32;
            }
        },
        &expect_file!["../tests/snapshots/every_option_of_a_command.rs"],
    );
}

#[test]
fn mistakes() {
    interface(
        quote!(),
        quote! {
            pub trait Robot {
                fn read(&mut self, index: usize) -> u8;
                fn reset(&mut self);
            }
        },
        &expect_file!["../tests/snapshots/mistakes.rs"],
    );
}

#[test]
fn a_struct() {
    value(
        quote! {
            pub struct Imu<'a, T> {
                x: T,
                name: &'a str,
            }
        },
        &expect_file!["../tests/snapshots/a_struct.rs"],
    );
}

#[test]
fn a_transparent_struct() {
    value(
        quote!(
            pub struct Meters(pub f32);
        ),
        &expect_file!["../tests/snapshots/a_transparent_struct.rs"],
    );
}

#[test]
fn an_enum_without_data() {
    value(
        quote! {
            #[repr(i16)]
            pub enum Mode {
                Slow = -300,
                Fast = 300,
            }
        },
        &expect_file!["../tests/snapshots/an_enum_without_data.rs"],
    );
}

#[test]
fn an_enum_with_data() {
    value(
        quote! {
            pub enum State {
                Idle,
                Moving { speed: u16 },
                At(f32, f32),
            }
        },
        &expect_file!["../tests/snapshots/an_enum_with_data.rs"],
    );
}
