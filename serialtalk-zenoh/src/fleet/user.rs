//! A user in `fleet.toml`, and what that may do.

use serde::Deserialize;

use crate::keys;

/// Who may do what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct User {
    /// The common name in the certificate.
    pub(super) certificate: String,
    pub(super) may: Vec<Right>,
}

/// Commands of boards that may be called, and whose values may be listened to: `robots/*/arm1: imu, led` as text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Right {
    /// The key of the boards.
    board: String,
    /// The key of their gateways.
    gateway: String,
    /// The key of all gateways of their realm.
    gateways: String,
    /// The chunks of the commands.
    commands: Vec<String>,
}

impl Right {
    /// The keys of what may be asked: calls, what the boards are, which there are. Whoever asks for all gateways hears of those that
    /// are meant.
    pub(super) fn asks(&self) -> impl Iterator<Item = String> {
        let wider = self.gateway != self.gateways;
        self.is_answered().chain(wider.then(|| format!("{}/list", self.gateways)))
    }

    /// The keys of answers.
    pub(super) fn is_answered(&self) -> impl Iterator<Item = String> {
        let Self { board, gateway, commands, .. } = self;
        let calls = commands.iter().map(move |command| format!("{board}/call/{command}"));
        calls.chain([format!("{board}/info"), format!("{gateway}/list")])
    }

    /// The keys that may be listened to.
    pub(super) fn listens(&self) -> impl Iterator<Item = String> {
        let wider = self.gateway != self.gateways;
        self.hears().chain(wider.then(|| format!("{}/events", self.gateways)))
    }

    /// The keys of what is published.
    pub(super) fn hears(&self) -> impl Iterator<Item = String> {
        let Self { board, gateway, commands, .. } = self;
        let streams = commands.iter().map(move |command| format!("{board}/stream/{command}"));
        streams.chain([format!("{gateway}/events")])
    }
}

impl TryFrom<String> for Right {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        read(&text).ok_or_else(|| {
            format!(
                "{text:?} is no right: write boards and their commands, as in `robots/*/arm1: imu, led` or \
                 `robots/cell1/*: *`"
            )
        })
    }
}

fn read(text: &str) -> Option<Right> {
    let (board, commands) = text.split_once(": ")?;
    let chunks: Option<Vec<_>> = board.trim().split('/').map(chunk_or_any).collect();
    let chunks = chunks?;
    let [realm, gateway, _] = &chunks[..] else { return None };
    if realm == "*" {
        return None;
    }
    let commands: Option<Vec<_>> = commands.split(',').map(|command| any_or(command.trim())).collect();
    Some(Right {
        board: chunks.join("/"),
        gateway: format!("{realm}/{gateway}"),
        gateways: format!("{realm}/*"),
        commands: commands?,
    })
}

/// A chunk of an address: `*`, or a name as it stands in one.
fn chunk_or_any(chunk: &str) -> Option<String> {
    let is_chunk = chunk == "*" || keys::name(chunk).is_some_and(|name| !name.is_empty());
    is_chunk.then(|| chunk.to_owned())
}

/// The chunk of a command, or `*` for all.
fn any_or(command: &str) -> Option<String> {
    match command {
        "" => None,
        "*" => Some("*".into()),
        name => Some(keys::chunk(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_keys() {
        let right = Right::try_from("robots/*/arm1: imu, set color".to_owned()).unwrap();
        assert_eq!(
            right.is_answered().collect::<Vec<_>>(),
            ["robots/*/arm1/call/imu", "robots/*/arm1/call/set color", "robots/*/arm1/info", "robots/*/list"]
        );
        assert_eq!(right.hears().last().unwrap(), "robots/*/events");
        let right = Right::try_from("robots/cell1/*: *".to_owned()).unwrap();
        assert_eq!(right.asks().next().unwrap(), "robots/cell1/*/call/*");
        assert_eq!(right.asks().last().unwrap(), "robots/*/list");
        assert_eq!(right.is_answered().last().unwrap(), "robots/cell1/list");
        assert_eq!(right.listens().last().unwrap(), "robots/*/events");
        assert_eq!(right.hears().last().unwrap(), "robots/cell1/events");
        for text in [
            "",
            "robots/*/arm1",
            "robots/*/arm1:",
            "robots/arm1: imu",
            "*/a/b: imu",
            "a/**/b: imu",
            "a/b/c: x,",
        ] {
            let error = Right::try_from(text.to_owned()).unwrap_err();
            assert!(error.contains("as in `robots/*/arm1: imu, led`"), "{text}");
        }
    }
}
