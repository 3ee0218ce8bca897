#[serialtalk::interface]
trait Robot {
    fn play(&mut self, samples: &[f32]);
}

fn main() {}
