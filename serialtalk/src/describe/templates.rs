//! What is said about errors, as one text that is searched by number.

/// Parts of a text, each with a zero behind it.
const fn join<const LENGTH: usize>(parts: &[&str]) -> [u8; LENGTH] {
    let mut all = [0; LENGTH];
    let (mut part, mut length) = (0, 0);
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].len() {
            all[length] = parts[part].as_bytes()[at];
            (at, length) = (at + 1, length + 1);
        }
        (part, length) = (part + 1, length + 1);
    }
    all
}

const fn joined_length(parts: &[&str]) -> usize {
    let (mut part, mut length) = (0, 0);
    while part < parts.len() {
        (part, length) = (part + 1, length + parts[part].len() + 1);
    }
    length
}

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
    FrameSize = "a frame of # bytes does not fit here, ";
    FrameRoom = "at most # do";
    BytesDoNotFit = "# bytes do not fit ";
    DoesNotFit = "does not fit ";
    NoModule = "No module named '";
    Argument = "argument #: ";
    NamedArgument = "argument # (`@`): ";
    TooFew = "takes # argument@, fewer came";
    TooMany = "takes # argument@, more came";
    OutOfRange = "# does not fit ";
    NoVariant = "# is no variant of @";
    UnknownVariant = "not a variant of @";
    NoFloat = "the number does not fit @";
    Expected = "expected @";
    TooLong = "too long, there is room for #";
    Length = "expected # value@";
    NotText = "not UTF-8";
    #[cfg(feature = "repr")]
    NoLiteral = "not a Python literal";
    #[cfg(not(feature = "repr"))]
    NoLiteral = "repr is not read here (feature `repr` of serialtalk)";
    Postcard = "not the postcard of this type";
    Serde = "not a value of this type";
    RangeStart = " (#";
    RangeEnd = " to #)";
    Got = ", got @";
    #[cfg(feature = "repr")]
    OrMore = "# or more does not fit ";
    #[cfg(feature = "repr")]
    OrLess = "# or less does not fit ";
}

/// All of them: a number takes less flash than an address and a length wherever one of them is named.
static ALL: [u8; joined_length(PARTS)] = join(PARTS);

impl Template {
    /// Its text.
    pub(super) fn text(self) -> &'static [u8] {
        ALL.split(|byte| *byte == 0).nth(self as usize).unwrap_or_default()
    }
}
