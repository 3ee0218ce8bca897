//! The parameters of a type, with what its implementations need of them.

use proc_macro2::Span;
use syn::{DeriveInput, GenericParam, Lifetime, LifetimeParam, parse_quote};

use crate::errors::Errors;

/// The parameters of a type.
pub(super) struct Generics {
    all: syn::Generics,
    /// The lifetime of what its fields borrow.
    own: Option<Lifetime>,
}

impl Generics {
    pub(super) fn of(input: &DeriveInput, errors: &mut Errors) -> Self {
        let mut lifetimes = input.generics.lifetimes().map(|parameter| &parameter.lifetime);
        let own = lifetimes.next().cloned();
        for more in lifetimes {
            errors.at(
                more,
                "a type borrows from one frame, and needs one lifetime",
                "use the first lifetime for all fields",
            );
        }
        Self { all: input.generics.clone(), own }
    }

    /// Parameters that can be sent.
    pub(super) fn for_encode(&self) -> syn::Generics {
        let mut all = self.all.clone();
        for parameter in all.type_params_mut() {
            parameter.bounds.push(parse_quote!(__st::Encode));
        }
        all
    }

    /// Parameters that can be received, and the lifetime of the frame.
    pub(super) fn for_decode(&self) -> (Lifetime, syn::Generics) {
        let (lifetime, mut all) = self.for_stub();
        for parameter in all.type_params_mut() {
            parameter.bounds.push(parse_quote!(__st::Decode<#lifetime>));
        }
        (lifetime, all)
    }

    /// Parameters that can be sent and received.
    pub(super) fn for_both(&self) -> syn::Generics {
        let (_, mut all) = self.for_decode();
        for parameter in all.type_params_mut() {
            parameter.bounds.push(parse_quote!(__st::Encode));
        }
        for parameter in &mut all.params {
            match parameter {
                GenericParam::Type(parameter) => parameter.default = None,
                GenericParam::Const(parameter) => parameter.default = None,
                GenericParam::Lifetime(_) => {}
            }
        }
        all
    }

    /// Parameters as they are, and the lifetime of the frame among them.
    pub(super) fn for_stub(&self) -> (Lifetime, syn::Generics) {
        let mut all = self.all.clone();
        let lifetime = match &self.own {
            Some(own) => own.clone(),
            None => {
                let lifetime = Lifetime::new("'__st", Span::mixed_site());
                all.params.insert(0, GenericParam::Lifetime(LifetimeParam::new(lifetime.clone())));
                lifetime
            }
        };
        (lifetime, all)
    }
}
