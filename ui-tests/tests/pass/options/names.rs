//! Names on the wire: chosen by an option, with a prefix, in a module.

#[serialtalk::interface(prefix = "arm.", module = "arm")]
pub trait Arm {
    fn grip(&mut self, force: u8);
    #[command(name = "set color")]
    fn set_color(&mut self, rgb: [u8; 3]);
}

/// The name of a command of another, but with a prefix.
#[serialtalk::interface(prefix = "left ")]
pub trait Left {
    fn echo(&mut self) -> u8;
}

fn main() {
    let names: Vec<_> = ARM_INTERFACE.commands.iter().map(|command| command.name).collect();
    assert_eq!(names, ["arm.grip", "set color"]);
    assert_eq!(ARM_INTERFACE.module, "arm");
    assert_eq!(LEFT_INTERFACE.commands[0].name, "left echo");
}
