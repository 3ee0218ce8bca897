//! Names that are keywords of Rust or of Python.

#[serialtalk::interface]
pub trait Robot {
    fn r#type(&mut self, r#in: u8, r#match: u8) -> u8;
    fn lambda(&mut self, def: u8);
    fn import(&self, from: &str) -> Option<u8>;
}

fn main() {
    let r#type = ROBOT_INTERFACE.command("type").unwrap();
    assert_eq!(r#type.arguments.iter().map(|argument| argument.name).collect::<Vec<_>>(), ["in", "match"]);
}
