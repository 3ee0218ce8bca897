#[derive(serialtalk::Value)]
pub struct Result {
    pub code: u8,
}

#[serialtalk::interface]
pub trait Robot {
    fn start(&mut self) -> Result;
}

fn main() {}
