#[serialtalk::interface]
mod robot {}

fn main() {}
