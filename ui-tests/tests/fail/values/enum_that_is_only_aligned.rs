#[derive(serialtalk::Value)]
#[repr(align(4))]
enum Mode {
    Off,
    On,
}

fn main() {}
