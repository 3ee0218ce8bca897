struct Point(f32, f32);

#[derive(serialtalk::Value)]
struct Place {
    at: Point,
}

fn main() {}
