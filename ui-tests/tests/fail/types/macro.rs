macro_rules! byte {
    () => {
        u8
    };
}

#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> byte!();
}

fn main() {}
