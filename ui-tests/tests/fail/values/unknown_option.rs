#[derive(serialtalk::Value)]
#[value(rename = "P")]
struct Point {
    x: u8,
}

fn main() {}
