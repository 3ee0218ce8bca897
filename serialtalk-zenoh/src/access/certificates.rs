//! The files with which the two ends of a connection know each other.

use std::path::PathBuf;

/// The files with which the two ends of a connection know each other, in PEM. Each end shows its certificate to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificates {
    /// The certificate of the authority that has signed those of all the others.
    pub ca: PathBuf,
    /// The certificate of this program. Its common name is the name of the user in the rules of a router.
    pub certificate: PathBuf,
    /// The private key that belongs to it.
    pub key: PathBuf,
}
