//! Struct formats written by hand, for a peer that requires them.

#[derive(serialtalk::Value, Clone, Copy)]
pub struct Imu {
    pub x: f32,
    pub y: f32,
}

#[serialtalk::interface]
pub trait Robot {
    #[command(format = ">hi", returns = "<d")]
    fn wide(&mut self, a: i8, b: i16) -> f32;
    #[command(format = "<2fB")]
    fn nested(&mut self, imu: Imu, b: u8);
    #[command(format = "8s", returns = "12s")]
    fn label(&mut self, text: &str) -> heapless::String<12>;
    #[command(returns = "repr")]
    fn mixed(&mut self, a: u8) -> u8;
    #[command(format = "repr", returns = "B")]
    fn other(&mut self, a: u8) -> u8;
}

fn main() {
    let formats = |name| {
        let command = ROBOT_INTERFACE.command(name).unwrap();
        (command.format, command.return_format)
    };
    assert_eq!(formats("wide"), (">hi", "<d"));
    assert_eq!(formats("nested"), ("<2fB", ""));
    assert_eq!(formats("label"), ("8s", "12s"));
    assert_eq!(formats("mixed"), ("B", "repr"));
    assert_eq!(formats("other"), ("repr", "B"));
}
