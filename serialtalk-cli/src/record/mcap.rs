//! MCAP, which Foxglove and PlotJuggler open: JSON messages, a channel for each command of a board, and a log for each board.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::time::Duration;

use mcap::records::MessageHeader;
use mcap::write::NoSeek;
use mcap::{McapError, WriteOptions, Writer};
use serde_json::{Map, Value as Json, json};
use serialtalk::Value;

use super::{Entry, Level, Names, Recorder};
use crate::leaves::Named;

/// The schema of a log: <https://docs.foxglove.dev/docs/sdk/schemas/log>.
const LOG_SCHEMA: &str = include_str!("log.schema.json");

/// A file of this form.
pub(crate) struct McapFile {
    /// Chunks are written whole, so that a file that is cut short ends between two of them.
    writer: Writer<NoSeek<BufWriter<File>>>,
    names: Arc<Names>,
    /// The channel of each command of a board.
    channels: BTreeMap<(usize, usize), u16>,
}

impl McapFile {
    pub(crate) fn new(file: File, names: Arc<Names>) -> io::Result<Self> {
        let options = WriteOptions::new().compression(None).disable_seeking(true);
        let writer = options.create(NoSeek::new(BufWriter::new(file))).map_err(io_error)?;
        Ok(Self { writer, names, channels: BTreeMap::new() })
    }

    /// The channel of this name, which is made if it is not there.
    fn channel(&mut self, board: usize, name: &str, schema: &str, text: &str) -> io::Result<u16> {
        let topic = format!("/{}/{name}", self.names.boards[board].trim_start_matches('/'));
        let schema = self.writer.add_schema(schema, "jsonschema", text.as_bytes()).map_err(io_error)?;
        self.writer.add_channel(schema, &topic, "json", &BTreeMap::new()).map_err(io_error)
    }
}

impl Recorder for McapFile {
    fn add(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let Some(value) = entry.value else { return Ok(()) };
        let message = match value {
            Named::Fields(_) => value.json(),
            // Viewers take objects only.
            value => json!({ "value": value.json() }),
        };
        let key = (entry.board, entry.command);
        let channel_id = match self.channels.get(&key) {
            Some(channel) => *channel,
            None => {
                let command = self.names.commands[entry.command].clone();
                let channel = self.channel(entry.board, &command, &command, &schema(value).to_string())?;
                self.channels.insert(key, channel);
                channel
            }
        };
        let header = MessageHeader {
            channel_id,
            // Begins again after 2^32 slots, which the form has no room for.
            sequence: entry.slot as u32,
            log_time: nanos(entry.answered),
            publish_time: nanos(entry.asked),
        };
        self.writer.write_to_known_channel(&header, message.to_string().as_bytes()).map_err(io_error)
    }

    fn log(&mut self, board: usize, time: Duration, level: Level, text: &str) -> io::Result<()> {
        let channel_id = self.channel(board, "log", "foxglove.Log", LOG_SCHEMA)?;
        let message = json!({
            "timestamp": { "sec": time.as_secs(), "nsec": time.subsec_nanos() },
            "level": level as u8,
            "message": text,
            "name": self.names.boards[board],
            "file": "",
            "line": 0,
        });
        let header =
            MessageHeader { channel_id, sequence: 0, log_time: nanos(time), publish_time: nanos(time) };
        self.writer.write_to_known_channel(&header, message.to_string().as_bytes()).map_err(io_error)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush().map_err(io_error)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.finish().map_err(io_error)?;
        self.writer.into_inner().into_inner().flush()
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn io_error(error: McapError) -> io::Error {
    match error {
        McapError::Io(error) => error,
        error => io::Error::other(error),
    }
}

/// The schema of messages that have the parts of a value.
fn schema(value: &Named) -> Json {
    match value {
        Named::Fields(_) => part(value).unwrap_or_default(),
        value => json!({ "type": "object", "properties": properties([("value", value)]) }),
    }
}

/// The schema of a part; `None` if its type is not known.
fn part(value: &Named) -> Option<Json> {
    Some(match value {
        Named::Leaf(Value::Bool(_)) => json!({ "type": "boolean" }),
        Named::Leaf(Value::Int(_) | Value::Float(_)) => json!({ "type": "number" }),
        Named::Leaf(Value::Str(_)) => json!({ "type": "string" }),
        Named::Leaf(Value::None) => return None,
        Named::Leaf(_) => json!({ "type": "object" }),
        Named::Items(items) => json!({ "type": "array", "items": items.iter().find_map(part)? }),
        Named::Fields(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.as_str(), value));
            json!({ "type": "object", "properties": properties(fields) })
        }
    })
}

fn properties<'a>(fields: impl IntoIterator<Item = (&'a str, &'a Named)>) -> Map<String, Json> {
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), part(value)?))).collect()
}
