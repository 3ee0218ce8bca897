//! What the endpoint of a host serves, as a type that can be written.

use serialtalk::{CommandTable, Commands};

/// What [`SerialTalk`](crate::SerialTalk) serves when it is given services: these, and commands that are added at run time.
///
/// It is implemented for every service, tuples of services included, and for [`NoServices`].
pub trait Services {
    /// The type of all that is served.
    type All;
}

/// Nothing but commands that are added at run time.
#[derive(Debug)]
pub enum NoServices {}

impl Services for NoServices {
    type All = ((), Commands);
}

impl<S: CommandTable> Services for S {
    type All = (((), Commands), S);
}
