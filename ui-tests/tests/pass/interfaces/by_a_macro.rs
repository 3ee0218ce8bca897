//! A trait that another macro generates.

macro_rules! sensor {
    ($name:ident, $method:ident: $value:ty, $wire:literal) => {
        #[serialtalk::interface]
        pub trait $name {
            #[command(name = $wire)]
            fn $method(&mut self) -> $value;
        }
    };
}

sensor!(Gyro, rate: f32, "gyro rate");
sensor!(Light, level: u16, "light level");

fn main() {
    assert_eq!(GYRO_INTERFACE.commands[0].name, "gyro rate");
    assert_eq!(LIGHT_INTERFACE.commands[0].return_format, "H");
}
