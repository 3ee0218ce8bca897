//! Contracts as JSON, or whatever else serde reads and writes: in the form of `serialtalk::Interface`.
//!
//! What is read is checked as what a board says is.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serialtalk::Timeout;

use super::command::{BadCommand, Command, Options, Source};
use super::interface::{BadInterface, Interface};
use super::signature::Signature;

#[derive(Serialize, Deserialize)]
struct InterfaceData {
    name: String,
    #[serde(default)]
    docs: String,
    #[serde(default)]
    hash: Option<u32>,
    commands: Vec<Command>,
}

#[derive(Serialize, Deserialize)]
struct CommandData {
    name: String,
    signature: String,
    #[serde(default)]
    hash: Option<u32>,
    method: String,
    arguments: Vec<ArgumentData>,
    returns: String,
    error: String,
    oneway: bool,
    idempotent: bool,
    #[serde(default)]
    timeout_ms: Option<TimeoutData>,
    docs: String,
}

#[derive(Serialize, Deserialize)]
struct ArgumentData {
    name: String,
    r#type: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum TimeoutData {
    Ms(u32),
    Word(Never),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Never {
    Never,
}

impl Serialize for Interface {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let data = InterfaceData {
            name: self.name().into(),
            docs: self.docs().into(),
            hash: Some(self.hash()),
            commands: self.commands().to_vec(),
        };
        data.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Interface {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let InterfaceData { name, docs, hash, commands } = InterfaceData::deserialize(deserializer)?;
        let interface = Self::new(name, docs, commands).map_err(serde::de::Error::custom)?;
        match hash {
            Some(kept) if kept != interface.hash() => {
                let (name, actual) = (interface.name().into(), interface.hash());
                Err(serde::de::Error::custom(BadInterface::Hash { name, actual, kept }))
            }
            _ => Ok(interface),
        }
    }
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        CommandData::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Command {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(CommandData::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl From<&Command> for CommandData {
    fn from(command: &Command) -> Self {
        let names = command.signature().arguments().iter().map(|argument| argument.name.clone());
        let arguments = names.zip(command.argument_types());
        let Options { oneway, idempotent, timeout } = command.options();
        Self {
            name: command.name().into(),
            signature: command.signature().to_string(),
            hash: Some(command.hash()),
            method: command.method().into(),
            arguments: arguments.map(|(name, ty)| ArgumentData { name, r#type: ty.into() }).collect(),
            returns: command.returns().into(),
            error: command.error().into(),
            oneway,
            idempotent,
            timeout_ms: timeout.map(|timeout| match timeout {
                Timeout::Ms(ms) => TimeoutData::Ms(ms),
                Timeout::Never => TimeoutData::Word(Never::Never),
            }),
            docs: command.docs().into(),
        }
    }
}

impl TryFrom<CommandData> for Command {
    type Error = BadCommand;

    fn try_from(data: CommandData) -> Result<Self, BadCommand> {
        let signature: Signature = data.signature.parse()?;
        if data.name != signature.name() {
            return Err(BadCommand::Name { name: data.name, signature: data.signature });
        }
        if let Some(kept) = data.hash.filter(|kept| *kept != signature.hash()) {
            let actual = signature.hash();
            return Err(BadCommand::Hash { signature: data.signature, actual, kept });
        }
        let source = Source {
            method: data.method,
            arguments: data.arguments.into_iter().map(|argument| (argument.name, argument.r#type)).collect(),
            returns: data.returns,
            error: data.error,
        };
        let timeout = data.timeout_ms.map(|timeout| match timeout {
            TimeoutData::Ms(ms) => Timeout::Ms(ms),
            TimeoutData::Word(Never::Never) => Timeout::Never,
        });
        let options = Options { oneway: data.oneway, idempotent: data.idempotent, timeout };
        Self::new(signature, source, options, data.docs)
    }
}
