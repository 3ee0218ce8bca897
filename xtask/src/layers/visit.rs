//! Walks the syntax of a file: finds its modules, names and paths.

use anyhow::{Context, Result};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprLit, ImplItem, Item, ItemMod, ItemUse, Lit, Macro, Meta, Path, Token, UseTree,
    VisRestricted, Visibility,
};

use super::modules::{Id, Import, Kind, Mention, Module, Modules, Name, ROOT};
use super::sources::{Sources, normalized};
use super::tokens;

/// Walks the file of a module, and the files of the modules that it declares.
pub(super) fn file(sources: &Sources, modules: &mut Modules, module: Id) -> Result<()> {
    let path = modules.all[module].file.clone();
    let text = sources.text(&path).with_context(|| format!("there is no {}", path.display()))?;
    let parsed = syn::parse_file(text).with_context(|| format!("can't parse {}", path.display()))?;
    let mut visitor = Visitor { sources, modules, module, is_inline: false, failure: None };
    visitor.visit_file(&parsed);
    visitor.failure.map_or(Ok(()), Err)
}

struct Visitor<'a> {
    sources: &'a Sources,
    modules: &'a mut Modules,
    /// The module that the syntax belongs to.
    module: Id,
    /// Whether this module has no file of its own.
    is_inline: bool,
    /// The first file that could not be read or parsed.
    failure: Option<anyhow::Error>,
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let is_test = attributes(item).iter().any(is_cfg_test);
        match item {
            Item::Mod(item) => {
                if let Err(error) = self.enter(item, is_test) {
                    self.failure.get_or_insert(error);
                }
            }
            _ if is_test => {}
            _ => {
                self.name(item);
                visit::visit_item(self, item);
            }
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Const(item) => &*item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            _ => &[],
        };
        if !attributes.iter().any(is_cfg_test) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            let is_public = !matches!(item.vis, Visibility::Inherited);
            self.import(&item.tree, &mut Vec::new(), is_public);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| name_of(&segment.ident)).collect();
        // A name alone is defined in the module, or imported: the `use` is the edge.
        if path.leading_colon.is_none() && names.len() > 1 {
            self.mention(names, path.segments[0].ident.span(), Kind::Path);
        }
        visit::visit_path(self, path);
    }

    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        if let Some(name) = call.path.get_ident() {
            self.mention(vec![name_of(name)], name.span(), Kind::Macro);
        }
        let name = call.path.segments.last().map(|segment| name_of(&segment.ident)).unwrap_or_default();
        self.take(tokens::of_macro(&name, call.tokens.clone()));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let Meta::List(list) = &attribute.meta {
            self.take(tokens::paths(list.tokens.clone()));
        }
        visit::visit_attribute(self, attribute);
    }
}

impl Visitor<'_> {
    /// Walks a module that is declared here.
    fn enter(&mut self, item: &ItemMod, is_test: bool) -> Result<()> {
        let name = name_of(&item.ident);
        let parent = &self.modules.all[self.module];
        // The path in `#[path]` starts from the folder of the file, and inside of an inline module, from the folder that
        // this module would have.
        let base = if self.is_inline { &parent.folder } else { parent.file_folder() };
        let path = item.attrs.iter().find_map(path_attribute).map(|path| normalized(&base.join(path)));
        let (source, folder) = match (&item.content, path) {
            (Some(_), Some(folder)) => (parent.file.clone(), folder),
            (Some(_), None) => (parent.file.clone(), parent.folder.join(&name)),
            // Such a file is like `mod.rs`: those of its children are in the same folder.
            (None, Some(file)) => {
                let folder = file.parent().map(Into::into).unwrap_or_default();
                (file, folder)
            }
            (None, None) => parent.file_of(&name, self.sources)?,
        };
        let mut module = Module::new(&name, Some(self.module), source, folder);
        module.is_test = is_test || parent.is_test;
        module.line = item.ident.span().start().line;
        let id = self.modules.add(module);
        let Some((_, items)) = &item.content else { return file(self.sources, self.modules, id) };
        let outside = (self.module, self.is_inline);
        (self.module, self.is_inline) = (id, true);
        items.iter().for_each(|item| self.visit_item(item));
        (self.module, self.is_inline) = outside;
        Ok(())
    }

    /// Notes the name that an item defines.
    fn name(&mut self, item: &Item) {
        let name = match item {
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::TraitAlias(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Union(item) => &item.ident,
            Item::Macro(item) => {
                let Some(name) = &item.ident else { return };
                if !self.modules.all[self.module].is_test {
                    self.modules.macros.entry(name_of(name)).or_default().insert(self.module);
                }
                if item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) {
                    self.modules.name(ROOT, &name_of(name), Name::Macro(self.module));
                }
                name
            }
            _ => return,
        };
        self.modules.name(self.module, &name_of(name), Name::Item);
    }

    /// Notes what a `use` takes, and the names that it gives.
    fn import(&mut self, tree: &UseTree, prefix: &mut Vec<String>, is_public: bool) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(name_of(&path.ident));
                self.import(&path.tree, prefix, is_public);
                prefix.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(tree, prefix, is_public));
            }
            UseTree::Glob(glob) => {
                let path = prefix.clone();
                self.mention(path.clone(), glob.star_token.spans[0], Kind::Glob);
                self.modules.all[self.module].globs.push(Import { path, is_public });
            }
            UseTree::Name(name) => {
                let path = joined(prefix, &name.ident);
                let short = path.last().cloned().unwrap_or_default();
                self.import_as(path, &short, &name.ident, is_public);
            }
            UseTree::Rename(rename) => {
                let path = joined(prefix, &rename.ident);
                self.import_as(path, &name_of(&rename.rename), &rename.ident, is_public);
            }
        }
    }

    fn import_as(&mut self, path: Vec<String>, name: &str, written: &syn::Ident, is_public: bool) {
        self.mention(path.clone(), written.span(), Kind::Import);
        self.modules.name(self.module, name, Name::Import(Import { path, is_public }));
    }

    fn mention(&mut self, path: Vec<String>, span: proc_macro2::Span, kind: Kind) {
        self.take([Mention { path, line: span.start().line, kind }]);
    }

    fn take(&mut self, mentions: impl IntoIterator<Item = Mention>) {
        let module = &mut self.modules.all[self.module];
        if !module.is_test {
            module.mentions.extend(mentions);
        }
    }
}

/// The path of a name in a `use` tree; `a::{self}` names `a`.
fn joined(prefix: &[String], name: &syn::Ident) -> Vec<String> {
    let name = (name != "self" || prefix.is_empty()).then(|| name_of(name));
    prefix.iter().cloned().chain(name).collect()
}

/// A name without `r#`.
pub(super) fn name_of(name: &syn::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(syn::ItemConst { attrs, .. })
        | Item::Enum(syn::ItemEnum { attrs, .. })
        | Item::ExternCrate(syn::ItemExternCrate { attrs, .. })
        | Item::Fn(syn::ItemFn { attrs, .. })
        | Item::Impl(syn::ItemImpl { attrs, .. })
        | Item::Macro(syn::ItemMacro { attrs, .. })
        | Item::Mod(ItemMod { attrs, .. })
        | Item::Static(syn::ItemStatic { attrs, .. })
        | Item::Struct(syn::ItemStruct { attrs, .. })
        | Item::Trait(syn::ItemTrait { attrs, .. })
        | Item::Type(syn::ItemType { attrs, .. })
        | Item::Union(syn::ItemUnion { attrs, .. })
        | Item::Use(ItemUse { attrs, .. }) => attrs,
        _ => &[],
    }
}

/// The text of `#[path = "text"]`.
fn path_attribute(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if pair.path.is_ident("path") => Some(text.value()),
        _ => None,
    }
}

/// Whether an attribute leaves an item to tests.
fn is_cfg_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args().is_ok_and(|condition| is_for_tests(&condition))
}

/// Whether a condition can only be true in tests.
fn is_for_tests(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|all| all.iter().any(is_for_tests)),
        _ => false,
    }
}
