//! A name for the services of an endpoint.

/// Declares an alias for the services of an endpoint, and checks at compile time that their commands differ.
///
/// The alias is the type of the services of an endpoint on which they are served in this order, for a struct that holds
/// the endpoint. Two commands that cannot be told apart are an error in `cargo check` already, not only where the endpoint
/// is built.
///
/// ```
/// # use serialtalk::link::Received;
/// # use serialtalk::{Clock, Link, SerialTalk};
/// # #[serialtalk::interface]
/// # pub trait Arm { fn grip(&mut self); }
/// # #[serialtalk::interface]
/// # pub trait Host { fn alarm(&mut self); }
/// # pub struct MyArm;
/// # impl MyArm { fn new() -> Self { Self } }
/// # impl Arm for MyArm { fn grip(&mut self) {} }
/// # pub struct Alarms;
/// # impl Alarms { fn new() -> Self { Self } }
/// # impl Host for Alarms { fn alarm(&mut self) {} }
/// # struct Uart;
/// # impl Link for Uart {
/// #     type Error = core::convert::Infallible;
/// #     fn receive(&mut self, _: &mut [u8], _: u32) -> Result<Received, Self::Error> { Ok(Received::Nothing) }
/// #     fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> { Ok(bytes.len()) }
/// #     fn flush(&mut self) -> Result<(), Self::Error> { Ok(()) }
/// # }
/// # struct Ticks;
/// # impl Clock for Ticks { fn now(&self) -> u32 { 0 } }
/// serialtalk::services! {
///     /// What the arm answers to.
///     pub type ArmServices = ArmServer<MyArm>, HostServer<Alarms>;
/// }
///
/// struct Board {
///     talk: SerialTalk<Uart, Ticks, ArmServices>,
/// }
///
/// fn board(uart: Uart) -> Board {
///     let talk = SerialTalk::new(uart, Ticks);
///     Board { talk: talk.serve(ArmServer::new(MyArm::new())).serve(HostServer::new(Alarms::new())) }
/// }
/// ```
///
/// The alias may have lifetimes: `type ArmServices<'a> = ArmServer<&'a mut MyArm>;`.
#[macro_export]
macro_rules! services {
    (
        $(#[$attribute:meta])*
        $visibility:vis type $name:ident $(<$($lifetime:lifetime),+ $(,)?>)? = $($service:ty),+ $(,)? $(;)?
    ) => {
        $(#[$attribute])*
        $visibility type $name $(<$($lifetime),+>)? = $crate::services!(@nested () $($service,)+);

        const _: () = $crate::__private::check_services::<$name>();
    };
    (@nested $all:ty) => { $all };
    (@nested $all:tt $first:ty, $($more:ty,)*) => { $crate::services!(@nested ($all, $first) $($more,)*) };
}
