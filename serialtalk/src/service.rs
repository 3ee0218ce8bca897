//! What an endpoint serves: commands by name, and who does them.

use crate::command::Call;
use crate::names;
use crate::reply::Reply;

/// The names of the commands that something serves.
///
/// Commands are numbered from zero in the order in which they are listed to a peer that asks.
pub trait Catalog {
    /// Every name that is known at compile time. Names must differ, and so must the names of their replies.
    const NAMES: Names;

    /// Whether a peer that asks for a module may get one; [`load`](Self::load) is never called where not.
    const HAS_MODULES: bool = true;

    /// How many commands there are at the moment.
    fn count(&self) -> usize;

    /// The name of command `number`; empty if there is none.
    fn name(&self, number: usize) -> &[u8];

    /// The number of the command called `name`.
    fn find(&self, name: &[u8]) -> Option<usize>;

    /// Switches on the commands that were declared under the module `name`; false if there is no such module.
    fn load(&mut self, name: &[u8]) -> bool {
        let _ = name;
        false
    }
}

/// Commands that are done at once.
pub trait Service: Catalog {
    /// Does command `number` and writes its reply.
    fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>);
}

/// Commands that may wait for something.
#[cfg(feature = "async")]
pub trait AsyncService: Catalog {
    /// Does command `number` and writes its reply.
    fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>) -> impl Future<Output = ()>;
}

/// Names known at compile time: a list, or two of these one behind the other.
#[derive(Debug, Clone, Copy)]
pub enum Names {
    /// These.
    List(&'static [&'static str]),
    /// Those of two services.
    Both(&'static Names, &'static Names),
}

impl Names {
    /// No names.
    pub const NONE: Self = Self::List(&[]);
}

/// No commands but the built-in ones.
impl Catalog for () {
    const NAMES: Names = Names::NONE;
    const HAS_MODULES: bool = false;

    fn count(&self) -> usize {
        0
    }

    fn name(&self, _number: usize) -> &[u8] {
        &[]
    }

    fn find(&self, _name: &[u8]) -> Option<usize> {
        None
    }
}

impl Service for () {
    fn serve(&mut self, _number: usize, _call: Call<'_>, _reply: &mut Reply<'_>) {}
}

#[cfg(feature = "async")]
impl AsyncService for () {
    async fn serve(&mut self, _number: usize, _call: Call<'_>, _reply: &mut Reply<'_>) {}
}

/// Two services side by side, the first one's commands first.
impl<A: Catalog, B: Catalog> Catalog for (A, B) {
    const NAMES: Names = {
        names::check::<A, B>();
        Names::Both(&A::NAMES, &B::NAMES)
    };
    const HAS_MODULES: bool = A::HAS_MODULES || B::HAS_MODULES;

    fn count(&self) -> usize {
        self.0.count() + self.1.count()
    }

    fn name(&self, number: usize) -> &[u8] {
        match number.checked_sub(self.0.count()) {
            None => self.0.name(number),
            Some(number) => self.1.name(number),
        }
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        self.0.find(name).or_else(|| Some(self.1.find(name)? + self.0.count()))
    }

    fn load(&mut self, name: &[u8]) -> bool {
        // Not short-circuited: several interfaces may share a module.
        self.0.load(name) | self.1.load(name)
    }
}

impl<A: Service, B: Service> Service for (A, B) {
    fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>) {
        match number.checked_sub(self.0.count()) {
            None => self.0.serve(number, call, reply),
            Some(number) => self.1.serve(number, call, reply),
        }
    }
}

#[cfg(feature = "async")]
impl<A: AsyncService, B: AsyncService> AsyncService for (A, B) {
    async fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>) {
        match number.checked_sub(self.0.count()) {
            None => self.0.serve(number, call, reply).await,
            Some(number) => self.1.serve(number, call, reply).await,
        }
    }
}

impl<S: Catalog> Catalog for &mut S {
    const NAMES: Names = S::NAMES;
    const HAS_MODULES: bool = S::HAS_MODULES;

    fn count(&self) -> usize {
        S::count(self)
    }

    fn name(&self, number: usize) -> &[u8] {
        S::name(self, number)
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        S::find(self, name)
    }

    fn load(&mut self, name: &[u8]) -> bool {
        S::load(self, name)
    }
}

impl<S: Service> Service for &mut S {
    fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>) {
        S::serve(self, number, call, reply);
    }
}

#[cfg(feature = "async")]
impl<S: AsyncService> AsyncService for &mut S {
    async fn serve(&mut self, number: usize, call: Call<'_>, reply: &mut Reply<'_>) {
        S::serve(self, number, call, reply).await;
    }
}
