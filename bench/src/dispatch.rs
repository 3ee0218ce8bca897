//! How calls become slower as the board gets more commands.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk::{CallError, Caller, Commands, SerialTalk, Service};
use serialtalk_hal::StdClock;

use crate::compare::{Side, compare};
use crate::direct::{Direct, Lane};
use crate::report::{Report, Section, Show};
use crate::table::Budget;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "dispatch",
        title: "calls without a line to a board with many commands; peer: the same with one command",
    });
    let budget = Budget::AtMost(1.5);
    for count in [10, 50, 100, 200] {
        row(report, "typed", Place::Last, count, budget, typed)?;
    }
    for place in [Place::First, Place::Middle, Place::Unknown] {
        row(report, "typed", place, 200, budget, typed)?;
    }
    for count in [10, 50, 100, 200] {
        row(report, "run-time", Place::Last, count, budget, added)?;
    }
    for place in [Place::First, Place::Middle, Place::Unknown] {
        row(report, "run-time", place, 200, budget, added)?;
    }
    Ok(())
}

/// Which of the commands is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Middle,
    Last,
    Unknown,
}

fn row(
    report: &mut Report,
    kind: &str,
    place: Place,
    count: usize,
    budget: Budget,
    caller: fn(usize) -> Box<dyn Call>,
) -> Result<()> {
    let which = match place {
        Place::First => "the first",
        Place::Middle => "the middle one",
        Place::Last => "the last",
        Place::Unknown => "an unknown one",
    };
    report.compare(&format!("{which} of {count}, {kind}"), Show::Time, budget, |effort| {
        let (mut many, mut one) = (caller(count), caller(1));
        let number = match place {
            Place::First => 0,
            Place::Middle => count / 2,
            Place::Last => count - 1,
            Place::Unknown => 999,
        };
        let peer = if place == Place::Unknown { 999 } else { 0 };
        compare(effort, |side, times| match side {
            Side::Ours => many.call(&name(number), times),
            Side::Peer => one.call(&name(peer), times),
        })
    })
}

fn name(number: usize) -> String {
    format!("c{number:03}")
}

/// Calls a board by the name of a command.
trait Call {
    fn call(&mut self, name: &str, count: u32) -> Result<Duration>;
}

impl<S: Service> Call for Direct<S> {
    fn call(&mut self, name: &str, count: u32) -> Result<Duration> {
        let talk = self.client.caller_mut();
        let is_unknown = name == self::name(999);
        let start = Instant::now();
        for _ in 0..count {
            match talk.call::<()>(black_box(name), ()) {
                Ok(()) => {}
                Err(CallError::Refused { .. }) if is_unknown => {}
                Err(error) => return Err(error.into()),
            }
        }
        let took = start.elapsed();
        let outcome = talk.call::<()>(name, ());
        ensure!(outcome.is_err() == is_unknown, "`{name}` was not done: {outcome:?}");
        Ok(took)
    }
}

/// A board with so many commands of one interface.
fn typed(count: usize) -> Box<dyn Call> {
    match count {
        1 => board(OneServer::new(Nothing)),
        10 => board(TenServer::new(Nothing)),
        50 => board(FiftyServer::new(Nothing)),
        100 => board(HundredServer::new(Nothing)),
        _ => board(TwoHundredServer::new(Nothing)),
    }
}

/// A board with so many commands that were added at run time.
fn added(count: usize) -> Box<dyn Call> {
    let mut commands = Commands::new();
    for number in 0..count {
        // These names are valid.
        commands.add(&name(number), || ()).unwrap_or_default();
    }
    board(commands)
}

fn board<S: Service + 'static>(service: S) -> Box<dyn Call> {
    let server = SerialTalk::new(Lane::default(), StdClock::new()).serve(service).keep_stray();
    Box::new(Direct::to(server.checked().numbers().plain()))
}

/// Does nothing for any command.
#[derive(Debug, Clone, Copy)]
struct Nothing;

macro_rules! table {
    ($table:ident, $server:ident: $($name:ident)*) => {
        #[serialtalk::interface]
        trait $table {
            $(fn $name(&mut self);)*
        }

        impl $table for Nothing {
            $(fn $name(&mut self) {})*
        }
    };
}

table! {
    One, OneServer:
        c000
}

table! {
    Ten, TenServer:
        c000 c001 c002 c003 c004 c005 c006 c007 c008 c009
}

table! {
    Fifty, FiftyServer:
        c000 c001 c002 c003 c004 c005 c006 c007 c008 c009 c010 c011 c012 c013 c014 c015 c016 c017
        c018 c019 c020 c021 c022 c023 c024 c025 c026 c027 c028 c029 c030 c031 c032 c033 c034 c035
        c036 c037 c038 c039 c040 c041 c042 c043 c044 c045 c046 c047 c048 c049
}

table! {
    Hundred, HundredServer:
        c000 c001 c002 c003 c004 c005 c006 c007 c008 c009 c010 c011 c012 c013 c014 c015 c016 c017
        c018 c019 c020 c021 c022 c023 c024 c025 c026 c027 c028 c029 c030 c031 c032 c033 c034 c035
        c036 c037 c038 c039 c040 c041 c042 c043 c044 c045 c046 c047 c048 c049 c050 c051 c052 c053
        c054 c055 c056 c057 c058 c059 c060 c061 c062 c063 c064 c065 c066 c067 c068 c069 c070 c071
        c072 c073 c074 c075 c076 c077 c078 c079 c080 c081 c082 c083 c084 c085 c086 c087 c088 c089
        c090 c091 c092 c093 c094 c095 c096 c097 c098 c099
}

table! {
    TwoHundred, TwoHundredServer:
        c000 c001 c002 c003 c004 c005 c006 c007 c008 c009 c010 c011 c012 c013 c014 c015 c016 c017
        c018 c019 c020 c021 c022 c023 c024 c025 c026 c027 c028 c029 c030 c031 c032 c033 c034 c035
        c036 c037 c038 c039 c040 c041 c042 c043 c044 c045 c046 c047 c048 c049 c050 c051 c052 c053
        c054 c055 c056 c057 c058 c059 c060 c061 c062 c063 c064 c065 c066 c067 c068 c069 c070 c071
        c072 c073 c074 c075 c076 c077 c078 c079 c080 c081 c082 c083 c084 c085 c086 c087 c088 c089
        c090 c091 c092 c093 c094 c095 c096 c097 c098 c099 c100 c101 c102 c103 c104 c105 c106 c107
        c108 c109 c110 c111 c112 c113 c114 c115 c116 c117 c118 c119 c120 c121 c122 c123 c124 c125
        c126 c127 c128 c129 c130 c131 c132 c133 c134 c135 c136 c137 c138 c139 c140 c141 c142 c143
        c144 c145 c146 c147 c148 c149 c150 c151 c152 c153 c154 c155 c156 c157 c158 c159 c160 c161
        c162 c163 c164 c165 c166 c167 c168 c169 c170 c171 c172 c173 c174 c175 c176 c177 c178 c179
        c180 c181 c182 c183 c184 c185 c186 c187 c188 c189 c190 c191 c192 c193 c194 c195 c196 c197
        c198 c199
}
