#[derive(serialtalk::Value)]
#[repr(u7)]
enum Mode {
    Off,
    On,
}

fn main() {}
