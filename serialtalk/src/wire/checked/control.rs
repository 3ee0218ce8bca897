//! The first byte of a checked frame: what it is, and the number of the call.

/// What a checked frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A call by the number of a command: `command data`. The value comes back without the header of its struct format.
    Call,
    /// A call by name: `nc name payload`.
    Named,
    /// A call by the number of a command, as [`Call`](Self::Call), whose value comes back with its header.
    Described,
    /// A one-way command: `nc name payload`. Its number counts one-way commands.
    Note,
    /// Something that arrived at the sender was damaged; no fields.
    Again,
    /// The value of the call with this number: `data`.
    Reply,
    /// Why the call with this number has no value: `payload`.
    Error,
    /// The call with this number ran, and its reply was not kept; no fields.
    Gone,
    /// The sender leaves the session; no fields.
    Bye,
    /// A kind of a later version.
    Unknown,
}

/// The first byte of a checked frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Control {
    /// What the frame is.
    pub kind: Kind,
    /// The number of a call or of a one-way command, modulo 16.
    pub number: u8,
}

impl Kind {
    const fn code(self) -> u8 {
        match self {
            Self::Call => 0,
            Self::Named => 1,
            Self::Described => 2,
            Self::Note => 6,
            Self::Again => 7,
            Self::Reply => 8,
            Self::Error => 9,
            Self::Gone => 11,
            Self::Bye | Self::Unknown => 15,
        }
    }

    const fn of_code(code: u8) -> Self {
        match code {
            0 => Self::Call,
            1 => Self::Named,
            2 => Self::Described,
            6 => Self::Note,
            7 => Self::Again,
            8 => Self::Reply,
            9 => Self::Error,
            11 => Self::Gone,
            15 => Self::Bye,
            _ => Self::Unknown,
        }
    }
}

impl Control {
    /// The control byte of a frame with this number.
    pub(crate) const fn new(kind: Kind, number: u8) -> Self {
        Self { kind, number }
    }

    /// The byte.
    pub(super) const fn byte(self) -> u8 {
        self.kind.code() << 4 | self.number & 15
    }

    /// What a byte says.
    pub(super) const fn of_byte(byte: u8) -> Self {
        Self { kind: Kind::of_code(byte >> 4), number: byte & 15 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_byte_says_what_it_was_made_of() {
        for byte in 0..=255 {
            let control = Control::of_byte(byte);
            assert_eq!(control.number, byte & 15);
            assert!(control.kind == Kind::Unknown || control.byte() == byte);
        }
        assert_eq!(Control::new(Kind::Reply, 17).byte(), 0x81);
    }
}
