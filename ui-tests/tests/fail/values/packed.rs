#[derive(serialtalk::Value)]
#[repr(C, packed)]
struct Point {
    x: u8,
    y: u32,
}

fn main() {}
