#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> (u8, Option<isize>);
}

fn main() {}
