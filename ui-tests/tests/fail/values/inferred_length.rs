#[derive(serialtalk::Value)]
pub struct Block {
    pub bytes: [u8; _],
}

fn main() {}
