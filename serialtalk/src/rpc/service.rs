//! What an endpoint serves: commands by name, and what runs them.

use super::call::Call;
use super::names::Names;
use super::reply::Reply;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;

/// The commands of a service.
///
/// Every command has a number, which stays the same when a module is loaded. A peer that asks for a list gets those of an
/// interface in the order of their numbers, those of two services one service after the other, and none whose module is not
/// loaded.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be served",
    label = "not a server",
    note = "a value that implements the interface `trait Arm` is served as `ArmServer::new({Self})`"
)]
pub trait CommandTable {
    /// Every name that is known at compile time. Names must differ, and so must the names of their replies.
    const NAMES: Names;

    /// How many numbers the service reserves.
    const SPAN: usize;

    /// Whether a peer may load a module; [`load`](Self::load) is never called otherwise.
    const HAS_MODULES: bool = false;

    /// Whether signatures of commands are known, so that peers can compare theirs;
    /// [`find_hash`](Self::find_hash) is never called otherwise.
    const HAS_SIGNATURES: bool = false;

    /// Whether there are descriptions; [`description`](Self::description) is never called otherwise.
    const HAS_DESCRIPTIONS: bool = false;

    /// How many commands are listed.
    fn count(&self) -> usize;

    /// The name of the listed command at `index`, counted from zero.
    fn nth(&self, index: usize) -> Option<&str>;

    /// The name of the command with this number, unless its module is not loaded.
    fn name_of(&self, number: usize) -> Option<&str> {
        self.nth(number)
    }

    /// What the arguments of the command with this number are expected to be; `None` if there is no such command, or its module is
    /// not loaded. A table that finds hashes has to say it: on the checked link packed arguments come without their format.
    fn arguments_of(&self, number: usize) -> Option<&'static Expected> {
        self.nth(number).map(|_| &Expected::UNKNOWN)
    }

    /// The number of the command called `name`, unless its module is not loaded.
    fn find(&self, name: &[u8]) -> Option<usize>;

    /// The number of the command whose signature has this hash, unless its module is not loaded.
    fn find_hash(&self, hash: u32) -> Option<usize> {
        let _ = hash;
        None
    }

    /// The number of the command called `name` if its signature is known, unless its module is not loaded.
    fn find_signed(&self, name: &[u8]) -> Option<usize> {
        if Self::HAS_SIGNATURES { self.find(name) } else { None }
    }

    /// What a peer is told of the command with this number: its signature in the first line, then more about it. Empty if
    /// there is no description, or the module of the command is not loaded; `None` if no command can have this number.
    fn description(&self, number: usize) -> Option<&str> {
        if number < Self::SPAN { Some("") } else { None }
    }

    /// Switches on the commands of the module `name`; returns whether there is such a module.
    fn load(&mut self, name: &[u8]) -> bool {
        let _ = name;
        false
    }
}

/// A service whose commands return at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be served here",
    label = "not a server for an endpoint that blocks",
    note = "an interface with `async` methods is served by an endpoint of `serialtalk::asynch`"
)]
pub trait Service: CommandTable {
    /// Runs command `number` and writes its reply.
    ///
    /// # Errors
    ///
    /// [`Invalid`] if the arguments do not fit their types: the endpoint then replies with the error that the decoder of
    /// the call has kept, or with one that says no more than that.
    fn serve(&mut self, number: usize, call: &mut Call<'_>, reply: &mut Reply<'_>) -> Result<(), Invalid>;
}

/// A service whose commands may wait for something.
#[cfg(feature = "async")]
pub trait AsyncService: CommandTable {
    /// Runs command `number` and writes its reply.
    ///
    /// Resolves to [`Invalid`] if the arguments do not fit their types: the endpoint then replies with the error that the
    /// decoder of the call has kept, or with one that says no more than that.
    fn serve(
        &mut self,
        number: usize,
        call: &mut Call<'_>,
        reply: &mut Reply<'_>,
    ) -> impl Future<Output = Result<(), Invalid>>;
}

/// The built-in commands alone.
impl CommandTable for () {
    const NAMES: Names = Names::None;
    const SPAN: usize = 0;

    fn count(&self) -> usize {
        0
    }

    fn nth(&self, _index: usize) -> Option<&str> {
        None
    }

    fn find(&self, _name: &[u8]) -> Option<usize> {
        None
    }
}

impl Service for () {
    fn serve(&mut self, _number: usize, _call: &mut Call<'_>, _reply: &mut Reply<'_>) -> Result<(), Invalid> {
        Ok(())
    }
}

#[cfg(feature = "async")]
impl AsyncService for () {
    async fn serve(
        &mut self,
        _number: usize,
        _call: &mut Call<'_>,
        _reply: &mut Reply<'_>,
    ) -> Result<(), Invalid> {
        Ok(())
    }
}

/// A number of two services, and which of them has it.
enum Of {
    First(usize),
    Second(usize),
}

impl Of {
    /// The one that reserves fewer numbers has the lower ones: a table of run-time commands reserves very many.
    const fn new<A: CommandTable, B: CommandTable>(number: usize) -> Self {
        if A::SPAN <= B::SPAN {
            if number < A::SPAN { Self::First(number) } else { Self::Second(number - A::SPAN) }
        } else if number < B::SPAN {
            Self::Second(number)
        } else {
            Self::First(number - B::SPAN)
        }
    }

    /// The number among those of both.
    const fn number<A: CommandTable, B: CommandTable>(self) -> usize {
        match self {
            Self::First(number) if A::SPAN <= B::SPAN => number,
            Self::First(number) => number + B::SPAN,
            Self::Second(number) if A::SPAN <= B::SPAN => number + A::SPAN,
            Self::Second(number) => number,
        }
    }
}

/// Finds a command in one of two services.
fn find_in_two<A: CommandTable, B: CommandTable>(
    first: Option<usize>,
    second: impl FnOnce() -> Option<usize>,
) -> Option<usize> {
    let found = first.map(Of::First).or_else(|| second().map(Of::Second))?;
    Some(found.number::<A, B>())
}

/// Two services side by side, the first one's commands listed first.
impl<A: CommandTable, B: CommandTable> CommandTable for (A, B) {
    const NAMES: Names = Names::Both(&A::NAMES, &B::NAMES);
    const SPAN: usize = A::SPAN + B::SPAN;
    const HAS_MODULES: bool = A::HAS_MODULES || B::HAS_MODULES;
    const HAS_SIGNATURES: bool = A::HAS_SIGNATURES || B::HAS_SIGNATURES;
    const HAS_DESCRIPTIONS: bool = A::HAS_DESCRIPTIONS || B::HAS_DESCRIPTIONS;

    fn count(&self) -> usize {
        self.0.count() + self.1.count()
    }

    fn nth(&self, index: usize) -> Option<&str> {
        match index.checked_sub(self.0.count()) {
            None => self.0.nth(index),
            Some(index) => self.1.nth(index),
        }
    }

    fn name_of(&self, number: usize) -> Option<&str> {
        match Of::new::<A, B>(number) {
            Of::First(number) => self.0.name_of(number),
            Of::Second(number) => self.1.name_of(number),
        }
    }

    fn arguments_of(&self, number: usize) -> Option<&'static Expected> {
        match Of::new::<A, B>(number) {
            Of::First(number) => self.0.arguments_of(number),
            Of::Second(number) => self.1.arguments_of(number),
        }
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        find_in_two::<A, B>(self.0.find(name), || self.1.find(name))
    }

    fn find_hash(&self, hash: u32) -> Option<usize> {
        find_in_two::<A, B>(self.0.find_hash(hash), || {
            let number = self.1.find_hash(hash)?;
            // One that was added at run time hides those with its name.
            let is_hidden = self.1.name_of(number).and_then(|name| self.0.find(name.as_bytes())).is_some();
            (!is_hidden).then_some(number)
        })
    }

    fn find_signed(&self, name: &[u8]) -> Option<usize> {
        find_in_two::<A, B>(self.0.find_signed(name), || self.1.find_signed(name))
    }

    fn description(&self, number: usize) -> Option<&str> {
        match Of::new::<A, B>(number) {
            Of::First(number) => self.0.description(number),
            Of::Second(number) => self.1.description(number),
        }
    }

    fn load(&mut self, name: &[u8]) -> bool {
        // Not short-circuited: several interfaces may share a module.
        self.0.load(name) | self.1.load(name)
    }
}

impl<A: Service, B: Service> Service for (A, B) {
    fn serve(&mut self, number: usize, call: &mut Call<'_>, reply: &mut Reply<'_>) -> Result<(), Invalid> {
        match Of::new::<A, B>(number) {
            Of::First(number) => self.0.serve(number, call, reply),
            Of::Second(number) => self.1.serve(number, call, reply),
        }
    }
}

#[cfg(feature = "async")]
impl<A: AsyncService, B: AsyncService> AsyncService for (A, B) {
    async fn serve(
        &mut self,
        number: usize,
        call: &mut Call<'_>,
        reply: &mut Reply<'_>,
    ) -> Result<(), Invalid> {
        match Of::new::<A, B>(number) {
            Of::First(number) => self.0.serve(number, call, reply).await,
            Of::Second(number) => self.1.serve(number, call, reply).await,
        }
    }
}

impl<S: CommandTable> CommandTable for &mut S {
    const NAMES: Names = S::NAMES;
    const SPAN: usize = S::SPAN;
    const HAS_MODULES: bool = S::HAS_MODULES;
    const HAS_SIGNATURES: bool = S::HAS_SIGNATURES;
    const HAS_DESCRIPTIONS: bool = S::HAS_DESCRIPTIONS;

    fn count(&self) -> usize {
        S::count(self)
    }

    fn nth(&self, index: usize) -> Option<&str> {
        S::nth(self, index)
    }

    fn name_of(&self, number: usize) -> Option<&str> {
        S::name_of(self, number)
    }

    fn arguments_of(&self, number: usize) -> Option<&'static Expected> {
        S::arguments_of(self, number)
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        S::find(self, name)
    }

    fn find_hash(&self, hash: u32) -> Option<usize> {
        S::find_hash(self, hash)
    }

    fn find_signed(&self, name: &[u8]) -> Option<usize> {
        S::find_signed(self, name)
    }

    fn description(&self, number: usize) -> Option<&str> {
        S::description(self, number)
    }

    fn load(&mut self, name: &[u8]) -> bool {
        S::load(self, name)
    }
}

impl<S: Service> Service for &mut S {
    fn serve(&mut self, number: usize, call: &mut Call<'_>, reply: &mut Reply<'_>) -> Result<(), Invalid> {
        S::serve(self, number, call, reply)
    }
}

#[cfg(feature = "async")]
impl<S: AsyncService> AsyncService for &mut S {
    async fn serve(
        &mut self,
        number: usize,
        call: &mut Call<'_>,
        reply: &mut Reply<'_>,
    ) -> Result<(), Invalid> {
        S::serve(self, number, call, reply).await
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;

    use super::*;

    /// A service of two commands, and a third that is loaded with the module `more`.
    struct Three {
        names: [&'static str; 3],
        is_loaded: bool,
        served: Vec<usize>,
    }

    impl Three {
        fn new(names: [&'static str; 3]) -> Self {
            Self { names, is_loaded: false, served: Vec::new() }
        }
    }

    impl CommandTable for Three {
        const NAMES: Names = Names::None;
        const SPAN: usize = 3;
        const HAS_MODULES: bool = true;

        fn count(&self) -> usize {
            if self.is_loaded { 3 } else { 2 }
        }

        fn nth(&self, index: usize) -> Option<&str> {
            self.names.get(..self.count())?.get(index).copied()
        }

        fn find(&self, name: &[u8]) -> Option<usize> {
            self.names.iter().take(self.count()).position(|known| known.as_bytes() == name)
        }

        fn find_hash(&self, hash: u32) -> Option<usize> {
            self.names.iter().take(self.count()).position(|known| known.len() == hash as usize)
        }

        fn load(&mut self, name: &[u8]) -> bool {
            self.is_loaded |= name == b"more";
            name == b"more"
        }
    }

    impl Service for Three {
        fn serve(
            &mut self,
            number: usize,
            _call: &mut Call<'_>,
            _reply: &mut Reply<'_>,
        ) -> Result<(), Invalid> {
            self.served.push(number);
            Ok(())
        }
    }

    #[test]
    fn numbers_stay_the_same_when_a_module_is_loaded() {
        let (mut first, mut second) = (Three::new(["a", "bb", "ccc"]), Three::new(["dddd", "e", "f"]));
        let mut both = ((), (&mut first, &mut second));
        fn names(table: &impl CommandTable) -> Vec<&str> {
            (0..10).filter_map(|index| table.nth(index)).collect()
        }
        let found = |table: &((), (&mut Three, &mut Three))| {
            ["a", "ccc", "dddd", "f", "x"].map(|name| table.find(name.as_bytes()))
        };
        assert_eq!((names(&both), both.count()), (["a", "bb", "dddd", "e"].to_vec(), 4));
        assert_eq!(found(&both), [Some(0), None, Some(3), None, None]);
        assert!(!both.load(b"other"));
        assert!(both.load(b"more"), "both have it");
        assert_eq!((names(&both), both.count()), (["a", "bb", "ccc", "dddd", "e", "f"].to_vec(), 6));
        assert_eq!(found(&both), [Some(0), Some(2), Some(3), Some(5), None]);
        assert_eq!([1, 3, 4, 9].map(|hash| both.find_hash(hash)), [Some(0), Some(2), Some(3), None]);

        let mut buffer = [0; 32];
        for number in [0, 2, 3, 5] {
            let mut call = Call::new(b"", &mut []);
            assert_eq!(both.serve(number, &mut call, &mut Reply::new(&mut buffer, b"")), Ok(()));
        }
        assert_eq!((first.served, second.served), ([0, 2].to_vec(), [0, 2].to_vec()));
    }
}
