//! No value, one, tuples, arrays, nested ones.

#[serialtalk::interface]
pub trait Robot {
    fn reset(&mut self);
    fn unit(&mut self) -> ();
    fn one(&self) -> u8;
    fn single(&self) -> (u8,);
    fn pose(&self) -> (f32, f32, i16);
    fn nested(&self) -> ((u8, [i16; 2]), bool);
    fn matrix(&self) -> [[f32; 3]; 3];
    fn bytes(&self) -> [u8; 16];
    fn list(&self) -> Vec<(u8, u8)>;
}

fn main() {
    let formats: Vec<_> = ROBOT_INTERFACE.commands.iter().map(|command| command.return_format).collect();
    assert_eq!(formats, ["", "", "B", "B", "2fh", "<B2hB", "9f", "16s", "repr"]);
}
