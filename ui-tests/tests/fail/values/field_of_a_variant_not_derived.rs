struct Point(f32, f32);

#[derive(serialtalk::Value)]
enum Place {
    Nowhere,
    At(Point),
}

fn main() {}
