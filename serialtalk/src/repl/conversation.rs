//! The other end of a program that runs on a board.

use core::ops::ControlFlow;

/// What a program on the board talks with: it prints to [`output`](Self::output) and reads [`input`](Self::input) from its
/// standard input.
pub trait Conversation {
    /// The program has printed this. Pieces are as long as they happen to come, but UTF-8 is never split within a
    /// character. `Break` stops the program with Ctrl-C.
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()>;

    /// What the program is to read now; asked again and again, until there is nothing.
    fn input(&mut self) -> &[u8] {
        &[]
    }

    /// So many bytes of the input went out.
    fn sent(&mut self, _count: usize) {}
}

/// A closure that takes what is printed, such as `|bytes| stdout.write_all(bytes)`; it says nothing.
#[derive(Debug)]
pub struct Printed<F>(pub F);

impl<F: FnMut(&[u8])> Conversation for Printed<F> {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        (self.0)(bytes);
        ControlFlow::Continue(())
    }
}

impl<C: Conversation + ?Sized> Conversation for &mut C {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        C::output(self, bytes)
    }

    fn input(&mut self) -> &[u8] {
        C::input(self)
    }

    fn sent(&mut self, count: usize) {
        C::sent(self, count);
    }
}
