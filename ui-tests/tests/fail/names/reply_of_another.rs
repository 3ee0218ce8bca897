#[serialtalk::interface]
trait Robot {
    fn b(&mut self);
    fn back(&mut self);
}

fn main() {}
