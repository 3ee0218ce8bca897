//! The attributes that are copied from a trait or a method to the items made of it.

use syn::punctuated::Punctuated;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Lit, Meta, Token, parse_quote};

use super::text;

/// The attributes of a trait or a method that generated items need as well, those inside `cfg_attr` included.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) cfgs: Vec<Attribute>,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) deprecated: Vec<Attribute>,
    /// The levels of lints.
    pub(crate) levels: Vec<Attribute>,
}

impl Attributes {
    /// Picks them out of all attributes.
    pub(crate) fn of(all: &[Attribute]) -> Self {
        Self {
            cfgs: picked(all, &["cfg"]),
            docs: picked(all, &["doc"]),
            deprecated: picked(all, &["deprecated"]),
            levels: picked(all, &["allow", "expect", "warn", "deny", "forbid"]),
        }
    }

    /// Allows that what is made of the item uses the item, though it is deprecated.
    pub(crate) fn allow_use(&mut self) {
        if !self.deprecated.is_empty() {
            self.allow(parse_quote!(#[allow(deprecated)]));
        }
    }

    /// Adds what the attributes of a part of the item allow: of an argument, a field or a variant.
    pub(crate) fn allow_in_part(&mut self, part: &[Attribute]) {
        picked(part, &["allow", "expect"]).into_iter().for_each(|level| self.allow(level));
    }

    fn allow(&mut self, level: Attribute) {
        if self.levels.iter().all(|known| text::of(known) != text::of(&level)) {
            self.levels.push(level);
        }
    }

    /// Returns the attributes of everything that is made of the item.
    pub(crate) fn of_all_items(&self) -> Vec<&Attribute> {
        self.cfgs.iter().chain(&self.levels).collect()
    }

    /// Returns the documentation line by line: literals, or macros such as `include_str!`.
    pub(crate) fn doc_lines(&self) -> Vec<Expr> {
        let lines = self.docs.iter().filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) => Some(pair.value.clone()),
            _ => None,
        });
        lines.map(without_indent).collect()
    }

    /// Returns the documentation as text, if it consists of literals.
    pub(crate) fn doc_text(&self) -> Option<String> {
        let lines: Option<Vec<_>> = self.doc_lines().iter().map(literal).collect();
        lines.map(|lines| lines.join("\n").trim().to_owned())
    }
}

/// Removes the space before a line: `/// text` is the attribute `#[doc = " text"]`.
fn without_indent(line: Expr) -> Expr {
    match literal(&line) {
        Some(text) => {
            let text = text.strip_prefix(' ').unwrap_or(&text);
            parse_quote!(#text)
        }
        None => line,
    }
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Returns the attributes that are called one of `words`, those inside `cfg_attr` included.
fn picked(all: &[Attribute], words: &[&str]) -> Vec<Attribute> {
    all.iter().filter_map(|attribute| pick(attribute, words)).collect()
}

fn pick(attribute: &Attribute, words: &[&str]) -> Option<Attribute> {
    let is_picked = |meta: &Meta| words.iter().any(|word| meta.path().is_ident(word));
    if is_picked(&attribute.meta) {
        // That of a trait may be in its braces, `#![cfg(unix)]`; what is made of the trait has none.
        let (style, meta) = (AttrStyle::Outer, without_expectation(attribute.meta.clone()));
        return Some(Attribute { style, meta, ..attribute.clone() });
    }
    if !attribute.path().is_ident("cfg_attr") {
        return None;
    }
    let mut metas = conditional(attribute)?.into_iter();
    let condition = metas.next()?;
    let rest: Vec<_> = metas.filter(is_picked).map(without_expectation).collect();
    if rest.is_empty() { None } else { Some(parse_quote!(#[cfg_attr(#condition, #(#rest),*)])) }
}

/// Makes `expect` an `allow`. The item that it was written for fulfils it; what is made of that need not.
fn without_expectation(mut meta: Meta) -> Meta {
    if let Meta::List(list) = &mut meta
        && list.path.is_ident("expect")
    {
        list.path = parse_quote!(allow);
    }
    meta
}

/// Returns the first `cfg_attr` that contains the attribute `word`.
pub(crate) fn conditional_use<'a>(all: &'a [Attribute], word: &str) -> Option<&'a Attribute> {
    all.iter().filter(|attribute| attribute.path().is_ident("cfg_attr")).find(|attribute| {
        conditional(attribute)
            .is_some_and(|metas| metas.iter().skip(1).any(|meta| meta.path().is_ident(word)))
    })
}

fn conditional(attribute: &Attribute) -> Option<Punctuated<Meta, Token![,]>> {
    attribute.parse_args_with(Punctuated::parse_terminated).ok()
}
