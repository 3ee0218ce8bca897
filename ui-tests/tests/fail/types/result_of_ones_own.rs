#[derive(serialtalk::Value)]
pub struct Result<T, E> {
    pub value: T,
    pub error: E,
}

#[serialtalk::interface]
pub trait Robot {
    fn start(&mut self) -> Result<u8, u16>;
    async fn stop(&mut self) -> Result<(), u16>;
}

fn main() {}
