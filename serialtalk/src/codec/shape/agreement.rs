//! Whether a struct format that was written by hand packs the values of a shape.

use super::Shape;
use crate::wire::frame::MAX_LEN;
use crate::wire::struct_format::{
    Count, FormatError, Kind, TemplateItem, TemplateItems, check, code_info, data_len, standard_size,
};

/// Why a format does not pack the values of a shape.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Disagreement<'s> {
    /// Some peer cannot read the format, or finds its values elsewhere.
    Format(FormatError),
    /// No frame holds the bytes that the format packs.
    TooLong(usize),
    /// The format packs another number of values than the shape has.
    Count(usize),
    /// A part of the shape has no place in a struct payload.
    Unpackable(&'s Shape),
    /// The code of the value with this number, counted from one, cannot hold all its values.
    Value {
        /// The number of the value.
        number: usize,
        /// Its code in the format.
        code: u8,
        /// Its shape.
        shape: &'s Shape,
    },
    /// The format has bytes of run-time length, and does not pack all values as their types say.
    RunTimeBytes,
}

impl Shape {
    /// Whether values of this shape, packed one after the other in little-endian order, are what `format` says.
    pub const fn is_laid_out_as(&self, format: &str) -> bool {
        self.is_packable() && matches!(self.compare(format), Ok(Agreement::Exact))
    }

    /// Checks that `format` packs exactly these values, each without loss and so that every peer can read it.
    pub(crate) const fn agrees_with(&self, format: &str) -> Result<(), Disagreement<'_>> {
        match self.compare(format) {
            Ok(_) => Ok(()),
            Err(disagreement) => Err(disagreement),
        }
    }

    const fn compare(&self, format: &str) -> Result<Agreement, Disagreement<'_>> {
        let format = format.as_bytes();
        if let Err(error) = check(format) {
            return Err(Disagreement::Format(error));
        }
        let len = data_len(format);
        if len > MAX_LEN {
            return Err(Disagreement::TooLong(len));
        }
        if format.is_empty() && !self.is_empty() {
            return Err(Disagreement::Count(0));
        }
        if self.is_opaque() {
            // Its values are unknown, and the compiler reports the type by itself.
            return Ok(Agreement::Converted);
        }
        let packed = value_count(format);
        if packed != self.value_count() {
            return Err(Disagreement::Count(packed));
        }
        let mut places = Places::of(format);
        if let Err(disagreement) = places.take(self) {
            return Err(disagreement);
        }
        places.finish()
    }
}

/// How a format that agrees with a shape packs its values.
enum Agreement {
    /// As the template of the shape does.
    Exact,
    /// Wider, with padding or in big-endian order.
    Converted,
}

/// How many values a format packs.
const fn value_count(format: &[u8]) -> usize {
    let mut items = TemplateItems::new(format);
    let mut values = 0usize;
    while let Some(item) = items.next_item() {
        values = values.saturating_add(item.values() as usize);
    }
    values
}

/// The values of a format, one after the other.
struct Places<'f> {
    items: TemplateItems<'f>,
    /// The item of the next value.
    item: TemplateItem,
    /// How many values of this item are left.
    left: u16,
    /// How many values were taken.
    taken: usize,
    is_exact: bool,
    has_run_time_bytes: bool,
}

impl<'f> Places<'f> {
    const fn of(format: &'f [u8]) -> Self {
        Self {
            items: TemplateItems::new(format),
            item: TemplateItem { count: Count::Given(0), code: b'x' },
            left: 0,
            taken: 0,
            is_exact: !matches!(format, [b'>' | b'!', ..]),
            has_run_time_bytes: false,
        }
    }

    /// Takes the values of a shape, which has no more of them than the format.
    const fn take<'s>(&mut self, shape: &'s Shape) -> Result<(), Disagreement<'s>> {
        if !shape.is_tuple() {
            return self.take_value(shape);
        }
        let mut at = 0;
        while let Some(element) = shape.element(at) {
            // No byte of a struct could represent an empty element.
            if element.is_empty() {
                return Err(Disagreement::Unpackable(element));
            }
            if let Err(disagreement) = self.take(element) {
                return Err(disagreement);
            }
            at += 1;
        }
        Ok(())
    }

    /// Takes one value.
    const fn take_value<'s>(&mut self, shape: &'s Shape) -> Result<(), Disagreement<'s>> {
        self.skip_to_value();
        self.left = self.left.saturating_sub(1);
        self.taken += 1;
        self.has_run_time_bytes |= matches!(self.item.count, Count::RunTime);
        match shape.fit(self.item) {
            Fit::Exact => Ok(()),
            Fit::Converted => {
                self.is_exact = false;
                Ok(())
            }
            Fit::Never => Err(Disagreement::Unpackable(shape)),
            Fit::Lossy => Err(Disagreement::Value { number: self.taken, code: self.item.code, shape }),
        }
    }

    /// Goes to the item of the next value.
    const fn skip_to_value(&mut self) {
        while self.left == 0 {
            let Some(item) = self.items.next_item() else { return };
            self.is_exact &= item.code != b'x';
            self.item = item;
            self.left = item.values();
        }
    }

    /// The agreement of all values.
    const fn finish<'s>(mut self) -> Result<Agreement, Disagreement<'s>> {
        self.skip_to_value();
        match (self.is_exact, self.has_run_time_bytes) {
            (true, _) => Ok(Agreement::Exact),
            (false, true) => Err(Disagreement::RunTimeBytes),
            (false, false) => Ok(Agreement::Converted),
        }
    }
}

/// Whether an item of a format holds a value.
enum Fit {
    /// As it is.
    Exact,
    /// In another form, without loss.
    Converted,
    /// Not every value of the shape.
    Lossy,
    /// No item does.
    Never,
}

impl Shape {
    /// How one value of this shape, which is not a tuple, fits an item.
    const fn fit(&self, item: TemplateItem) -> Fit {
        if let Some(code) = self.number_code() {
            return fit_of_number(code, item.code);
        }
        match (self, item) {
            (Self::ByteArray(len), TemplateItem { count: Count::Given(count), code: b's' })
                if *len == count as usize =>
            {
                Fit::Exact
            }
            (Self::Bytes, TemplateItem { count: Count::RunTime, .. }) => Fit::Exact,
            (Self::Bytes | Self::Text | Self::Char, TemplateItem { count: Count::Given(_), code: b's' }) => {
                Fit::Converted
            }
            (Self::ByteArray(_) | Self::Bytes | Self::Text | Self::Char, _) => Fit::Lossy,
            _ => Fit::Never,
        }
    }
}

/// How a number that would have the code `code` fits the code `chosen`.
const fn fit_of_number(code: u8, chosen: u8) -> Fit {
    if code == chosen {
        return Fit::Exact;
    }
    let (Some(info), Some(chosen_info)) = (code_info(code), code_info(chosen)) else { return Fit::Lossy };
    let (Some(size), Some(chosen_size)) = (standard_size(code), standard_size(chosen)) else {
        return Fit::Lossy;
    };
    let is_lossless = match (info.kind, chosen_info.kind) {
        (Kind::Float, Kind::Float)
        | (Kind::Integer { signed: true }, Kind::Integer { signed: true })
        | (Kind::Integer { signed: false }, Kind::Integer { .. }) => chosen_size > size,
        _ => false,
    };
    if is_lossless { Fit::Converted } else { Fit::Lossy }
}
