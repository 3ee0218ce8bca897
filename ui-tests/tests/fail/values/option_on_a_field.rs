#[derive(serialtalk::Value)]
struct Point {
    #[value(skip)]
    x: u8,
}

fn main() {}
