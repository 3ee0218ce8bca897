type Outcome<T> = Result<T, u8>;

#[serialtalk::interface]
pub trait Robot {
    fn start(&mut self) -> Outcome<u8>;
}

fn main() {}
