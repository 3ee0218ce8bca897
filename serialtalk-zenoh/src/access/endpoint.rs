//! Which addresses may be used, and with what.

use super::AccessError;

/// Checks an address: its kind, and whether it is as safe as was asked for.
pub(super) fn checked(address: &str, has_certificates: bool, is_insecure: bool) -> Result<(), AccessError> {
    let address = || address.to_owned();
    match address().split_once('/').map(|(kind, _)| kind) {
        Some("unixsock-stream") => Ok(()),
        Some("quic") if has_certificates => Ok(()),
        Some("quic") => Err(AccessError::NoCertificates { address: address() }),
        Some("tcp") if is_insecure => Ok(()),
        Some("tcp") => Err(AccessError::Insecure { address: address() }),
        _ => Err(AccessError::Kind { address: address() }),
    }
}
