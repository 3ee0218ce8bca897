//! Dynamic values as Python shows them.

use core::fmt;

use super::Value;
use crate::codec::encoders::describe;

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        describe(self, f)
    }
}
