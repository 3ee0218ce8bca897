//! Several arguments in one payload.

use crate::payload::PayloadWriter;
use crate::payload::literal::LiteralWriter;

/// Writes arguments one after the other as a literal.
#[derive(Debug)]
pub struct LiteralArguments<'w, 'a> {
    writer: LiteralWriter<'w, 'a>,
    count: usize,
}

impl<'w, 'a> LiteralArguments<'w, 'a> {
    /// Begins the payload.
    pub fn new(payload: &'w mut PayloadWriter<'a>) -> Self {
        let mut writer = payload.literal();
        writer.open(b'(');
        Self { writer, count: 0 }
    }

    /// Where the next argument goes.
    pub fn add(&mut self) -> &mut LiteralWriter<'w, 'a> {
        self.writer.element();
        self.count = self.count.saturating_add(1);
        &mut self.writer
    }

    /// Ends the payload.
    pub fn end(mut self) {
        self.writer.close_tuple(self.count);
    }
}

/// Begins a payload in postcard.
pub fn begin_postcard(payload: &mut PayloadWriter<'_>) {
    #[cfg(feature = "postcard")]
    payload.postcard_header();
    // Without the feature the program does not compile; the macro says so.
    #[cfg(not(feature = "postcard"))]
    let _ = payload;
}
