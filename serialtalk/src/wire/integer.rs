//! Integers and the Rust types that hold them.

/// An integer of up to 64 bits, either sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Integer {
    /// Whether it is below zero.
    pub negative: bool,
    /// Its distance from zero.
    pub magnitude: u64,
}

impl Integer {
    /// An integer that is not below zero.
    pub const fn positive(magnitude: u64) -> Self {
        Self { negative: false, magnitude }
    }

    /// The integer whose 64-bit two's complement is `bits`.
    pub const fn signed(bits: u64) -> Self {
        let negative = bits >> 63 != 0;
        Self { negative, magnitude: if negative { bits.wrapping_neg() } else { bits } }
    }

    /// The 64-bit two's complement; the low 64 bits where the integer needs more.
    pub const fn bits(self) -> u64 {
        if self.negative { self.magnitude.wrapping_neg() } else { self.magnitude }
    }
}

/// An integer type of Rust.
// A reference, so that a program holds the names of those types only that it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IntegerType(&'static Properties);

#[derive(Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Properties {
    size: u8,
    is_signed: bool,
    name: &'static str,
}

#[allow(missing_docs, reason = "each constant is named after its type")]
impl IntegerType {
    pub const U8: Self = Self(&Properties::unsigned(1, "u8 (0 to 255)"));
    pub const I8: Self = Self(&Properties::signed(1, "i8 (-128 to 127)"));
    pub const U16: Self = Self(&Properties::unsigned(2, "u16 (0 to 65535)"));
    pub const I16: Self = Self(&Properties::signed(2, "i16 (-32768 to 32767)"));
    pub const U32: Self = Self(&Properties::unsigned(4, "u32 (0 to 4294967295)"));
    pub const I32: Self = Self(&Properties::signed(4, "i32 (-2147483648 to 2147483647)"));
    pub const U64: Self = Self(&Properties::unsigned(8, "u64 (0 to 18446744073709551615)"));
    pub const I64: Self = Self(&Properties::signed(8, "i64 (-9223372036854775808 to 9223372036854775807)"));
    pub const U128: Self = Self(&Properties::unsigned(16, "u128"));
    pub const I128: Self = Self(&Properties::signed(16, "i128"));
}

impl Properties {
    const fn unsigned(size: u8, name: &'static str) -> Self {
        Self { size, is_signed: false, name }
    }

    const fn signed(size: u8, name: &'static str) -> Self {
        Self { size, is_signed: true, name }
    }
}

impl IntegerType {
    /// The size of the type in bytes.
    pub const fn size(self) -> usize {
        self.0.size as usize
    }

    /// Whether the type has a sign.
    pub const fn is_signed(self) -> bool {
        self.0.is_signed
    }

    /// The name of the type and, up to 64 bits, its range: `u8 (0 to 255)`.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// The struct format code of the type; `None` for 128 bits, which no struct format holds.
    pub const fn code(self) -> Option<u8> {
        Some(match (self.size(), self.is_signed()) {
            (1, false) => b'B',
            (1, true) => b'b',
            (2, false) => b'H',
            (2, true) => b'h',
            (4, false) => b'I',
            (4, true) => b'i',
            (8, false) => b'Q',
            (8, true) => b'q',
            _ => return None,
        })
    }

    /// The type of a struct format code; `None` if it is not that of an integer of fixed width.
    pub const fn of_code(code: u8) -> Option<Self> {
        Some(match code {
            b'B' => Self::U8,
            b'b' => Self::I8,
            b'H' => Self::U16,
            b'h' => Self::I16,
            b'I' => Self::U32,
            b'i' => Self::I32,
            b'Q' => Self::U64,
            b'q' => Self::I64,
            _ => return None,
        })
    }

    /// Whether the type holds an integer.
    pub const fn holds(self, integer: Integer) -> bool {
        let Integer { negative, magnitude } = integer;
        let bits = 8 * self.size() as u32;
        if self.is_signed() {
            // The most negative number is one further from zero than the most positive one.
            let magnitude = magnitude.saturating_sub(negative as u64);
            u64::BITS - magnitude.leading_zeros() < bits
        } else {
            u64::BITS - magnitude.leading_zeros() <= bits && (!negative || magnitude == 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_holds_its_range_and_no_more() {
        for (ty, low, high) in [
            (IntegerType::U8, 0, 255),
            (IntegerType::I8, 128, 127),
            (IntegerType::U16, 0, 65_535),
            (IntegerType::I16, 32_768, 32_767),
            (IntegerType::U32, 0, u64::from(u32::MAX)),
            (IntegerType::I32, 1 << 31, (1 << 31) - 1),
            (IntegerType::U64, 0, u64::MAX),
            (IntegerType::I64, 1 << 63, i64::MAX as u64),
        ] {
            let holds = |negative, magnitude| ty.holds(Integer { negative, magnitude });
            assert!(holds(true, low) && holds(false, high), "{ty:?}");
            assert!(!holds(true, low + 1), "{ty:?}");
            assert!(high == u64::MAX || !holds(false, high + 1), "{ty:?}");
        }
        assert!(IntegerType::U128.holds(Integer::positive(u64::MAX)));
        assert!(!IntegerType::U128.holds(Integer { negative: true, magnitude: 1 }));
        assert!(IntegerType::I128.holds(Integer { negative: true, magnitude: u64::MAX }));
    }

    #[test]
    fn bits_are_two_s_complement() {
        assert_eq!(Integer::signed(u64::MAX), Integer { negative: true, magnitude: 1 });
        assert_eq!(Integer { negative: true, magnitude: 2 }.bits(), u64::MAX - 1);
        assert_eq!(Integer::signed(1 << 63).bits(), 1 << 63);
    }
}
