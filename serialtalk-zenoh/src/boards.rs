//! The boards of a realm.

use std::time::Duration;

use zenoh::Session;
use zenoh::query::{ConsolidationMode, QueryTarget};

use crate::request::DEFAULT_MS;
use crate::{FleetError, GatewayList, keys};

/// The gateways of a realm with their boards, sorted by name: all that answer within 1,500 ms. A gateway that does not run, or to
/// which access is denied, is not among them.
///
/// # Errors
///
/// Returns an error if Zenoh fails, or what a gateway tells cannot be read.
pub fn boards(session: &Session, realm: &str) -> Result<Vec<GatewayList>, FleetError> {
    pollster::block_on(boards_async(session, realm))
}

/// The gateways of a realm with their boards, sorted by name: all that answer within 1,500 ms. A gateway that does not run, or to
/// which access is denied, is not among them. Is awaited.
///
/// # Errors
///
/// Returns an error if Zenoh fails, or what a gateway tells cannot be read.
pub async fn boards_async(session: &Session, realm: &str) -> Result<Vec<GatewayList>, FleetError> {
    let replies = session
        .get(keys::list(realm, None))
        .target(QueryTarget::All)
        .consolidation(ConsolidationMode::None)
        .timeout(Duration::from_millis(DEFAULT_MS.into()))
        .await
        .map_err(|error| FleetError::engine(&error))?;
    let mut gateways: Vec<GatewayList> = vec![];
    while let Ok(reply) = replies.recv_async().await {
        // An error reply is Zenoh's: one of the gateways took too long.
        let Ok(sample) = reply.into_result() else { continue };
        let key = sample.key_expr();
        let list: GatewayList = serde_json::from_slice(&sample.payload().to_bytes()).map_err(|error| {
            FleetError::engine(&format!("{key} cannot be read: {error}; use the same version at both ends"))
        })?;
        // Rules are about keys: a gateway speaks for itself only.
        if key.as_str() == keys::list(realm, Some(&list.gateway)) {
            gateways.push(list);
        } else {
            log::warn!("{key} told the boards of the gateway {}, and is ignored", list.gateway);
        }
    }
    gateways.sort_by(|a, b| a.gateway.cmp(&b.gateway));
    Ok(gateways)
}
