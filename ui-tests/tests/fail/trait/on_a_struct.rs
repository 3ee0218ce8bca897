#[serialtalk::interface]
struct Robot {
    speed: u8,
}

fn main() {}
