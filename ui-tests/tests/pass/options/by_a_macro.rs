//! Options that come out of another macro, in every place.

use serialtalk::Timeout;

macro_rules! by_expressions {
    ($prefix:expr, $module:expr, $name:expr, $format:expr, $returns:expr, $ms:expr, $never:expr) => {
        #[serialtalk::interface(prefix = $prefix, module = $module)]
        pub trait Arm {
            #[command(name = $name, format = $format, returns = $returns, timeout_ms = $ms)]
            fn set_color(&mut self, hue: u16) -> u8;
            #[command(timeout_ms = $ms, returns = $returns, format = $format)]
            fn turn(&mut self, hue: u16) -> u8;
            #[command(timeout_ms = $never, idempotent)]
            fn rest(&mut self);
        }
    };
}

macro_rules! by_literals {
    ($path:path, $module:literal, $prefix:literal, $name:literal, $ms:literal, $flag:meta, $last:meta) => {
        #[serialtalk::interface(crate = $path, module = $module, prefix = $prefix)]
        pub trait Leg {
            #[command(timeout_ms = $ms, name = $name, $flag, $last)]
            fn kick(&mut self, force: u8);
        }

        #[derive(serialtalk::Value)]
        #[value(crate = $path)]
        pub struct Angle(pub u8);
    };
}

by_expressions!("arm.", "arm", "set color", "<H", "repr", 500, never);
by_literals!(::serialtalk, "leg", "leg.", "kick it", 250, idempotent, format = "repr");

fn main() {
    let [set_color, turn, rest] = ARM_INTERFACE.commands else { panic!() };
    assert_eq!((ARM_INTERFACE.module, set_color.name, turn.name), ("arm", "set color", "arm.turn"));
    for command in [set_color, turn] {
        assert_eq!((command.format, command.return_format), ("<H", "repr"));
        assert_eq!(command.timeout, Some(Timeout::Ms(500)));
    }
    assert_eq!(rest.timeout, Some(Timeout::Never));
    let [kick] = LEG_INTERFACE.commands else { panic!() };
    assert_eq!((kick.name, kick.timeout, kick.idempotent), ("kick it", Some(Timeout::Ms(250)), true));
    assert_eq!(kick.format, "repr");
}
