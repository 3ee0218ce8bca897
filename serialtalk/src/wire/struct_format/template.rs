//! Templates: formats in which `*s` is written for bytes whose length is known at run time only.

use super::items::{Item, Items};

/// What precedes a code of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// A number; 1 if none is written.
    Given(u16),
    /// `*` before `s`: the number is known at run time.
    RunTime,
}

/// A count and a code of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateItem {
    /// How many values; before `s` and `p`, how many bytes.
    pub count: Count,
    /// The letter. It is not yet known to be a code.
    pub code: u8,
}

/// The items of a template, from the first to the last. A `*` that is not before `s` is an item of its own, and is not a
/// code.
#[derive(Debug, Clone, Copy)]
pub struct TemplateItems<'a> {
    items: Items<'a>,
}

impl TemplateItem {
    /// How many values the item has.
    pub const fn values(&self) -> u16 {
        match self.count {
            Count::Given(count) => Item { count, code: self.code }.values(),
            Count::RunTime => 1,
        }
    }
}

impl<'a> TemplateItems<'a> {
    /// The items after the prefix of `template`, if it has one.
    pub const fn new(template: &'a [u8]) -> Self {
        Self { items: Items::new(template) }
    }

    /// The next item; `None` at the end.
    pub(crate) const fn next_item(&mut self) -> Option<TemplateItem> {
        let is_run_time = self.items.skip_run_time_count();
        let Some(Item { count, code }) = self.items.next() else { return None };
        let count = if is_run_time { Count::RunTime } else { Count::Given(count) };
        Some(TemplateItem { count, code })
    }
}

impl Iterator for TemplateItems<'_> {
    type Item = TemplateItem;

    fn next(&mut self) -> Option<TemplateItem> {
        self.next_item()
    }
}
