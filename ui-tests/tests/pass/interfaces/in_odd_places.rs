//! Traits and types inside functions, constants and macros.
#![deny(warnings)]

struct Outer;

impl Outer {
    fn method<T>() -> usize {
        #[serialtalk::interface]
        trait Inside {
            async fn wait(&mut self, value: u8) -> u8;
        }
        INSIDE_INTERFACE.commands.len()
    }
}

const COUNT: usize = {
    #[serialtalk::interface]
    trait Inside {
        fn read(&mut self) -> u8;
    }
    INSIDE_INTERFACE.commands.len()
};

macro_rules! interface_of_methods {
    ($name:ident, $($method:ident($($argument:ident: $ty:ty),*) -> $value:ty;)*) => {
        #[serialtalk::interface]
        pub trait $name {
            $(fn $method(&mut self, $($argument: $ty),*) -> $value;)*
            fn fixed(&mut self, value: u8) -> u8;
        }
    };
}

interface_of_methods! { Robot, read(from: u8, name: &str) -> u8; list(value: Option<u8>) -> Vec<u8>; }

macro_rules! interface_of_tokens {
    ($($methods:tt)*) => {
        #[serialtalk::interface]
        trait Tokens { $($methods)* }
    };
}

interface_of_tokens! { #[command(oneway)] fn led(&self, value: u8); }

macro_rules! interface_of_an_item {
    ($item:item) => { #[serialtalk::interface] $item };
}

interface_of_an_item! { pub(crate) trait Item { fn read(&mut self, a: u8) -> u8; } }

macro_rules! values {
    ($name:ident { $($field:ident: $ty:ty),* }, $choice:ident { $($variant:ident = $number:literal),* } $last:expr) => {
        #[derive(serialtalk::Value, Debug)]
        struct $name { $($field: $ty,)* fixed: u8 }

        #[derive(serialtalk::Value, Debug)]
        #[repr(u8)]
        enum $choice { $($variant = $number,)* Fixed = $last }
    };
}

values! { Reading { value: u8, decoder: f32 }, Mode { Off = 1, On = 2 } 2 + 1 }

macro_rules! documented {
    ($docs:literal, $more:expr, $len:expr) => {
        #[doc = $docs]
        #[serialtalk::interface]
        pub trait Documented {
            #[doc = $docs]
            #[doc = $more]
            fn read(&mut self, data: [u8; $len]) -> [u8; $len + 1];
        }
    };
}

documented! { "docs", concat!("a", "b"), 3 }

fn main() {
    let reading = Reading { value: 1, decoder: 2.0, fixed: 3 };
    println!("{reading:?} {:?} {:?} {:?}", Mode::Off, Mode::On, Mode::Fixed);
    assert_eq!((Outer::method::<u8>(), COUNT), (1, 1));
    assert_eq!((ROBOT_INTERFACE.commands.len(), TOKENS_INTERFACE.commands.len()), (3, 1));
    assert_eq!((ITEM_INTERFACE.commands[0].name, DOCUMENTED_INTERFACE.commands[0].docs.trim()), ("read", "docs\nab"));
}
