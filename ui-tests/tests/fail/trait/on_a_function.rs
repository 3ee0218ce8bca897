#[serialtalk::interface]
fn read() -> u8 {
    0
}

fn main() {}
