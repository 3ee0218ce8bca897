#[derive(serialtalk::Value)]
struct Place {
    address: *const u8,
}

fn main() {}
