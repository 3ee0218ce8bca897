//! The names of boards, and the keys of Zenoh that are made of them.
//!
//! | key | kind | what it is |
//! |---|---|---|
//! | `<realm>/<gateway>/<board>/call/<command>` | query | a call |
//! | `<realm>/<gateway>/<board>/info` | query | a [`BoardInfo`](crate::BoardInfo) as JSON |
//! | `<realm>/<gateway>/list` | query | a [`GatewayList`](crate::GatewayList) as JSON |
//! | `<realm>/<gateway>/<board>/stream/<command>` | put | what a board sends, or a polled value |
//! | `<realm>/<gateway>/events` | put | an [`Event`](crate::Event) as JSON |
//! | `alive/<realm>/<gateway>/<incarnation>` | liveliness token | a gateway that runs |

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::id::Incarnation;

/// What a chunk of a key cannot have as it is. `@` has a meaning at the beginning of a chunk.
const SPECIAL: &AsciiSet = &CONTROLS.add(b'%').add(b'/').add(b'*').add(b'$').add(b'?').add(b'#').add(b'@');

/// The chunk of a key that stands for `name`.
///
/// ```
/// assert_eq!(serialtalk_zenoh::keys::chunk("enable repl"), "enable repl");
/// assert_eq!(serialtalk_zenoh::keys::chunk("a/b*"), "a%2Fb%2A");
/// ```
pub fn chunk(name: &str) -> String {
    utf8_percent_encode(name, SPECIAL).to_string()
}

/// The name for which a chunk of a key stands; `None` if it is not one that [`chunk`] writes.
pub fn name(text: &str) -> Option<Cow<'_, str>> {
    let name = percent_decode_str(text).decode_utf8().ok()?;
    (chunk(&name) == text).then_some(name)
}

/// The name of a board: `robots/cell1/arm1`, or `robots/*/arm1` if any gateway may have it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    realm: String,
    /// `None` for any.
    gateway: Option<String>,
    board: String,
}

/// A text is no address of a board.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} names no board: write `realm/gateway/board`, such as `robots/cell1/arm1`, or `*` for any gateway"
)]
pub struct BadAddress(String);

impl Address {
    /// The board `board` at the gateway `gateway` of `realm`.
    pub fn new(realm: &str, gateway: &str, board: &str) -> Self {
        Self { realm: realm.into(), gateway: Some(gateway.into()), board: board.into() }
    }

    /// The realm, which is the installation to which gateways belong.
    pub fn realm(&self) -> &str {
        &self.realm
    }

    /// The gateway; `None` for any.
    pub fn gateway(&self) -> Option<&str> {
        self.gateway.as_deref()
    }

    /// The board.
    pub fn board(&self) -> &str {
        &self.board
    }

    /// The address with this gateway.
    #[must_use]
    pub fn at(&self, gateway: &str) -> Self {
        Self { gateway: Some(gateway.into()), ..self.clone() }
    }

    /// The key at which the board tells of itself.
    pub fn info(&self) -> String {
        format!("{}/info", self.key())
    }

    /// The key at which a command is called.
    pub fn call(&self, command: &str) -> String {
        format!("{}/call/{}", self.key(), chunk(command))
    }

    /// The key at which values of a command are published.
    pub fn stream(&self, command: &str) -> String {
        format!("{}/stream/{}", self.key(), chunk(command))
    }

    fn key(&self) -> String {
        let gateway = self.gateway.as_deref().map_or_else(|| "*".to_owned(), chunk);
        format!("{}/{gateway}/{}", chunk(&self.realm), chunk(&self.board))
    }
}

/// A name in an address is written as it is; `%2F` stands for a slash in it.
impl FromStr for Address {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress(text.into());
        let part = |chunk: &str| match name(chunk) {
            Some(name) if !name.is_empty() => Ok(name.into_owned()),
            _ => Err(bad()),
        };
        match text.split('/').collect::<Vec<_>>()[..] {
            [realm, "*", board] => Ok(Self { realm: part(realm)?, gateway: None, board: part(board)? }),
            [realm, gateway, board] => {
                Ok(Self { realm: part(realm)?, gateway: Some(part(gateway)?), board: part(board)? })
            }
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

/// The key at which a gateway lists its boards; those of all gateways of the realm without one.
pub fn list(realm: &str, gateway: Option<&str>) -> String {
    of_gateway(realm, gateway, "list")
}

/// The key at which a gateway publishes its events; those of all gateways of the realm without one.
pub fn events(realm: &str, gateway: Option<&str>) -> String {
    of_gateway(realm, gateway, "events")
}

/// Every key of a gateway.
pub fn all(realm: &str, gateway: &str) -> String {
    of_gateway(realm, Some(gateway), "**")
}

/// The key of the token that says that a gateway runs.
pub fn alive(realm: &str, gateway: &str, incarnation: Incarnation) -> String {
    format!("alive/{}", of_gateway(realm, Some(gateway), &incarnation.to_string()))
}

/// The tokens of all gateways of a realm.
#[cfg(feature = "cli")]
pub(crate) fn any_alive(realm: &str) -> String {
    format!("alive/{}", of_gateway(realm, None, "*"))
}

/// The tokens of all runs of a gateway.
pub(crate) fn all_alive(realm: &str, gateway: &str) -> String {
    format!("alive/{}", of_gateway(realm, Some(gateway), "*"))
}

fn of_gateway(realm: &str, gateway: Option<&str>, rest: &str) -> String {
    let gateway = gateway.map_or_else(|| "*".to_owned(), chunk);
    format!("{}/{gateway}/{rest}", chunk(realm))
}

/// What a key of a gateway asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<'k> {
    /// All boards.
    List,
    /// What a board is.
    Info {
        /// The board.
        board: Cow<'k, str>,
    },
    /// A call.
    Call {
        /// The board.
        board: Cow<'k, str>,
        /// The command.
        command: Cow<'k, str>,
    },
}

/// Reads what stands in a key after `<realm>/<gateway>/`; `None` if nobody answers to it.
pub fn asked(rest: &str) -> Option<Asked<'_>> {
    let mut chunks = rest.split('/');
    let first = chunks.next()?;
    let asked = match (chunks.next(), chunks.next()) {
        (None, None) if first == "list" => Asked::List,
        (Some("info"), None) => Asked::Info { board: name(first)? },
        (Some("call"), Some(command)) => Asked::Call { board: name(first)?, command: name(command)? },
        _ => return None,
    };
    chunks.next().is_none().then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_as_it_was_written() {
        for text in ["arm1", "enable repl", "a/b", "%", "%41", "*", "$*", "@", "é#?", "\n"] {
            let key = chunk(text);
            assert!(zenoh::key_expr::KeyExpr::try_from(key.as_str()).is_ok(), "{key:?}");
            assert_eq!(name(&key).as_deref(), Some(text));
        }
        assert_eq!([name("%41"), name("%"), name("%ff")], [const { None }; 3], "one name has one chunk");
    }

    #[test]
    fn addresses_have_three_parts() {
        let address: Address = "robots/*/arm1".parse().unwrap();
        assert_eq!((address.realm(), address.gateway(), address.board()), ("robots", None, "arm1"));
        assert_eq!(address.info(), "robots/*/arm1/info");
        let address = address.at("cell/1");
        assert_eq!(address.to_string(), "robots/cell%2F1/arm1");
        assert_eq!(address.to_string().parse(), Ok(address.clone()));
        assert_eq!(address.call("enable repl"), "robots/cell%2F1/arm1/call/enable repl");
        for text in
            ["", "arm1", "robots/arm1", "robots/cell1/arm1/x", "robots//arm1", "*/cell1/arm1", "a/b/%2f"]
        {
            let error = text.parse::<Address>().unwrap_err();
            assert!(error.to_string().starts_with(&format!("{text:?} names no board: write")), "{error}");
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let key = Address::new("robots", "cell1", "a/b").call("move to");
        let rest = key.strip_prefix("robots/cell1/").unwrap();
        assert_eq!(asked(rest), Some(Asked::Call { board: "a/b".into(), command: "move to".into() }));
        assert_eq!(asked("list"), Some(Asked::List));
        assert_eq!(asked("arm1/info"), Some(Asked::Info { board: "arm1".into() }));
        for rest in ["", "list/x", "arm1", "arm1/info/x", "arm1/call", "arm1/call/a/b", "arm1/stream/imu"] {
            assert_eq!(asked(rest), None, "{rest}");
        }
    }
}
