type Alias = (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8);

#[derive(serialtalk::Value)]
pub struct Levels {
    pub all: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8),
}

#[serialtalk::interface]
pub trait Robot {
    fn set(&mut self, levels: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8));
    fn levels(&mut self) -> Option<(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8)>;
    fn alias(&mut self) -> Alias;
}

fn main() {}
