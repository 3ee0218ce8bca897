//! Type hints.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What Python is told of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hint {
    Any,
    None,
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    /// A class of the module.
    Named(String),
    Optional(Box<Self>),
    List(Box<Self>),
    Dict(Box<Self>, Box<Self>),
    Tuple(Vec<Self>),
    /// A tuple of any length.
    Many(Box<Self>),
}

impl Hint {
    /// A tuple of these, written short if it is long and uniform.
    pub(super) fn tuple(elements: Vec<Self>) -> Self {
        match elements.split_first() {
            Some((first, rest)) if rest.len() >= 4 && rest.iter().all(|other| other == first) => {
                Self::Many(Box::new(first.clone()))
            }
            _ => Self::Tuple(elements),
        }
    }

    /// Whether there are parts of which nothing is known.
    pub(super) fn is_vague(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Optional(inner) | Self::List(inner) | Self::Many(inner) => inner.is_vague(),
            Self::Dict(key, value) => key.is_vague() || value.is_vague(),
            Self::Tuple(elements) => elements.iter().any(Self::is_vague),
            _ => false,
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Any => "Any",
            Self::None => "None",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
            Self::Bytes => "bytes",
            Self::Named(name) => name,
            Self::Optional(inner) => return write!(f, "Optional[{inner}]"),
            Self::List(element) => return write!(f, "List[{element}]"),
            Self::Dict(key, value) => return write!(f, "Dict[{key}, {value}]"),
            Self::Many(element) => return write!(f, "Tuple[{element}, ...]"),
            Self::Tuple(elements) if elements.is_empty() => "Tuple[()]",
            Self::Tuple(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    let before = if at == 0 { "Tuple[" } else { ", " };
                    write!(f, "{before}{element}")?;
                }
                "]"
            }
        };
        f.write_str(word)
    }
}
