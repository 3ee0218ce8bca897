//! The struct format of a shape.

use super::{FormatText, Shape};
use crate::wire::struct_format::{Count, Offset, TemplateItem, standard_size};

impl Shape {
    /// The encoding of the values unless another one is chosen: a struct format, `repr`, or `""` if there is no value.
    pub const fn encoding(&self) -> FormatText {
        let mut text = self.template();
        if text.is_empty() && !self.is_empty() {
            text.push_str("repr");
        }
        text
    }

    /// The struct format, with `*s` for bytes of run-time length; `""` if the shape is not packable.
    ///
    /// It has no prefix if every value lies at a multiple of its own size, whatever the lengths of bytes are, for then
    /// every little-endian peer reads it alike; otherwise it begins with `<`.
    pub const fn template(&self) -> FormatText {
        let mut text = FormatText::EMPTY;
        if self.is_packable() {
            let template = Template::of(self);
            if !template.is_aligned {
                text.push(b'<');
            }
            text.push_str(template.text.as_str());
        }
        text
    }

    /// The struct code of a single number.
    pub(super) const fn number_code(&self) -> Option<u8> {
        match self {
            Self::Integer(ty) | Self::UnitEnum { ty, .. } => ty.code(),
            Self::Bool => Some(b'B'),
            Self::Float32 => Some(b'f'),
            Self::Float64 => Some(b'd'),
            _ => None,
        }
    }

    /// The code and the count of the values, if they are numbers of one code.
    const fn single_run(&self) -> Option<Run> {
        if let Some(code) = self.number_code() {
            return Some(Run { code, count: 1 });
        }
        let mut all: Option<Run> = None;
        let mut at = 0;
        while let Some(element) = self.distinct_element(at) {
            all = match (all, element.single_run()) {
                (None, Some(run)) => Some(run),
                (Some(all), Some(run)) if all.code == run.code => Some(all.longer(run.count)),
                _ => return None,
            };
            at += 1;
        }
        match (all, self) {
            (Some(Run { code, count }), Self::Array(_, len)) => {
                Some(Run { code, count: count.saturating_mul(cap(*len)) })
            }
            _ => all,
        }
    }
}

/// Numbers of one code.
#[derive(Clone, Copy)]
struct Run {
    code: u8,
    count: u16,
}

impl Run {
    const fn longer(self, count: u16) -> Self {
        Self { code: self.code, count: self.count.saturating_add(count) }
    }
}

/// A template that is being written, without a prefix.
struct Template {
    text: FormatText,
    /// Numbers not yet in the text, since more of the same code may follow.
    run: Option<Run>,
    offset: Offset,
    /// Whether every value so far lies at a multiple of its own size.
    is_aligned: bool,
}

impl Template {
    const fn of(shape: &Shape) -> Self {
        let mut template =
            Self { text: FormatText::EMPTY, run: None, offset: Offset::START, is_aligned: true };
        template.add(shape);
        template.end_run();
        template
    }

    const fn add(&mut self, shape: &Shape) {
        match shape {
            Shape::Bytes => self.add_bytes(Count::RunTime),
            Shape::ByteArray(len) => self.add_bytes(Count::Given(cap(*len))),
            Shape::Array(element, len) => match shape.single_run() {
                Some(run) => self.add_run(run),
                None => {
                    let mut at = 0;
                    // Every element adds to the text.
                    while at < *len && !self.text.is_full() {
                        self.add(element);
                        at += 1;
                    }
                }
            },
            _ => match shape.number_code() {
                Some(code) => self.add_run(Run { code, count: 1 }),
                None => {
                    let mut at = 0;
                    while let Some(element) = shape.distinct_element(at) {
                        self.add(element);
                        at += 1;
                    }
                }
            },
        }
    }

    const fn add_run(&mut self, run: Run) {
        match self.run {
            Some(last) if last.code == run.code => self.run = Some(last.longer(run.count)),
            _ => {
                self.end_run();
                self.run = Some(run);
            }
        }
    }

    const fn add_bytes(&mut self, count: Count) {
        self.end_run();
        self.push(TemplateItem { count, code: b's' });
    }

    const fn end_run(&mut self) {
        if let Some(Run { code, count }) = self.run {
            self.push(TemplateItem { count: Count::Given(count), code });
        }
        self.run = None;
    }

    const fn push(&mut self, TemplateItem { count, code }: TemplateItem) {
        // Only codes with a standard size are added.
        let Some(size) = standard_size(code) else { return };
        self.is_aligned &= self.offset.is_multiple_of(size);
        self.offset = self.offset.after(count, size);
        match count {
            Count::Given(1) => {}
            Count::Given(count) => self.text.push_number(count),
            Count::RunTime => self.text.push(b'*'),
        }
        self.text.push(code);
    }
}

/// A count that a format can hold; no frame holds as much as the largest.
const fn cap(len: usize) -> u16 {
    if len > u16::MAX as usize { u16::MAX } else { len as u16 }
}
