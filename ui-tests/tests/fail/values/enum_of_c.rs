#[derive(serialtalk::Value)]
#[repr(C)]
enum Mode {
    Off,
    On,
}

fn main() {}
