//! Both drivers, made of one text: whatever differs between them is a difference of the drivers.

use std::time::Duration;

use serialtalk::proto::{Command, ReplyDecoder};
use serialtalk::{AsyncCaller, Caller, Clock, Commands, LinkError, Timeout, asynch};
use serialtalk_hal::LinkError as Error;
use serialtalk_hal::fault::FaultLink;
use serialtalk_hal::simulation::{BlockingEnd, LineEnd, Simulation, VirtualClock};

use crate::record::{Event, Log, Recorded};
use crate::script::{Script, Step};

/// Runs scripts.
pub(crate) trait Driver {
    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log);
}

pub(crate) struct Blocking;
pub(crate) struct Asynch;

type Host<L> = Recorded<FaultLink<L>>;

impl Driver for Blocking {
    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log) {
        blocking::steps(script, simulation, simulation.blocking(end), log);
    }
}

impl Driver for Asynch {
    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log) {
        simulation.block_on(asynchronous::steps(script, simulation, end, log));
    }
}

/// Writes the module of a driver.
macro_rules! driver {
    ($module:ident, $End:ty, $SerialTalk:path, $pause:ident, $serve_for:ident, [$($async:ident)?], [$($await:tt)*]) => {
        mod $module {
            use super::*;

            pub(crate) type Talk = $SerialTalk;

            fn endpoint(link: Host<$End>) -> Talk {
                let (log, clock) = (link.log.clone(), link.log.clock());
                let mut commands = Commands::new();
                let own = move |x: u32| {
                    log.add(Event::Served(x));
                    x.wrapping_add(1)
                };
                commands.add("own", own).unwrap();
                <Talk>::with_service(link, clock, commands)
            }

            pub(crate) $($async)? fn steps(script: &Script, simulation: &Simulation, end: $End, log: &Log) {
                let mut talk = endpoint(Recorded { link: script.faults().on(end), log: log.clone() });
                for step in &script.steps {
                    match *step {
                        Step::Call { name, argument, timeout_ms, idempotent } => {
                            let timeout = Some(Timeout::Ms(timeout_ms));
                            let command = Command { timeout, idempotent, ..Command::new(name) };
                            let call = talk.call_with(
                                command,
                                |payload| payload.values(&(argument,)),
                                ReplyDecoder::VALUE,
                            );
                            log.add(Event::Called(call$($await)*));
                        }
                        Step::OneWay(argument) => {
                            let sent = talk.send("double", (argument,))$($await)*;
                            log.add(Event::Done(sent));
                        }
                        Step::Ready { within_ms } => {
                            let ready = talk.ready(within_ms)$($await)*;
                            log.add(Event::Done(ready));
                        }
                        Step::Serve { ms } => {
                            let served = $serve_for(&mut talk, log.clock(), ms)$($await)*;
                            log.add(Event::Ended(served));
                        }
                        Step::Pause { ms } => $pause(simulation, ms)$($await)*,
                        Step::Flush => {
                            let flushed = talk.flush()$($await)*;
                            log.add(Event::Ended(flushed));
                        }
                        Step::ForgetConnection => talk.forget_connection(),
                        Step::Restart => talk = endpoint(talk.into_link()),
                    }
                }
            }
        }
    };
}

driver!(
    blocking,
    BlockingEnd,
    serialtalk::SerialTalk<Host<BlockingEnd>, VirtualClock, Commands, 258, 0>,
    pause,
    serve_for,
    [],
    []
);
driver!(asynchronous, LineEnd, asynch::SerialTalk<Host<LineEnd>, VirtualClock, Commands, 258, 0>, pause_async, serve_for_async, [async], [.await]);

/// Waiting, and serving for a time, are not alike in text.
fn pause(simulation: &Simulation, ms: u32) {
    simulation.run_for(Duration::from_millis(ms.into()));
}

async fn pause_async(simulation: &Simulation, ms: u32) {
    simulation.clock().sleep(Duration::from_millis(ms.into())).await;
}

fn serve_for(talk: &mut blocking::Talk, clock: VirtualClock, ms: u32) -> Result<(), LinkError<Error>> {
    let begun = clock.now();
    while let Some(left @ 1..) = ms.checked_sub(clock.now() - begun) {
        talk.process_within(left)?;
    }
    Ok(())
}

async fn serve_for_async(
    talk: &mut asynchronous::Talk,
    clock: VirtualClock,
    ms: u32,
) -> Result<(), LinkError<Error>> {
    let begun = clock.now();
    while let Some(left @ 1..) = ms.checked_sub(clock.now() - begun) {
        let command = clock.within(Duration::from_millis(left.into()), talk.wait_for_command());
        if let Some(command) = command.await {
            talk.serve_command(command?).await?;
        }
    }
    Ok(())
}
