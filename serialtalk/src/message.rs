//! Text put together at compile time, for what the compiler is to say.

/// A message of the compiler.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    text: [u8; LONGEST],
    length: usize,
}

/// Two names of commands and some words around them.
const LONGEST: usize = 640;

impl Message {
    /// Some parts, one behind the other; cut where they are too long.
    pub const fn of(parts: &[&str]) -> Self {
        let mut all = Self { text: [0; LONGEST], length: 0 };
        let mut part = 0;
        while part < parts.len() {
            let bytes = parts[part].as_bytes();
            let mut at = 0;
            while at < bytes.len() && all.length < LONGEST {
                all.text[all.length] = bytes[at];
                all.length += 1;
                at += 1;
            }
            part += 1;
        }
        all
    }

    /// The whole text.
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.text.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
