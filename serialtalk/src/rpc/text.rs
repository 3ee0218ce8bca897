//! Text in errors, whole where there is an allocator.

use core::fmt;

/// How many bytes of a text are kept without the feature `alloc`.
#[cfg(not(feature = "alloc"))]
const KEPT: usize = 64;

/// A text that came from the peer.
///
/// With the feature `alloc` it is whole; without, it is cut after 64 bytes and shown with `…` at its end.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Text {
    #[cfg(feature = "alloc")]
    text: alloc::string::String,
    #[cfg(not(feature = "alloc"))]
    text: heapless::String<KEPT>,
    is_cut: bool,
}

impl Text {
    /// Keeps as much as there is room for; bytes that are no UTF-8 become `�`.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        let mut all = Self::default();
        for chunk in bytes.utf8_chunks() {
            all.push(chunk.valid());
            if !chunk.invalid().is_empty() {
                all.push("\u{fffd}");
            }
        }
        all
    }

    fn push(&mut self, text: &str) {
        #[cfg(feature = "alloc")]
        self.text.push_str(text);
        #[cfg(not(feature = "alloc"))]
        for character in text.chars() {
            self.is_cut = self.is_cut || self.text.push(character).is_err();
        }
    }

    /// The text that was kept.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there was more than was kept.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        let mut all = Self::default();
        all.push(text);
        all
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        if self.is_cut { f.write_str("…") } else { Ok(()) }
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Text {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{=str}{=str}", self.as_str(), if self.is_cut { "…" } else { "" });
    }
}

#[cfg(all(test, not(feature = "alloc")))]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_after_the_cut() {
        let text = Text::from_bytes(&[b'a'; KEPT]);
        assert_eq!((text.as_str().len(), text.is_cut()), (KEPT, false));

        // The character that stands in for the byte has three bytes, and there is room for two.
        let mut bytes = [b'a'; 70];
        bytes[KEPT - 2] = 0xff;
        let text = Text::from_bytes(&bytes);
        assert_eq!((text.as_str().len(), text.is_cut()), (KEPT - 2, true));
    }
}
