//! postcard-rpc: its host client and its server, over the same line.

mod client;
mod server;

use std::sync::mpsc;

use postcard_rpc::header::VarSeqKind;
use postcard_rpc::host_client::HostClient;
use postcard_rpc::standard_icd::{ERROR_PATH, WireError};
use postcard_rpc::{TopicDirection, endpoints, topics};
use serialtalk_hal::simulation::Simulation;

use crate::Column;
use crate::run::{Run, call_all};
use crate::tally::Counts;

pub(crate) const COLUMN: Column = Column { name: "postcard-rpc 0.12", broken_promises: |_| 0, run };

endpoints! {
    list = ENDPOINTS;
    | EndpointTy | RequestTy | ResponseTy | Path    |
    | ---------- | --------- | ---------- | ----    |
    | Count      | u32       | u32        | "count" |
}

topics! {
    list = TOPICS_IN;
    direction = TopicDirection::ToServer;
    | TopicTy | MessageTy | Path |
    | ------- | --------- | ---- |
}

topics! {
    list = TOPICS_OUT;
    direction = TopicDirection::ToClient;
    | TopicTy | MessageTy | Path |
    | ------- | --------- | ---- |
}

fn run(run: &Run) -> Option<Counts> {
    if run.row.both_directions {
        return None;
    }
    let simulation = Simulation::new();
    let clock = simulation.clock();
    let (board, host) = run.line(&simulation);
    let [by_host, _] = run.tallies();

    let ran = by_host.clone();
    let board = simulation.board(board, move |end| server::serve(end, ran.clone()));
    run.disturb(&simulation, board);

    let (spawn, tasks) = mpsc::channel();
    let client = HostClient::<WireError>::new_with_wire(
        client::Tx(run.faults().on(host.clone())),
        client::Rx::new(run.faults().on(host)),
        client::Spawn(spawn),
        VarSeqKind::Seq2,
        ERROR_PATH,
        8,
    );
    tasks.try_iter().for_each(|task| simulation.spawn(task));
    simulation
        .block_on(call_all(&clock, &by_host, async |number| client.send_resp::<Count>(&number).await.ok()));
    Some(by_host.counts())
}
