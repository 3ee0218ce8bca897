#[derive(serialtalk::Value)]
struct Names<'a, 'b> {
    first: &'a str,
    last: &'b str,
}

fn main() {}
