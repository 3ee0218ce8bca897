//! What Zenoh is told.

use serde_json::{Value, json};
use serialtalk::Timeout;
use zenoh::Config;

use super::{Access, AccessError};
use crate::LEASE_MS;

/// How many programs may be connected to a router.
const MAX_SESSIONS: u32 = 10_000;

/// How many bytes a message may have: more than the list of a gateway with 100,000 boards.
const MAX_MESSAGE: u32 = 1 << 24;

/// Writes the configuration of a session that listens at and connects to these addresses.
pub(super) fn write(access: &Access, listen: &[String], connect: &[String]) -> Result<Config, AccessError> {
    let mode = if listen.is_empty() { "client" } else { "router" };
    let connect_ms = match access.connect_within {
        // A router goes on without the others, and connects when they are there.
        _ if mode == "router" => -1,
        Timeout::Ms(ms) => i64::from(ms),
        Timeout::Never => -1,
    };
    let mut settings = vec![
        ("mode", json!(mode)),
        ("listen/endpoints", json!(listen)),
        ("connect/endpoints", json!(connect)),
        ("connect/timeout_ms", json!(connect_ms)),
        (
            "connect/retry",
            json!({ "period_init_ms": 100, "period_max_ms": 1000, "period_increase_factor": 2 }),
        ),
        // Programs find each other by their addresses only.
        ("scouting/multicast/enabled", json!(false)),
        ("scouting/gossip/enabled", json!(false)),
        ("scouting/delay", json!(0)),
        ("transport/unicast/max_sessions", json!(MAX_SESSIONS)),
        ("transport/unicast/open_timeout", json!(LEASE_MS)),
        ("transport/link/tx/lease", json!(LEASE_MS)),
        ("transport/link/rx/max_message_size", json!(MAX_MESSAGE)),
        // Whoever takes nothing for so long counts as gone, as one that says nothing.
        (
            "transport/link/tx/queue/congestion_control/block/wait_before_close",
            json!(u64::from(LEASE_MS) * 1000),
        ),
    ];
    if let Some(certificates) = &access.certificates {
        for file in [&certificates.ca, &certificates.certificate, &certificates.key] {
            // Zenoh's own words do not name it.
            std::fs::File::open(file)
                .map_err(|error| AccessError::File { path: file.clone(), text: error.to_string() })?;
        }
        settings.push((
            "transport/link/tls",
            json!({
                "root_ca_certificate": certificates.ca,
                "listen_certificate": certificates.certificate,
                "listen_private_key": certificates.key,
                "connect_certificate": certificates.certificate,
                "connect_private_key": certificates.key,
                "enable_mtls": true,
                "verify_name_on_connect": true,
                "close_link_on_expiration": true,
            }),
        ));
    }
    let mut config = Config::default();
    for (key, value) in settings {
        set(&mut config, key, &value)?;
    }
    if let Some(rules) = &access.rules {
        config
            .insert_json5("access_control", rules)
            .map_err(|error| AccessError::Setting { what: "rules", text: error.to_string() })?;
    }
    Ok(config)
}

fn set(config: &mut Config, key: &'static str, value: &Value) -> Result<(), AccessError> {
    config
        .insert_json5(key, &value.to_string())
        .map_err(|error| AccessError::Setting { what: key, text: error.to_string() })
}
