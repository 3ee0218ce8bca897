//! Payloads to serde values.

use serde::de::Deserialize;

#[cfg(feature = "repr")]
use super::Failed;
#[cfg(feature = "repr")]
use super::source::{Absent, MAX_DEPTH, Source};
use crate::problem::ProblemKind;
use crate::reader::Reader;

/// Without literals there are commands in postcard only, and nothing else is read for them.
#[cfg(not(feature = "repr"))]
impl<'a> Reader<'a> {
    /// The next argument of several, whose type has serde.
    pub fn serde<T: Deserialize<'a>>(&mut self) -> Option<T> {
        // Some values take no bytes, so that none need be left.
        let has_come = self.begin_argument();
        #[cfg(feature = "postcard")]
        if let Some(bytes) = self.as_postcard()
            && let Ok((value, rest)) = postcard::take_from_bytes(bytes)
        {
            *bytes = rest;
            return Some(value);
        }
        self.wrong(if has_come { ProblemKind::Postcard } else { ProblemKind::TooFew })
    }

    /// The only argument, or the value of a reply, whose type has serde.
    pub fn serde_sole<T: Deserialize<'a>>(&mut self) -> Option<T> {
        self.serde()
    }
}

#[cfg(feature = "repr")]
impl<'a> Reader<'a> {
    /// The next argument of several, whose type has serde.
    pub fn serde<T: Deserialize<'a>>(&mut self) -> Option<T> {
        match self.begin_argument() {
            true => self.deserialize(),
            false => T::deserialize(Absent).ok().or_else(|| self.wrong(ProblemKind::TooFew)),
        }
    }

    /// The only argument, or the value of a reply, whose type has serde.
    pub fn serde_sole<T: Deserialize<'a>>(&mut self) -> Option<T> {
        if self.holds_one_bracket() {
            return self.serde();
        }
        self.spread_argument();
        self.deserialize()
    }

    fn deserialize<T: Deserialize<'a>>(&mut self) -> Option<T> {
        #[cfg(feature = "postcard")]
        if let Some(bytes) = self.as_postcard() {
            return match postcard::take_from_bytes(bytes) {
                Ok((value, rest)) => {
                    *bytes = rest;
                    Some(value)
                }
                Err(_) => self.wrong(ProblemKind::Postcard),
            };
        }
        match T::deserialize(Source { reader: self, levels: MAX_DEPTH }) {
            Ok(value) => Some(value),
            Err(Failed) => self.wrong(ProblemKind::Serde),
        }
    }
}
