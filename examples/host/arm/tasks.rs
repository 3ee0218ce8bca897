//! A host of the robot arm with tasks of tokio: a log 50 times a second, alarms, an emergency stop, and a line that may vanish.
//!
//! In two terminals: `cargo run --example arm_board -- --link /tmp/arm` and `cargo run --example arm_tasks -- --port /tmp/arm`.
//! Kill the board and start it again: the host goes on.

use std::fs::File;
use std::io::BufWriter;

use arm::{ArmAsyncClient, ArmHostServer};
use clap::Parser;
use host_examples::{ArmArguments, Event, Events, JointLog, PERIOD, help};
use serialtalk::{AsyncCaller, Timeout};
use serialtalk_hal::asynch::{Reconnecting, share};
use serialtalk_hal::{LinkError, Shared};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{MissedTickBehavior, interval};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = ArmArguments::parse();
    let (events, happened) = unbounded_channel();
    let told = events.clone();
    let link = Reconnecting::new(&arguments.port)
        // Fails only when this program ends.
        .serve(ArmHostServer::new(Events(move |event| drop(told.send(event)))))
        .on_connect(async |talk| {
            let mut arm = ArmAsyncClient::new(talk);
            println!("connected to {}", arm.name().await?);
            // No motion of an earlier run goes on.
            Ok(arm.cancel().await?)
        })
        .on_state(|state| println!("{state}"));
    let (shared, run) = share(link);

    std::thread::spawn(move || {
        let lines = std::io::stdin().lines().map_while(Result::ok);
        lines.chain(["quit".into()]).for_each(|line| drop(events.send(Event::Typed(line))));
    });
    let mut log = JointLog::new(BufWriter::new(File::create(&arguments.log)?))?;
    help();
    tokio::select! {
        ended = run => ended?,
        logged = log_joints(shared.clone(), &mut log) => logged?,
        () = obey_all(shared, happened) => {}
    }
    println!("{} readings, {} missed", log.rows, log.missed);
    Ok(())
}

/// Does what is typed, and shows what the arm tells.
async fn obey_all(shared: Shared<LinkError>, mut happened: UnboundedReceiver<Event>) {
    while let Some(event) = happened.recv().await {
        match event {
            Event::Typed(line) if line == "quit" => return,
            Event::Typed(line) => match obey(&shared, &line).await {
                Ok(answer) => println!("{line}: {answer}"),
                Err(error) => println!("{line}: {error:#}"),
            },
            event => println!("{event}"),
        }
    }
}

/// Does what was typed.
async fn obey(shared: &Shared<LinkError>, line: &str) -> anyhow::Result<String> {
    let mut arm = ArmAsyncClient::over(shared.clone());
    match line {
        "home" => arm.start_homing().await?,
        "move" => arm.move_to([20.0, -30.0, 40.0, 0.0, 10.0, 0.0], 30.0).await?,
        "grip" => arm.grip(true).await?,
        "cancel" => arm.cancel().await?,
        // Before all that waits.
        "stop" => ArmAsyncClient::over(shared.urgent()).stop().await?,
        "reset" => arm.reset().await?,
        "progress" => return Ok(format!("{:?}", arm.progress().await?)),
        _ => help(),
    }
    Ok("done".into())
}

/// Reads the joints 50 times a second.
async fn log_joints(
    mut shared: Shared<LinkError>,
    log: &mut JointLog<BufWriter<File>>,
) -> anyhow::Result<()> {
    let mut readings = interval(PERIOD);
    // Readings that cannot be had in time are left out, not made up for.
    readings.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        readings.tick().await;
        match ArmAsyncClient::new(shared.within(Timeout::Ms(PERIOD.as_millis() as u32))).joints().await {
            Ok(joints) => log.write(joints)?,
            Err(_) => log.missed += 1,
        }
    }
}
