//! Commands that are added at run time.

mod handler;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::command::Call;
use crate::dynamic::Value;
use crate::frame::MAX_LENGTH;
use crate::reply::Reply;
use crate::service::{Catalog, Names, Service};

pub use handler::{Answer, Handler};

/// A table of commands that grows at run time.
///
/// Endpoints of a host start with one. A command that is added again replaces the one before, and one with the name of a
/// built-in command, or of a command of an interface, is found first: the last word counts, as with Python peers.
#[derive(Default)]
pub struct Commands {
    entries: Vec<Entry>,
    modules: Vec<Module>,
}

struct Entry {
    name: String,
    /// Which module it belongs to.
    module: Option<usize>,
    serve: Serve,
}

type Serve = Box<dyn FnMut(Call<'_>, &mut Reply<'_>) + Send>;

struct Module {
    name: String,
    is_loaded: bool,
}

/// A name that cannot stand on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadName {
    /// It is empty.
    Empty,
    /// It has characters that are not printable ASCII; Python peers count characters, not bytes.
    NotAscii,
    /// It has more than 251 bytes, so its reply would not fit a frame.
    TooLong,
}

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a command needs a name",
            Self::NotAscii => {
                "the name of a command must be printable ASCII, for Python peers count its characters"
            }
            Self::TooLong => {
                "the name of a command must have at most 251 bytes, for its reply to fit a frame"
            }
        })
    }
}

impl core::error::Error for BadName {}

impl Commands {
    /// An empty table.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), modules: Vec::new() }
    }

    /// Adds a command that is done by a closure. Its types say how its value travels.
    ///
    /// # Errors
    ///
    /// A name that cannot stand on the wire.
    pub fn add<A, H: Handler<A> + Send + 'static>(
        &mut self,
        name: &str,
        mut handler: H,
    ) -> Result<(), BadName> {
        self.insert(name, None, Box::new(move |call, reply| handler.serve(call, None, reply)))
    }

    /// Adds a command whose value travels in a chosen format: a struct format such as `"f"`, `"repr"` or `"raw"`.
    ///
    /// # Errors
    ///
    /// A name that cannot stand on the wire.
    pub fn add_as<A, H: Handler<A> + Send + 'static>(
        &mut self,
        name: &str,
        format: &str,
        mut handler: H,
    ) -> Result<(), BadName> {
        let format = String::from(format);
        self.insert(name, None, Box::new(move |call, reply| handler.serve(call, Some(&format), reply)))
    }

    /// Adds a command that takes any number of arguments of any kind.
    ///
    /// # Errors
    ///
    /// A name that cannot stand on the wire.
    pub fn add_dynamic<R: Answer>(
        &mut self,
        name: &str,
        mut handler: impl FnMut(Vec<Value>) -> R + Send + 'static,
    ) -> Result<(), BadName> {
        let serve = move |call: Call<'_>, reply: &mut Reply<'_>| {
            let mut arguments = call.arguments();
            match (arguments.rest(), arguments.finish(0)) {
                (Some(values), Ok(())) => handler(values).answer(None, reply),
                _ => reply.refuse(&mut arguments, 0, ""),
            }
        };
        self.insert(name, None, Box::new(serve))
    }

    /// Declares a module: commands that are switched on when a peer asks for it by the command `module`. Nothing is
    /// executed then; all there is stands in this program.
    ///
    /// # Errors
    ///
    /// Whatever `declare` returns.
    pub fn module(
        &mut self,
        name: &str,
        declare: impl FnOnce(&mut Self) -> Result<(), BadName>,
    ) -> Result<(), BadName> {
        let mut group = Self::new();
        declare(&mut group)?;
        let module = self.modules.len();
        self.modules.push(Module { name: name.into(), is_loaded: false });
        for entry in group.entries {
            self.insert(&entry.name, Some(module), entry.serve)?;
        }
        Ok(())
    }

    fn insert(&mut self, name: &str, module: Option<usize>, serve: Serve) -> Result<(), BadName> {
        check(name)?;
        let entry = Entry { name: name.into(), module, serve };
        match self.entries.iter_mut().find(|old| old.name == name && old.module == module) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
        Ok(())
    }

    fn is_on(&self, entry: &Entry) -> bool {
        entry.module.is_none_or(|module| self.modules.get(module).is_some_and(|module| module.is_loaded))
    }

    fn active(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.is_on(entry))
    }
}

fn check(name: &str) -> Result<(), BadName> {
    // NC, and `ack` or `err` behind the name.
    const LONGEST: usize = MAX_LENGTH - 1 - 3;
    if name.is_empty() {
        return Err(BadName::Empty);
    }
    if name.len() > LONGEST {
        return Err(BadName::TooLong);
    }
    let is_printable = name.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_printable { Ok(()) } else { Err(BadName::NotAscii) }
}

impl Catalog for Commands {
    const NAMES: Names = Names::NONE;

    fn count(&self) -> usize {
        self.active().count()
    }

    fn name(&self, number: usize) -> Option<&str> {
        self.active().nth(number).map(|entry| entry.name.as_str())
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        self.active().position(|entry| entry.name.as_bytes() == name)
    }

    fn load(&mut self, name: &[u8]) -> bool {
        let mut found = false;
        for module in self.modules.iter_mut().filter(|module| module.name.as_bytes() == name) {
            module.is_loaded = true;
            found = true;
        }
        found
    }
}

impl Service for Commands {
    fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>) {
        let Self { entries, modules } = self;
        let is_on = |entry: &&mut Entry| {
            entry.module.is_none_or(|module| modules.get(module).is_some_and(|module| module.is_loaded))
        };
        if let Some(entry) = entries.iter_mut().filter(is_on).nth(number) {
            (entry.serve)(call, reply);
        }
    }
}

#[cfg(feature = "async")]
impl crate::service::AsyncService for Commands {
    async fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>) {
        Service::serve(self, number, call, reply);
    }
}

impl fmt::Debug for Commands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.entries.iter().map(|entry| &entry.name)).finish()
    }
}

/// A service to which commands can be added at run time.
pub trait Grow {
    /// The table to which they are added.
    fn commands(&mut self) -> &mut Commands;
}

impl Grow for Commands {
    fn commands(&mut self) -> &mut Commands {
        self
    }
}

impl<B: Grow> Grow for ((), B) {
    fn commands(&mut self) -> &mut Commands {
        self.1.commands()
    }
}

impl<A: Grow, B> Grow for (A, B) {
    fn commands(&mut self) -> &mut Commands {
        self.0.commands()
    }
}
