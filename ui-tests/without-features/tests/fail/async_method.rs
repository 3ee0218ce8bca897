#[serialtalk::interface]
pub trait Robot {
    async fn read(&mut self) -> u8;
}

fn main() {}
