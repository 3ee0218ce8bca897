//! What is said about errors, as one text that is searched by number.

use super::shorten::{shortened, shortened_length};
use crate::texts::nth;

macro_rules! templates {
    (
        texts { $($(#[$condition:meta])? $name:ident = $text:literal;)* }
        parts { $($part:literal)* }
    ) => {
        /// What is said about errors, with signs for the [facts](super::Facts).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Template {
            $($(#[$condition])? $name,)*
        }

        const TEXTS: &[&str] = &[$($(#[$condition])? $text,)* $($part,)*];
    };
}

templates! {
    texts {
        CommandFailed = "Command failed: ";
        // In the order of `ProblemKind`, and then of `Came`: the one is the other's number then, without a table.
        TooFew = "takes = argument(s), fewer came";
        TooMany = "takes = argument(s), more came";
        OutOfRange = "# does not fit @";
        NoVariant = "# is no variant of @";
        UnknownVariant = "no variant of @";
        NoFloat = "number does not fit @";
        Type = "expected @, got %";
        NotInteger = "expected an integer, got %";
        NotNumber = "expected a number, got %";
        TooLong = "longer than #";
        Length = "expected # value(s)";
        NotText = "not UTF-8";
        #[cfg(feature = "repr")]
        NoLiteral = "not a Python literal";
        #[cfg(not(feature = "repr"))]
        NoLiteral = "";
        #[cfg(feature = "repr")]
        NeedsRepr = "";
        #[cfg(not(feature = "repr"))]
        NeedsRepr = "cannot read repr";
        Postcard = "postcard does not fit";
        #[cfg(feature = "serde")]
        Serde = "not a value of this type";
        Nothing = "nothing";
        AnInteger = "an integer";
        AFloat = "a float";
        SomeBytes = "bytes";
        #[cfg(feature = "repr")]
        SomeText = "text";
        #[cfg(feature = "repr")]
        LongerText = "other text";
        #[cfg(feature = "repr")]
        NoneValue = "None";
        #[cfg(feature = "repr")]
        ASequence = "a sequence";
        #[cfg(feature = "repr")]
        ASet = "a set";
        #[cfg(feature = "repr")]
        OrMore = " or more";
        #[cfg(feature = "repr")]
        OrLess = " or less";
        Argument = "argument $: ";
        NamedArgument = "argument $ (`&`): ";
        CommandNotFound = "Command not found: ";
        NoModule = "Command failed: no such module";
        PackingFailed = "Response packing failed: ";
        BytesOver = " bytes > frame of ";
        DoesNotFit = "does not fit frame of ";
    }
    // What several of them have in them.
    parts {
        "does not fit"
        " frame of "
        "argument"
        "takes = argument(s), "
        "not "
        " failed: "
        "expected "
        ", got %"
        "Command"
        "er "
        "ame"
    }
}

static ALL: [u8; shortened_length(TEXTS)] = shortened(TEXTS);

/// The text of a template, or of a part of some.
pub(super) fn text(number: u8) -> &'static [u8] {
    nth(&ALL, number.into())
}
