//! What the values of a payload are expected to be.

use crate::codec::shape::Shape;

/// The struct format in which values are expected, and the names of arguments.
///
/// A payload with just this format is decoded without looking for its layout. Every other payload that can be converted
/// to the types is accepted as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The struct format, with `*s` for bytes of run-time length; `None` where values are not packed.
    pub(crate) template: Option<&'static str>,
    /// The size of the packed data in bytes; `None` if the values have run-time bytes or are not packed.
    pub(crate) data_len: Option<u16>,
    /// The names of the arguments.
    pub(crate) argument_names: &'static [&'static str],
}

impl Expected {
    /// Nothing is known of the values.
    pub const UNKNOWN: Self = Self { template: None, data_len: None, argument_names: &[] };

    /// What values of `shape` are expected to be, whose struct format is `template` (empty if they are not packed).
    pub(crate) const fn new(
        shape: &Shape,
        template: &'static str,
        argument_names: &'static [&'static str],
    ) -> Self {
        if template.is_empty() {
            return Self { template: None, data_len: None, argument_names };
        }
        let len = shape.packed_len();
        let is_known = !shape.has_run_time_bytes() && len <= u16::MAX as usize;
        let data_len = if is_known { Some(len as u16) } else { None };
        Self { template: Some(template), data_len, argument_names }
    }

    /// The struct format and the size of the packed data, if they are always the same.
    pub(crate) fn fixed(&self) -> Option<(&'static str, usize)> {
        Some((self.template?, self.data_len?.into()))
    }

    /// Whether a struct payload has the expected format, and data of the expected size. If the size is not known, it never
    /// has.
    pub(crate) fn matches(&self, format: &[u8], data: &[u8]) -> bool {
        self.template.is_some_and(|template| template.as_bytes() == format)
            && self.data_len.is_some_and(|len| usize::from(len) == data.len())
    }
}
