#[derive(serialtalk::Value)]
#[repr(usize)]
enum Mode {
    Off,
    On,
}

fn main() {}
