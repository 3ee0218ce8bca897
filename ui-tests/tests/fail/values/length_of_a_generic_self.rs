#[derive(serialtalk::Value)]
pub struct Block<T> {
    pub bytes: [u8; Self::SIZE],
    pub tag: T,
}

impl<T> Block<T> {
    const SIZE: usize = 4;
}

fn main() {}
