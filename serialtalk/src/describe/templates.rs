//! What is said about errors, as one text that is searched by number.

use crate::texts::{join, joined_length, nth};

macro_rules! templates {
    ($($(#[$condition:meta])? $name:ident = $text:literal;)*) => {
        /// What is said about errors. `#` stands for an integer and `@` for a word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Template {
            $($(#[$condition])? $name,)*
        }

        const PARTS: &[&str] = &[$($(#[$condition])? $text,)*];
    };
}

templates! {
    CommandFailed = "Command failed: ";
    CommandNotFound = "Command not found: ";
    PackingFailed = "Response packing failed: ";
    FrameTooLong = "frame of # bytes > ";
    DoesNotFit = "does not fit ";
    NoModule = "No module named '";
    Argument = "argument #: ";
    NamedArgument = "argument # (`@`): ";
    TooFew = "takes # argument@, fewer came";
    TooMany = "takes # argument@, more came";
    OutOfRange = " does not fit @";
    NoVariant = " is no variant of @";
    UnknownVariant = "not a variant of @";
    NoFloat = "the number does not fit @";
    Expected = "expected @";
    TooLong = "too long, there is room for #";
    Length = "expected # value@";
    NotText = "not UTF-8";
    #[cfg(feature = "repr")]
    NoLiteral = "not a Python literal";
    #[cfg(not(feature = "repr"))]
    NoLiteral = "repr is not read here";
    Postcard = "not the postcard of this type";
    #[cfg(feature = "serde")]
    Serde = "not a value of this type";
    #[cfg(feature = "repr")]
    OrMore = " or more does not fit @";
    #[cfg(feature = "repr")]
    OrLess = " or less does not fit @";
    Got = ", got ";
    Nothing = "nothing";
    AnInteger = "an integer";
    AFloat = "a float";
    #[cfg(feature = "repr")]
    AComplex = "a complex number";
    SomeText = "text";
    LongerText = "longer or empty text";
    SomeBytes = "bytes";
    NoneValue = "None";
    ASequence = "a sequence";
    ASet = "a set";
}

static ALL: [u8; joined_length(PARTS)] = join(PARTS);

impl Template {
    /// Its text.
    pub(super) fn text(self) -> &'static [u8] {
        nth(&ALL, 0, self as usize)
    }
}
