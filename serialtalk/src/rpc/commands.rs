//! Commands that are added at run time.

mod bad_name;
mod handler;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::{fmt, mem};

use super::call::Call;
use super::names::Names;
use super::reply::Reply;
#[cfg(feature = "async")]
use super::service::AsyncService;
use super::service::{CommandTable, Service};
use crate::codec::dynamic::Value;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;

pub use bad_name::BadName;
pub use handler::{Answer, Handler};

/// How many commands can be added: their numbers do not move those of other services.
const MAX_COMMANDS: usize = 65_536;

/// A table of commands that grows at run time.
///
/// Endpoints of a host start with one. A command that is added again replaces the earlier one, and one with the name of a
/// built-in command, or of a command of an interface, is found first: the last word counts, as with Python peers.
#[derive(Default)]
pub struct Commands {
    /// The commands in the order in which they are listed.
    entries: Vec<Entry>,
    /// The numbers of the commands in the order of their names, for binary search.
    by_name: Vec<usize>,
    modules: Vec<Module>,
}

struct Entry {
    name: String,
    serve: Serve,
}

type Serve = Box<dyn FnMut(&mut Call<'_>, &mut Reply<'_>) -> Result<(), Invalid> + Send>;

struct Module {
    name: String,
    /// What is added when the module is loaded; empty from then on.
    group: Commands,
}

impl Commands {
    /// An empty table.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), by_name: Vec::new(), modules: Vec::new() }
    }

    /// Adds a command that a closure runs. The types of the closure say how its value is encoded.
    ///
    /// # Errors
    ///
    /// A name that cannot be sent, or a table that is full.
    pub fn add<A, H: Handler<A> + Send + 'static>(
        &mut self,
        name: &str,
        mut handler: H,
    ) -> Result<(), BadName> {
        self.insert(name, Box::new(move |call, reply| handler.serve(call, None, reply)))
    }

    /// Adds a command whose value is sent in a chosen format: a struct format such as `"f"`, `"repr"` or `"raw"`.
    ///
    /// # Errors
    ///
    /// A name that cannot be sent, or a table that is full.
    pub fn add_as<A, H: Handler<A> + Send + 'static>(
        &mut self,
        name: &str,
        format: &str,
        mut handler: H,
    ) -> Result<(), BadName> {
        let format = String::from(format);
        self.insert(name, Box::new(move |call, reply| handler.serve(call, Some(&format), reply)))
    }

    /// Adds a command that takes any number of arguments of any kind.
    ///
    /// # Errors
    ///
    /// A name that cannot be sent, or a table that is full.
    pub fn add_dynamic<R: Answer>(
        &mut self,
        name: &str,
        mut handler: impl FnMut(Vec<Value>) -> R + Send + 'static,
    ) -> Result<(), BadName> {
        let serve = move |call: &mut Call<'_>, reply: &mut Reply<'_>| {
            let arguments = call.arguments(&Expected::UNKNOWN);
            let values = arguments.rest()?;
            arguments.finish()?;
            handler(values).answer(None, reply);
            Ok(())
        };
        self.insert(name, Box::new(serve))
    }

    /// Declares a module: commands that are switched on when a peer asks for it with the command `module`. Nothing is
    /// executed then; the commands are part of this program. They are listed after those that are there already; those
    /// that no longer fit the table stay off.
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
        self.modules.push(Module { name: name.into(), group });
        Ok(())
    }

    fn insert(&mut self, name: &str, serve: Serve) -> Result<(), BadName> {
        bad_name::check(name)?;
        self.put(Entry { name: name.into(), serve })
    }

    fn put(&mut self, entry: Entry) -> Result<(), BadName> {
        match self.search(entry.name.as_bytes()) {
            Ok(place) => {
                if let Some(old) = self.by_name.get(place).and_then(|number| self.entries.get_mut(*number)) {
                    *old = entry;
                }
            }
            Err(_) if self.entries.len() >= MAX_COMMANDS => return Err(BadName::TooMany),
            Err(place) => {
                self.by_name.insert(place, self.entries.len());
                self.entries.push(entry);
            }
        }
        Ok(())
    }

    /// Where a name is in `by_name`, or where it belongs.
    fn search(&self, name: &[u8]) -> Result<usize, usize> {
        self.by_name.binary_search_by(|number| {
            let known = self.entries.get(*number).map(|entry| entry.name.as_bytes());
            known.unwrap_or_default().cmp(name)
        })
    }
}

impl CommandTable for Commands {
    const NAMES: Names = Names::None;
    const SPAN: usize = MAX_COMMANDS;
    const HAS_MODULES: bool = true;

    fn count(&self) -> usize {
        self.entries.len()
    }

    fn nth(&self, index: usize) -> Option<&str> {
        self.entries.get(index).map(|entry| entry.name.as_str())
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        let place = self.search(name).ok()?;
        self.by_name.get(place).copied()
    }

    // They reserve more numbers than a peer could ask for.
    fn description(&self, _number: usize) -> Option<&str> {
        None
    }

    fn load(&mut self, name: &[u8]) -> bool {
        let called = |module: &&mut Module| module.name.as_bytes() == name;
        let groups: Vec<_> =
            self.modules.iter_mut().filter(called).map(|module| mem::take(&mut module.group)).collect();
        let found = !groups.is_empty();
        for group in groups {
            for entry in group.entries {
                // A command that has no place in the table stays off: its number would be that of another service.
                let _ = self.put(entry);
            }
            self.modules.extend(group.modules);
        }
        found
    }
}

impl Service for Commands {
    fn serve(&mut self, number: usize, call: &mut Call<'_>, reply: &mut Reply<'_>) -> Result<(), Invalid> {
        match self.entries.get_mut(number) {
            Some(entry) => (entry.serve)(call, reply),
            None => Ok(()),
        }
    }
}

#[cfg(feature = "async")]
impl AsyncService for Commands {
    async fn serve(
        &mut self,
        number: usize,
        call: &mut Call<'_>,
        reply: &mut Reply<'_>,
    ) -> Result<(), Invalid> {
        Service::serve(self, number, call, reply)
    }
}

impl fmt::Debug for Commands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.entries.iter().map(|entry| &entry.name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(commands: &Commands) -> Vec<&str> {
        (0..commands.count()).filter_map(|index| commands.nth(index)).collect()
    }

    fn add_all(commands: &mut Commands, names: &[&str]) -> Result<(), BadName> {
        names.iter().try_for_each(|name| commands.add(name, || ()))
    }

    #[test]
    fn every_name_is_found_and_the_order_is_that_of_adding() {
        let added = ["mult", "imu", "a", "zoo", "multi", "led"];
        let mut commands = Commands::new();
        add_all(&mut commands, &added).unwrap();
        add_all(&mut commands, &["imu"]).unwrap();
        assert_eq!(names(&commands), added);
        for (number, name) in added.iter().enumerate() {
            assert_eq!(commands.find(name.as_bytes()), Some(number));
        }
        for unknown in [&b""[..], b"mul", b"zz", b"LED", b"\xff"] {
            assert_eq!(commands.find(unknown), None);
        }
    }

    #[test]
    fn the_commands_of_a_module_are_listed_once_it_is_loaded() {
        let mut commands = Commands::new();
        commands.module("arm", |arm| add_all(arm, &["lift", "stop"])).unwrap();
        commands.module("arm", |arm| arm.module("hand", |hand| add_all(hand, &["grip"]))).unwrap();
        add_all(&mut commands, &["stop", "go"]).unwrap();
        assert_eq!(names(&commands), ["stop", "go"]);
        assert!(!commands.load(b"hand"));
        assert_eq!(commands.find(b"lift"), None);

        assert!(commands.load(b"arm"));
        assert_eq!(names(&commands), ["stop", "go", "lift"]);
        assert_eq!(commands.find(b"lift"), Some(2));
        assert!(commands.load(b"hand"));
        assert!(commands.load(b"arm"), "a module can be asked for again");
        assert_eq!(names(&commands), ["stop", "go", "lift", "grip"]);
    }

    #[test]
    fn a_full_table_takes_no_more_names() {
        let mut commands = Commands::new();
        for number in 0..MAX_COMMANDS {
            commands.add(&alloc::format!("{number:05}"), || ()).unwrap();
        }
        assert_eq!(commands.add("more", || ()), Err(BadName::TooMany));
        assert_eq!(commands.add("00007", || ()), Ok(()), "it replaces another");
        commands.module("arm", |arm| add_all(arm, &["lift"])).unwrap();
        assert!(commands.load(b"arm"));
        assert_eq!((commands.find(b"lift"), commands.count()), (None, Commands::SPAN));
    }

    #[test]
    fn a_module_with_a_bad_name_in_it_is_refused() {
        let mut commands = Commands::new();
        assert_eq!(commands.module("arm", |arm| add_all(arm, &["lift", ""])), Err(BadName::Empty));
        assert!(!commands.load(b"arm"));
    }
}
