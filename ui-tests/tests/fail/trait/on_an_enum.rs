#[serialtalk::interface]
enum Robot {
    Idle,
}

fn main() {}
