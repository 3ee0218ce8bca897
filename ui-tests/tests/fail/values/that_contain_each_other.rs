#[derive(serialtalk::Value)]
pub struct Joint {
    pub bone: Box<Bone>,
}

#[derive(serialtalk::Value)]
pub struct Bone {
    pub joints: Vec<Joint>,
}

fn main() {}
