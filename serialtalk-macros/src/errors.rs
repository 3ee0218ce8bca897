//! Mistakes, collected so that all are reported together.

use core::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes of one item.
#[derive(Default)]
pub(crate) struct Errors {
    all: Vec<syn::Error>,
    is_broken: bool,
}

impl Errors {
    /// Records a mistake: what is wrong with `spot`, and what to write instead.
    pub(crate) fn at(&mut self, spot: impl ToTokens, what: impl Display, remedy: impl Display) {
        self.add(syn::Error::new_spanned(spot, format_args!("{what}\n{remedy}")));
    }

    /// Records a mistake at a span: what is wrong there, and what to write instead.
    pub(crate) fn at_span(&mut self, span: Span, what: impl Display, remedy: impl Display) {
        self.add(syn::Error::new(span, format_args!("{what}\n{remedy}")));
    }

    /// Records a mistake that was found elsewhere.
    pub(crate) fn add(&mut self, error: syn::Error) {
        self.is_broken = true;
        self.all.push(error);
    }

    /// Records that there is a mistake which the compiler reports by itself.
    pub(crate) fn leave_to_compiler(&mut self) {
        self.is_broken = true;
    }

    /// Adds the mistakes of a part.
    pub(crate) fn append(&mut self, part: Self) {
        self.all.extend(part.all);
        self.is_broken |= part.is_broken;
    }

    /// Returns how many mistakes were recorded, without those that the compiler reports.
    pub(crate) fn count(&self) -> usize {
        self.all.len()
    }

    /// Whether there is any mistake.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Returns the mistakes as items that do not compile.
    pub(crate) fn into_items(self) -> TokenStream {
        self.all.iter().map(syn::Error::to_compile_error).collect()
    }
}
