//! What is said about errors, as one text that is searched by number.

use super::shorten::{shortened, shortened_length};
use crate::texts::nth;

macro_rules! templates {
    (
        texts { $($(#[$condition:meta])? $name:ident = $text:literal;)* }
        parts { $($part:literal)* }
    ) => {
        /// What is said about errors. `#` stands for an integer, `@` for a word and `%` for what came.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Template {
            $($(#[$condition])? $name,)*
        }

        const TEXTS: &[&str] = &[$($(#[$condition])? $text,)* $($part,)*];
    };
}

templates! {
    texts {
        // In the order of `ProblemKind`, and then of `Came`: the one is the other's number then, without a table.
        TooFew = "takes # argument(s), fewer came";
        TooMany = "takes # argument(s), more came";
        OutOfRange = "# does not fit @";
        NoVariant = "# is no variant of @";
        UnknownVariant = "not a variant of @";
        NoFloat = "the number does not fit @";
        Type = "expected @, got %";
        TooLong = "too long, room for #";
        Length = "expected # value(s)";
        NotText = "not UTF-8";
        #[cfg(feature = "repr")]
        NoLiteral = "not a Python literal";
        #[cfg(not(feature = "repr"))]
        NoLiteral = "";
        #[cfg(feature = "repr")]
        NeedsRepr = "";
        #[cfg(not(feature = "repr"))]
        NeedsRepr = "repr is not read here";
        Postcard = "the postcard does not fit";
        #[cfg(feature = "serde")]
        Serde = "not a value of this type";
        #[cfg(feature = "repr")]
        OrMore = "# or more does not fit @";
        #[cfg(feature = "repr")]
        OrLess = "# or less does not fit @";
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
        Argument = "argument #: ";
        NamedArgument = "argument # (`@`): ";
        CommandFailed = "Command failed: ";
        CommandNotFound = "Command not found: @";
        CommandTooLong = "Command failed: frame of # bytes > ";
        NoModule = "Command failed: No module named '";
        PackingFailed = "Response packing failed: ";
        ReplyTooLong = "Response packing failed: frame of # bytes > ";
        Unpackable = "Response packing failed: does not fit ";
    }
    // What several of them have in them.
    parts {
        "does not fit"
        "frame of # bytes > "
        "takes # argument(s), "
        "argument"
        " variant of @"
        "failed: "
        "expected "
        "not "
        "Command "
    }
}

static ALL: [u8; shortened_length(TEXTS)] = shortened(TEXTS);

/// The text of a template, or of a part of some.
pub(super) fn text(number: u8) -> &'static [u8] {
    nth(&ALL, number.into())
}
