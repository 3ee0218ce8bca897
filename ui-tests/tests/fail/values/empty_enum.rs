#[derive(serialtalk::Value)]
enum Nothing {}

fn main() {}
