//! Where an exchange is, and what is to be done next.

/// Where an exchange is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing is known about what the board does.
    Unknown,
    /// The board is at its raw prompt.
    Prompt,
    /// Trying to reach the raw prompt.
    Activating,
    /// Waiting for the answer of a program that shows that the board is at its raw prompt.
    Syncing,
    /// Code is to be sent; how is not decided.
    Choosing,
    /// Asked for raw paste.
    Asking,
    /// Sending code under flow control.
    Pasting,
    /// All code is sent; the board has to acknowledge it.
    Pasted,
    /// Sending code in statements that are short enough.
    SendingStatement,
    /// Waiting for the board to acknowledge a statement; the last one runs the code.
    Acknowledging { is_last: bool },
    /// Waiting for the end of a statement that puts code together.
    Assembling,
    /// The program runs.
    Running,
    /// The apparent end of the program has arrived, this many bytes, and the prompt was asked to confirm it.
    Confirming { end: usize },
    /// Waiting for the friendly prompt.
    Leaving,
    /// Waiting for the raw prompt of a board that restarts.
    Resetting,
    /// Waiting for a board to announce its restart.
    Restarting,
}

/// Why Ctrl-C was sent to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interrupt {
    TimedOut,
    Requested,
}

/// What is to be done next: an [`Action`](super::Action) that borrows nothing yet.
pub(super) enum Next {
    /// Look again.
    Again,
    /// Send the outbox.
    Transmit,
    /// Send code, as much as the board takes.
    Paste,
    Receive,
    Converse,
    /// Hand out the first bytes of the inbox, this many.
    Output(usize),
    Done(End),
}

/// How an exchange ended: an [`Ending`](super::Ending) that borrows nothing yet.
pub(super) enum End {
    Good,
    /// The length of the exception's text, and of everything that ended the program.
    Raised {
        text: usize,
        end: usize,
    },
    TimedOut {
        stopped: bool,
    },
    Restarted,
    Unexpected,
    Unsendable(u8),
}
