//! A name for the services of an endpoint.

/// Declares an alias for the services of an endpoint, and checks at compile time that their commands differ.
///
/// The alias is the type of the services of an endpoint on which they are served in this order, for a struct that holds
/// the endpoint. Two commands that cannot be told apart are an error in `cargo check` already, not only where the endpoint
/// is built.
///
/// ```ignore
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
