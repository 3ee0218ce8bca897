#[derive(serialtalk::Value)]
struct Place {
    index: usize,
}

fn main() {}
