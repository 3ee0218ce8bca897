//! Both drivers, made of one text: whatever differs between them is a difference of the drivers.

use std::time::Duration;

use serialtalk::proto::{Action, Command, Protocol, ReplyDecoder};
use serialtalk::{AsyncCaller, Caller, Checked, Clock, Commands, LinkError, Plain, Timeout, asynch};
use serialtalk_hal::LinkError as Error;
use serialtalk_hal::fault::FaultLink;
use serialtalk_hal::simulation::{BlockingEnd, LineEnd, Simulation, VirtualClock};

use crate::record::{Event, Log, Recorded};
use crate::script::{Script, Speaks, Step};

/// Runs scripts.
pub(crate) trait Driver {
    /// What the peer speaks.
    const PEER: Speaks;

    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log);
}

pub(crate) struct Blocking;
pub(crate) struct Asynch;
pub(crate) struct CheckedBlocking;
pub(crate) struct CheckedAsynch;

type Host<L> = Recorded<FaultLink<L>>;

impl Driver for Blocking {
    const PEER: Speaks = Speaks::Plain;

    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log) {
        blocking::steps(script, simulation, simulation.blocking(end), log);
    }
}

impl Driver for Asynch {
    const PEER: Speaks = Speaks::Plain;

    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log) {
        simulation.block_on(asynchronous::steps(script, simulation, end, log));
    }
}

impl Driver for CheckedBlocking {
    const PEER: Speaks = Speaks::Checked;

    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log) {
        checked_blocking::steps(script, simulation, simulation.blocking(end), log);
    }
}

impl Driver for CheckedAsynch {
    const PEER: Speaks = Speaks::Checked;

    fn drive(script: &Script, simulation: &Simulation, end: LineEnd, log: &Log) {
        simulation.block_on(checked_asynchronous::steps(script, simulation, end, log));
    }
}

/// Writes the module of a driver. `$speaking` makes of a plain endpoint one that speaks `$Protocol`.
macro_rules! driver {
    (
        $module:ident, $End:ty, [$($SerialTalk:ident)::+], $Protocol:ty, $speaking:expr,
        $pause:ident, $serve_for:ident, [$($async:ident)?], [$($await:tt)*]
    ) => {
        mod $module {
            use super::*;

            type Talk<P> = $($SerialTalk)::+<Host<$End>, VirtualClock, Commands, 258, 0, P>;

            fn endpoint(link: Host<$End>) -> Talk<$Protocol> {
                let (log, clock) = (link.log.clone(), link.log.clock());
                let mut commands = Commands::new();
                let own = move |x: u32| {
                    log.add(Event::Served(x));
                    x.wrapping_add(1)
                };
                commands.add("own", own).unwrap();
                let speaking: fn(Talk<Plain>) -> Talk<$Protocol> = $speaking;
                speaking($($SerialTalk)::+::with_service(link, clock, commands))
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

driver!(blocking, BlockingEnd, [serialtalk::SerialTalk], Plain, |talk| talk, pause, serve_for, [], []);
driver!(asynchronous, LineEnd, [asynch::SerialTalk], Plain, |talk| talk, pause_async, serve_for_async, [async], [.await]);
driver!(
    checked_blocking,
    BlockingEnd,
    [serialtalk::SerialTalk],
    Checked,
    |talk| talk.checked().entropy(7),
    pause,
    serve_for,
    [],
    []
);
driver!(
    checked_asynchronous,
    LineEnd,
    [asynch::SerialTalk],
    Checked,
    |talk| talk.checked().entropy(7),
    pause_async,
    serve_for_async,
    [async],
    [.await]
);

/// Waiting, and serving for a time, are not alike in text.
fn pause(simulation: &Simulation, ms: u32) {
    simulation.run_for(Duration::from_millis(ms.into()));
}

async fn pause_async(simulation: &Simulation, ms: u32) {
    simulation.clock().sleep(Duration::from_millis(ms.into())).await;
}

fn serve_for<P: Protocol>(
    talk: &mut serialtalk::SerialTalk<Host<BlockingEnd>, VirtualClock, Commands, 258, 0, P>,
    clock: VirtualClock,
    ms: u32,
) -> Result<(), LinkError<Error>> {
    let begun = clock.now();
    let left = || ms.saturating_sub(clock.now() - begun);
    while left() > 0 {
        if !talk.process_within(left())? && left() == 0 {
            return do_what_is_due(talk, clock.now());
        }
    }
    Ok(())
}

/// Does what became due when the wait for bytes ended, which `process_within` leaves to the next time.
fn do_what_is_due<P: Protocol>(
    talk: &mut serialtalk::SerialTalk<Host<BlockingEnd>, VirtualClock, Commands, 258, 0, P>,
    now: u32,
) -> Result<(), LinkError<Error>> {
    let (line, commands) = talk.parts_mut();
    loop {
        match line.endpoint.poll(now) {
            Action::Transmit => line.transmit()?,
            Action::Serve(frame) => {
                line.endpoint.serve(frame, commands);
                return line.transmit();
            }
            _ => return Ok(()),
        }
    }
}

async fn serve_for_async<P: Protocol>(
    talk: &mut asynch::SerialTalk<Host<LineEnd>, VirtualClock, Commands, 258, 0, P>,
    clock: VirtualClock,
    ms: u32,
) -> Result<(), LinkError<Error>> {
    let begun = clock.now();
    while let Some(left @ 1..) = ms.checked_sub(clock.now() - begun) {
        let command = clock.within(Duration::from_millis(left.into()), talk.wait_for_command());
        match command.await {
            Some(command) => talk.serve_command(command?).await?,
            None => return do_what_is_due_async(talk, clock.now()).await,
        }
    }
    Ok(())
}

/// Does what is due by a clock of milliseconds, of which the wait for bytes has a fraction left.
async fn do_what_is_due_async<P: Protocol>(
    talk: &mut asynch::SerialTalk<Host<LineEnd>, VirtualClock, Commands, 258, 0, P>,
    now: u32,
) -> Result<(), LinkError<Error>> {
    let (line, commands) = talk.parts_mut();
    loop {
        match line.endpoint.poll(now) {
            Action::Transmit => line.transmit().await?,
            Action::Serve(frame) => {
                line.endpoint.serve(frame, commands);
                return line.transmit().await;
            }
            _ => return Ok(()),
        }
    }
}
