//! The parameters of a type, with the bounds that its implementations need.

use proc_macro2::Span;
use syn::{GenericParam, Ident, Lifetime, LifetimeParam, Type, TypeParamBound, WherePredicate, parse_quote};

/// The parameters of a type.
pub(crate) struct Generics(pub(crate) syn::Generics);

impl Generics {
    /// Returns the parameters for `Encode`.
    pub(crate) fn for_encode(&self) -> syn::Generics {
        let mut all = self.0.clone();
        require(&mut all, &parse_quote!(__st::Encode));
        all
    }

    /// Returns the lifetime of the payload, and the parameters for `Decode`.
    pub(crate) fn for_decode(&self) -> (Lifetime, syn::Generics) {
        let (lifetime, mut all) = self.with_lifetime();
        require(&mut all, &parse_quote!(__st::Decode<#lifetime>));
        (lifetime, all)
    }

    /// Returns the parameters for a function that needs both traits.
    pub(crate) fn for_both(&self) -> syn::Generics {
        let (_, mut all) = self.for_decode();
        require(&mut all, &parse_quote!(__st::Encode));
        for parameter in &mut all.params {
            match parameter {
                GenericParam::Type(parameter) => parameter.default = None,
                GenericParam::Const(parameter) => parameter.default = None,
                GenericParam::Lifetime(_) => {}
            }
        }
        all
    }

    /// Returns the lifetime of the payload, and the parameters with it but without bounds of ours.
    ///
    /// It is the lifetime of the type itself, if that has one: its fields borrow from the payload.
    pub(crate) fn with_lifetime(&self) -> (Lifetime, syn::Generics) {
        let mut all = self.0.clone();
        let own = all.lifetimes().next().map(|parameter| parameter.lifetime.clone());
        let lifetime = own.unwrap_or_else(|| {
            let lifetime = Lifetime::new("'__st", Span::mixed_site());
            all.params.insert(0, GenericParam::Lifetime(LifetimeParam::new(lifetime.clone())));
            lifetime
        });
        (lifetime, all)
    }
}

/// Adds a bound to each type parameter, where its other bounds are: in the `where` clause or at the parameter itself.
fn require(generics: &mut syn::Generics, bound: &TypeParamBound) {
    let syn::Generics { params, where_clause, .. } = generics;
    for parameter in params {
        let GenericParam::Type(parameter) = parameter else { continue };
        let mut predicates = where_clause.iter_mut().flat_map(|clause| &mut clause.predicates);
        let predicate = predicates.find_map(|predicate| match predicate {
            WherePredicate::Type(predicate) if is(&predicate.bounded_ty, &parameter.ident) => Some(predicate),
            _ => None,
        });
        predicate.map_or(&mut parameter.bounds, |predicate| &mut predicate.bounds).push(bound.clone());
    }
}

fn is(ty: &Type, parameter: &Ident) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(parameter))
}
