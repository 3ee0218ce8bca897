#[derive(serialtalk::Value)]
enum Mode {
    Off,
    On,
}

fn main() {}
