//! `serialtalk list --fleet REALM`

use std::process::ExitCode;

use serde_json::json;
use serialtalk_zenoh::boards;
use serialtalk_zenoh::keys::Address;

use crate::context::Context;
use crate::escaped::on_one_line;
use crate::failure::{Failure, Kind, Result};
use crate::output::{DIM, NAME};

/// The realm whose boards are to be listed, if the command line names one: that of the configuration, or any if that has none.
pub(crate) fn realm(context: &Context) -> Option<&str> {
    let ours = context.config.fleet.as_ref().and_then(|fleet| fleet.realm.as_deref());
    let is_realm = |name: &&str| !name.contains(['/', ',']) && ours.is_none_or(|ours| ours == *name);
    context.global.fleet.as_deref().filter(is_realm)
}

/// Lists the boards of a realm with their gateways and whether they are connected.
pub(crate) fn list(realm: &str, context: &Context) -> Result {
    let fleet = context.config.fleet.clone().unwrap_or_default();
    let session = super::session(&fleet, context.global.wait.unwrap_or_default())?;
    let gateways = boards(&session, realm)?;
    if gateways.is_empty() {
        let text = format!("no gateway of the realm `{}` answers", on_one_line(realm));
        return Err(Failure::new(Kind::Port, text)
            .hint("start one: serialtalk-zenoh gateway; it may be that access to its list is denied, too"));
    }
    for gateway in &gateways {
        for board in &gateway.boards {
            let address = Address::new(realm, &gateway.gateway, &board.board).to_string();
            let state = if board.up { "up" } else { "down" };
            if context.output.is_json {
                context.output.json(json!({
                    "board": address,
                    "gateway": gateway.gateway,
                    "state": state,
                    "hash": board.hash,
                }))?;
            } else {
                context.output.line("", format_args!("{NAME}{address}{NAME:#}  {DIM}{state}{DIM:#}"))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
