//! A host of the robot arm with threads: a log 50 times a second, alarms, an emergency stop, and a line that may vanish.
//!
//! In two terminals: `cargo run --example arm_board -- --link /tmp/arm` and `cargo run --example arm_threads -- --port /tmp/arm`.
//! Kill the board and start it again: the host goes on.

use std::fs::File;
use std::io::BufWriter;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Instant;

use arm::{ArmClient, ArmHostServer};
use clap::Parser;
use host_examples::{ArmArguments, Event, Events, JointLog, PERIOD, help, set_up};
use serialtalk::{Caller, Timeout};
use serialtalk_hal::{LinkError, Reconnecting, Shared, share};

fn main() -> anyhow::Result<()> {
    let arguments = ArmArguments::parse();
    let (events, happened) = channel();
    let told = events.clone();
    let link = Reconnecting::new(&arguments.port)
        // Fails only when this program ends.
        .serve(ArmHostServer::new(Events(move |event| drop(told.send(event)))))
        .on_connect(|talk| set_up(talk))
        .on_state(|state| println!("{state}"));
    let (shared, _running) = share(link)?;

    thread::spawn(move || {
        let lines = std::io::stdin().lines().map_while(Result::ok);
        lines.chain(["quit".into()]).for_each(|line| drop(events.send(Event::Typed(line))));
    });
    let log = JointLog::new(BufWriter::new(File::create(&arguments.log)?))?;
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let logging = scope.spawn(|| log_joints(shared.clone(), log, &is_over));
        help();
        for event in happened {
            match event {
                Event::Typed(line) if line == "quit" => break,
                Event::Typed(line) => match obey(&shared, &line) {
                    Ok(answer) => println!("{line}: {answer}"),
                    Err(error) => println!("{line}: {error:#}"),
                },
                event => println!("{event}"),
            }
        }
        is_over.store(true, Ordering::Relaxed);
        logging.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Does what was typed.
fn obey(shared: &Shared<LinkError>, line: &str) -> anyhow::Result<String> {
    let mut arm = ArmClient::over(shared.clone());
    match line {
        "home" => arm.start_homing()?,
        "move" => arm.move_to([20.0, -30.0, 40.0, 0.0, 10.0, 0.0], 30.0)?,
        "grip" => arm.grip(true)?,
        "cancel" => arm.cancel()?,
        // Before all that waits.
        "stop" => ArmClient::over(shared.urgent()).stop()?,
        "reset" => arm.reset()?,
        "progress" => return Ok(format!("{:?}", arm.progress()?)),
        _ => help(),
    }
    Ok("done".into())
}

/// Reads the joints 50 times a second until it is over. Readings that cannot be had in time are left out, not made up for.
fn log_joints(
    mut shared: Shared<LinkError>,
    mut log: JointLog<BufWriter<File>>,
    is_over: &AtomicBool,
) -> anyhow::Result<()> {
    let mut due = Instant::now();
    while !is_over.load(Ordering::Relaxed) {
        match ArmClient::new(shared.within(Timeout::Ms(PERIOD.as_millis() as u32))).joints() {
            Ok(joints) => log.write(joints)?,
            Err(_) => log.missed += 1,
        }
        due = (due + PERIOD).max(Instant::now());
        thread::sleep(due - Instant::now());
    }
    println!("{} readings, {} missed", log.rows, log.missed);
    Ok(())
}
