#[derive(serialtalk::Value)]
pub struct Block {
    pub bytes: [u8; Self::SIZE],
}

impl Block {
    const SIZE: usize = 4;
}

fn main() {}
