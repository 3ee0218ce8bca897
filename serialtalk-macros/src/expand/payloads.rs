//! How arguments, values and errors get into payloads and out of them.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use crate::model::{Argument, Command, Interface, Way};
use crate::names;

/// Writes the arguments of a call to `payload`.
pub(super) fn write_arguments(interface: &Interface, command: &Command) -> TokenStream {
    let way = command.arguments_way();
    let codec = codec(way);
    match command.arguments.as_slice() {
        [] => quote_spanned! {Span::mixed_site()=> payload.no_arguments(); },
        [Argument { name, ty }] => {
            let encoder = quote!(__st::encoder!(#codec #ty));
            match way {
                Way::Natural => {
                    let format = constant("format_of", interface, command);
                    quote_spanned! {Span::mixed_site()=> #encoder.sole(&#name, payload, #format); }
                }
                Way::Repr => quote_spanned! {Span::mixed_site()=> #encoder.literal_sole(&#name, payload); },
                Way::Raw => quote_spanned! {Span::mixed_site()=> #encoder.raw_sole(&#name, payload); },
                Way::Postcard => quote_spanned! {Span::mixed_site()=>
                    __st::begin_postcard(payload);
                    #encoder.postcard(&#name, payload);
                },
                Way::Struct(format) => {
                    let is_exact = is_exact([ty], &quote!(#format));
                    quote_spanned! {Span::mixed_site()=>
                        if #is_exact {
                            #encoder.exact_sole(&#name, payload, #format);
                        } else {
                            return #encoder.sole_by_format(&#name, payload, #format);
                        }
                    }
                }
            }
        }
        arguments => write_several(interface, command, arguments, &codec),
    }
}

fn write_several(
    interface: &Interface,
    command: &Command,
    arguments: &[Argument],
    codec: &TokenStream,
) -> TokenStream {
    let each = |put: &dyn Fn(&Argument, TokenStream) -> TokenStream| -> TokenStream {
        let one = |argument: &Argument| {
            let ty = &argument.ty;
            put(argument, quote!(__st::encoder!(#codec #ty)))
        };
        arguments.iter().map(one).collect()
    };
    let pack = each(&|Argument { name, .. }, encoder| {
        quote_spanned! {Span::mixed_site()=> #encoder.pack(&#name, packer); }
    });
    let write = each(&|Argument { name, .. }, encoder| {
        quote_spanned! {Span::mixed_site()=> #encoder.write(&#name, list.add()); }
    });
    let literal = quote_spanned! {Span::mixed_site()=>
        let mut list = __st::LiteralArguments::new(payload);
        #write
        list.end();
    };
    match command.arguments_way() {
        Way::Natural => {
            let format = constant("format_of", interface, command);
            quote_spanned! {Span::mixed_site()=>
                if const { __st::is_struct(#format) } {
                    let packer = payload.structure(#format);
                    #pack
                } else {
                    #literal
                }
            }
        }
        // Several raw arguments were refused.
        Way::Repr | Way::Raw => literal,
        Way::Postcard => {
            let postcard = each(&|Argument { name, .. }, encoder| {
                quote_spanned! {Span::mixed_site()=> #encoder.postcard(&#name, payload); }
            });
            quote_spanned! {Span::mixed_site()=>
                __st::begin_postcard(payload);
                #postcard
            }
        }
        Way::Struct(format) => {
            let is_exact = is_exact(arguments.iter().map(|argument| &argument.ty), &quote!(#format));
            quote_spanned! {Span::mixed_site()=>
                if #is_exact {
                    let packer = payload.structure(#format);
                    #pack
                } else {
                    return payload.by_format(#format, |packer| { #pack });
                }
            }
        }
    }
}

/// What `arguments` are expected to be.
pub(super) fn expected(interface: &Interface, command: &Command) -> TokenStream {
    let names = command.argument_names();
    let types: Vec<_> = command.arguments.iter().map(|argument| &argument.ty).collect();
    // What asks for something else than its shape lays down is read with a look at the format.
    let are_packed = quote_spanned! {Span::mixed_site()=>
        const { true #(&& __st::Received::<#types>::IS_PACKED)* }
    };
    let format = match command.arguments_way() {
        Way::Natural => {
            let format = constant("format_of", interface, command);
            quote!(if #are_packed { const { __st::expected_format(#format) } } else { "" })
        }
        Way::Struct(format) => {
            let is_exact = is_exact(types, &quote!(#format));
            quote!(if #is_exact && #are_packed { #format } else { "" })
        }
        Way::Raw | Way::Repr | Way::Postcard => quote!(""),
    };
    quote_spanned!(Span::mixed_site()=> __st::expected!(#format, #names))
}

/// Takes `arguments`; leaves the block `'command` if something is wrong with them.
pub(super) fn take_arguments(command: &Command) -> TokenStream {
    let count = command.arguments.len();
    let codec = codec(command.arguments_way());
    let names: Vec<_> = command.arguments.iter().map(|argument| &argument.name).collect();
    let take = if count == 1 { quote!(take_sole) } else { quote!(take) };
    let takes = command.arguments.iter().map(|Argument { name, ty }| {
        quote_spanned! {Span::mixed_site()=>
            let #name = __st::decoder!(#codec #ty).#take(arguments);
        }
    });
    quote_spanned! {Span::mixed_site()=>
        #(#takes)*
        if !arguments.is_right() {
            break 'command;
        }
        #(let __st::Some(#names) = #names else { break 'command };)*
    }
}

/// Answers `reply` with `value`.
pub(super) fn write_value(interface: &Interface, command: &Command) -> TokenStream {
    let Some(ty) = &command.output.value else { return TokenStream::new() };
    let way = command.value_way();
    let codec = codec(way);
    let encoder = quote!(__st::encoder!(#codec #ty));
    match way {
        Way::Natural => {
            let returns = constant("returns_of", interface, command);
            quote_spanned! {Span::mixed_site()=> #encoder.answer(&value, reply, __st::header_of!(#returns)); }
        }
        Way::Repr => quote_spanned! {Span::mixed_site()=> #encoder.literal_sole(&value, reply.value()); },
        Way::Raw => quote_spanned! {Span::mixed_site()=> #encoder.raw_sole(&value, reply.value()); },
        Way::Postcard => quote_spanned! {Span::mixed_site()=>
            let payload = reply.value();
            __st::begin_postcard(payload);
            #encoder.postcard(&value, payload);
        },
        Way::Struct(format) => {
            let is_exact = is_exact([ty], &quote!(#format));
            quote_spanned! {Span::mixed_site()=>
                if #is_exact {
                    #encoder.exact_answer(&value, reply, __st::header_of!(#format));
                } else {
                    #encoder.reply_by_format(&value, reply, #format);
                }
            }
        }
    }
}

/// Answers `reply` with `error`.
pub(super) fn write_error(command: &Command, error: &Type) -> TokenStream {
    let codec = if command.has_serde_errors() { quote!(repr_error) } else { quote!(value_error) };
    quote_spanned! {Span::mixed_site()=> __st::encoder!(#codec #error).fail(&error, reply); }
}

/// How a client reads the answer.
pub(super) fn outcome(command: &Command) -> TokenStream {
    let value = command.value_type();
    let value_codec = match command.output.value {
        Some(_) => codec(command.value_way()),
        None => quote!(value),
    };
    let error = match &command.output.error {
        None => quote_spanned! {Span::mixed_site()=> |_| __st::None },
        Some(error) => {
            let codec = if command.has_serde_errors() { quote!(repr) } else { quote!(value) };
            quote_spanned! {Span::mixed_site()=> |reader| __st::decoder!(#codec #error).take(reader) }
        }
    };
    quote_spanned! {Span::mixed_site()=>
        __st::Outcome {
            value: |reader| __st::decoder!(#value_codec #value).take_sole(reader),
            error: #error,
        }
    }
}

/// Which codec of the core a way uses.
fn codec(way: Way<'_>) -> TokenStream {
    match way {
        Way::Natural | Way::Raw | Way::Struct(_) => quote!(value),
        Way::Repr => quote!(repr),
        Way::Postcard => quote!(postcard),
    }
}

/// A constant that the description of the interface holds.
fn constant(what: &str, interface: &Interface, command: &Command) -> TokenStream {
    let what = syn::Ident::new(what, Span::call_site());
    let description = names::description(interface.name());
    let name = &command.name.text;
    quote!(const { __st::#what(&#description, #name) })
}

/// Whether a format lays values down as they are, so that no code has to follow it at run time.
fn is_exact<'a>(types: impl IntoIterator<Item = &'a Type>, format: &TokenStream) -> TokenStream {
    let types = types.into_iter();
    quote!(const { __st::Shape::arguments(&[#(__st::Shaped::<#types>::SHAPE),*]).is_laid_out_as(#format) })
}
