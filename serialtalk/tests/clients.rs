//! What is written once for the clients of all interfaces.
#![cfg(feature = "alloc")]

use serialtalk::proto::{Carried, Carrier, Command, PayloadWriter, RawReply, ReplyDecoder};
use serialtalk::{CallError, Caller, Client, Context, EncodeError, Interface, Timeout};

#[serialtalk::interface]
trait Robot {
    fn reset(&mut self);
}

#[serialtalk::interface(module = "arm")]
trait Arm {
    fn grip(&mut self, force: u8);
}

/// Counts calls, which it does not make, and remembers what it is told of its peer.
#[derive(Debug, Default)]
struct Counting {
    calls: usize,
    expected: Vec<&'static str>,
    agreed: Vec<&'static str>,
}

impl Counting {
    fn count<T, E>(&mut self, command: &str) -> Result<T, CallError<u8, E>> {
        self.calls += 1;
        Err(CallError::Closed { context: Context::new(command, "", &[]) })
    }
}

impl Caller for Counting {
    type Error = u8;

    fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        _arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        _decoder: ReplyDecoder<T, E>,
    ) -> Result<T, CallError<u8, E>> {
        self.count(command.name)
    }

    fn send_with(
        &mut self,
        name: &str,
        _arguments: impl FnOnce(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<u8>> {
        self.count(name)
    }

    fn ready(&mut self, _within_ms: u32) -> Result<(), CallError<u8>> {
        self.count("echo")
    }

    fn agree(&mut self, interface: &'static Interface, _within_ms: u32) -> Result<(), CallError<u8>> {
        self.agreed.push(interface.name);
        Ok(())
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        self.expected.push(interface.name);
    }
}

impl Carrier for Counting {
    type Error = u8;

    fn call_raw(&mut self, command: Command<'_>, _payload: &[u8]) -> Result<RawReply, CallError<u8>> {
        self.count(command.name)
    }

    fn send_raw(&mut self, name: &str, _payload: &[u8]) -> Result<(), CallError<u8>> {
        self.count(name)
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        self.expected.push(interface.name);
    }
}

fn attach<T: Client<Counting>>() -> T {
    T::over(Counting::default())
}

#[test]
fn one_function_makes_clients_of_all_interfaces() {
    let mut robot: RobotClient<_> = attach();
    let mut arm: ArmClient<_> = attach();
    robot.reset().unwrap_err();
    arm.grip(3).unwrap_err();
    for (caller, interface) in [(robot.into_caller(), "Robot"), (Client::into_caller(arm), "Arm")] {
        assert_eq!((caller.calls, caller.expected), (1, vec![interface]));
    }
    assert_eq!(<RobotClient<Counting> as Client<_>>::INTERFACE.hash(), ROBOT_INTERFACE.hash());
    assert_eq!(<ArmClient<Counting> as Client<_>>::INTERFACE.module, "arm");
}

#[test]
fn a_caller_is_told_its_interface_through_whatever_is_around_it() {
    let mut caller = Counting::default();
    RobotClient::over(&mut caller);
    ArmClient::over(caller.within(Timeout::Never));
    RobotClient::over(&mut Carried(&mut caller).0);
    assert_eq!(caller.expected, ["Robot", "Arm", "Robot"]);

    let carried = RobotClient::over(Carried(Counting::default())).into_caller();
    assert_eq!(carried.0.expected, ["Robot"]);
}

#[test]
fn a_client_connects_as_its_caller_does_through_whatever_is_around_it() {
    let mut caller = Counting::default();
    RobotClient::connect(&mut caller).unwrap();
    ArmClient::connect(caller.within(Timeout::Never)).unwrap();
    assert_eq!((caller.calls, caller.agreed), (0, vec!["Robot", "Arm"]));

    // A carrier is asked by calls, and is told what for.
    let mut carried = Carried(Counting::default());
    carried.agree(&ROBOT_INTERFACE, 0).unwrap_err();
    assert_eq!((carried.0.calls, carried.0.expected), (1, vec!["Robot"]));
}

#[test]
fn a_client_that_is_new_tells_nothing() {
    let robot = RobotClient::new(Counting::default());
    assert!(robot.caller().expected.is_empty());
}

#[cfg(feature = "async")]
mod asynchronous {
    use core::pin::pin;
    use core::task::{Context, Poll, Waker};

    use serialtalk::AsyncCaller;

    use super::*;

    /// As [`Counting`], and awaited.
    #[derive(Debug, Default)]
    struct Awaited(Counting);

    impl AsyncCaller for Awaited {
        type Error = u8;

        async fn call_with<T, E>(
            &mut self,
            command: Command<'_>,
            _arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
            _decoder: ReplyDecoder<T, E>,
        ) -> Result<T, CallError<u8, E>> {
            self.0.count(command.name)
        }

        async fn send_with(
            &mut self,
            name: &str,
            _arguments: impl FnOnce(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        ) -> Result<(), CallError<u8>> {
            self.0.count(name)
        }

        async fn ready(&mut self, _within_ms: u32) -> Result<(), CallError<u8>> {
            self.0.count("echo")
        }

        fn expect_interface(&mut self, interface: &'static Interface) {
            self.0.expected.push(interface.name);
        }
    }

    fn attach<T: Client<Awaited>>() -> T {
        T::over(Awaited::default())
    }

    #[test]
    fn one_function_makes_async_clients_of_all_interfaces() {
        let mut robot: RobotAsyncClient<_> = attach();
        let arm: ArmAsyncClient<_> = attach();
        let polled = pin!(robot.reset()).poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(polled, Poll::Ready(Err(CallError::Closed { .. }))));
        for (caller, calls, interface) in [(robot.into_caller(), 1, "Robot"), (arm.into_caller(), 0, "Arm")] {
            assert_eq!((caller.0.calls, caller.0.expected), (calls, vec![interface]));
        }
    }
}
