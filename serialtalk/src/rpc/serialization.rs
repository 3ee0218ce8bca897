//! Interfaces as data for other programs: JSON, or whatever else serde writes.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::command::Timeout;
use super::interface::{ArgumentInfo, CommandInfo, Interface};
use super::signature::Signature;

/// `name`, `docs`, `module`, `hash` and `commands`.
impl Serialize for Interface {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Interface", 5)?;
        fields.serialize_field("name", self.name)?;
        fields.serialize_field("docs", self.docs)?;
        fields.serialize_field("module", self.module)?;
        fields.serialize_field("hash", &self.hash())?;
        fields.serialize_field("commands", self.commands)?;
        fields.end()
    }
}

/// `name`, `signature`, `hash`, `method`, `arguments`, `returns`, `error`, `format`, `return_format`, `oneway`,
/// `idempotent`, `timeout_ms` and `docs`. The timeout is a number, `"never"`, or null for that of the endpoint.
impl Serialize for CommandInfo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Command", 13)?;
        fields.serialize_field("name", self.name)?;
        fields.serialize_field("signature", &self.signature())?;
        fields.serialize_field("hash", &self.hash)?;
        fields.serialize_field("method", self.method)?;
        fields.serialize_field("arguments", self.arguments)?;
        fields.serialize_field("returns", self.returns)?;
        fields.serialize_field("error", self.error)?;
        fields.serialize_field("format", self.format)?;
        fields.serialize_field("return_format", self.return_format)?;
        fields.serialize_field("oneway", &self.oneway)?;
        fields.serialize_field("idempotent", &self.idempotent)?;
        match self.timeout {
            None => fields.serialize_field("timeout_ms", &None::<u32>)?,
            Some(Timeout::Ms(ms)) => fields.serialize_field("timeout_ms", &ms)?,
            Some(Timeout::Never) => fields.serialize_field("timeout_ms", "never")?,
        }
        fields.serialize_field("docs", self.docs)?;
        fields.end()
    }
}

/// `name`, `type` and `format`.
impl Serialize for ArgumentInfo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Argument", 3)?;
        fields.serialize_field("name", self.name)?;
        fields.serialize_field("type", self.ty)?;
        fields.serialize_field("format", self.format)?;
        fields.end()
    }
}

/// Its text.
impl Serialize for Signature<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
