//! Arguments that borrow from the frame: nothing is copied on the board.

#[derive(serialtalk::Value)]
pub struct Label<'a> {
    pub text: &'a str,
    pub color: u8,
}

#[serialtalk::interface]
pub trait Screen {
    fn print(&mut self, text: &str) -> usize32;
    fn blit(&mut self, pixels: &[u8], x: u8);
    fn label(&mut self, label: Label<'_>);
    fn both(&mut self, title: Option<&str>, pair: (&str, &[u8]));
    #[command(raw)]
    fn upload(&mut self, block: &[u8]);
}

/// An alias, which the macro cannot resolve.
#[allow(non_camel_case_types)]
pub type usize32 = u32;

#[derive(Default)]
struct Board(String);

impl Screen for Board {
    fn print(&mut self, text: &str) -> u32 {
        self.0.push_str(text);
        1
    }
    fn blit(&mut self, _: &[u8], _: u8) {}
    fn label(&mut self, label: Label<'_>) {
        self.0.push_str(label.text);
    }
    fn both(&mut self, _: Option<&str>, _: (&str, &[u8])) {}
    fn upload(&mut self, _: &[u8]) {}
}

fn main() {
    let mut server = ScreenServer::new(Board::default());
    server.inner_mut().label(Label { text: "hi", color: 1 });
    assert_eq!(server.into_inner().0, "hi");
    assert_eq!(SCREEN_INTERFACE.command("label").unwrap().format, "repr");
}
