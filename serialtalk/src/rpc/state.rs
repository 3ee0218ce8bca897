//! A program's own state, found by its type in the services of an endpoint.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use super::commands::Commands;

/// Something that holds exactly one state of type `T`: a generated server, or a tuple of services.
///
/// `Where` says how to get there; the compiler infers it.
#[diagnostic::on_unimplemented(
    message = "no service here has the state `{T}`",
    label = "`{T}` is not the state of a service in `{Self}`",
    note = "the state of a service is what its server was made of: `RobotServer::new(MyRobot)` has the state `MyRobot`"
)]
pub trait State<T, Where> {
    /// The state.
    fn state(&mut self) -> &mut T;
}

/// Says that the service itself has the state.
#[derive(Debug)]
pub struct Here;

/// Says that the first of two services has the state.
#[derive(Debug)]
#[allow(unnameable_types, reason = "the compiler infers it")]
pub struct InFirst<Where>(PhantomData<Where>);

/// Says that the second of two services has the state.
#[derive(Debug)]
#[allow(unnameable_types, reason = "the compiler infers it")]
pub struct InSecond<Where>(PhantomData<Where>);

impl<T, Where, A: State<T, Where>, B> State<T, InFirst<Where>> for (A, B) {
    fn state(&mut self) -> &mut T {
        self.0.state()
    }
}

impl<T, Where, A, B: State<T, Where>> State<T, InSecond<Where>> for (A, B) {
    fn state(&mut self) -> &mut T {
        self.1.state()
    }
}

impl<T, Where, S: State<T, Where>> State<T, Where> for &mut S {
    fn state(&mut self) -> &mut T {
        S::state(self)
    }
}

#[cfg(feature = "alloc")]
impl State<Commands, Here> for Commands {
    fn state(&mut self) -> &mut Commands {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Server<T>(T);

    impl<T> State<T, Here> for Server<T> {
        fn state(&mut self) -> &mut T {
            &mut self.0
        }
    }

    #[test]
    fn a_state_is_found_by_its_type_anywhere() {
        let mut last = Server(4u32);
        let mut services = ((((), Server(1u8)), Server(2u16)), (&mut last, Server("text")));
        let number: &mut u8 = services.state();
        *number += 10;
        let number: &mut u32 = services.state();
        *number += 10;
        let text: &mut &str = services.state();
        assert_eq!(*text, "text");
        assert_eq!(services.0.0.1.0, 11);
        assert_eq!(last.0, 14);
    }
}
