#[serialtalk::interface]
trait Robot {
    type Speed;
}

fn main() {}
