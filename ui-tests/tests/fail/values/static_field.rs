#[derive(serialtalk::Value)]
struct Name {
    text: &'static str,
}

fn main() {}
