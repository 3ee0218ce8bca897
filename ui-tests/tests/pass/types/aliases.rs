//! The format follows from the type itself, not from its name.

type Meters = f32;
type Pair<T> = (T, T);
type Outcome = Pair<Meters>;

mod other {
    pub type F32 = u8;
}
#[allow(non_camel_case_types)]
type i8 = u16;

#[serialtalk::interface]
pub trait Robot {
    fn far(&self, at: Pair<Meters>) -> Outcome;
    fn odd(&self, n: other::F32, signed: i8) -> core::primitive::i8;
    fn text(&self) -> std::string::String;
    fn size(&self) -> [Meters; 1 + 2];
}

fn main() {
    let formats: Vec<_> = ROBOT_INTERFACE.commands.iter().map(|it| (it.format, it.return_format)).collect();
    assert_eq!(formats, [("2f", "2f"), ("<BH", "b"), ("", "repr"), ("", "3f")]);
}
