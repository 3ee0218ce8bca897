//! The host's side of a program that runs on a board.

use core::ops::ControlFlow;

/// What a program on the board exchanges text with: it prints to [`output`](Self::output), and reads
/// [`input`](Self::input) from its standard input.
pub trait Conversation {
    /// Receives what the program has printed. Pieces are as long as they happen to arrive, but a UTF-8 character is never
    /// split. `Break` stops the program with Ctrl-C.
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()>;

    /// The bytes that the program is to read next. It is asked repeatedly; empty if there are none at the moment.
    fn input(&mut self) -> &[u8] {
        &[]
    }

    /// Reports that the first `count` bytes of the input were sent.
    fn sent(&mut self, count: usize) {
        let _ = count;
    }

    /// Whether the program is to be stopped with Ctrl-C. It is asked whenever bytes have arrived or were sent, and whenever
    /// the link has ended a wait, so a program that is silent can be stopped if the waits of the link end now and then.
    fn is_over(&mut self) -> bool {
        false
    }
}

/// A conversation that sends nothing and passes what is printed to a closure, such as `|bytes| stdout.write_all(bytes)`.
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

    fn is_over(&mut self) -> bool {
        C::is_over(self)
    }
}
