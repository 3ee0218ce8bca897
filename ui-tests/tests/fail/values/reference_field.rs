#[derive(serialtalk::Value)]
struct Place<'a> {
    index: &'a u32,
}

fn main() {}
