//! The REPL of a hostile board. The first byte says what is done, the second the time, the others what the board does.

#![no_main]

use std::convert::Infallible;
use std::ops::ControlFlow;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use serialtalk::repl::{Conversation, Repl, ReplError, Script};
use serialtalk::{Timeout, Value};
use serialtalk_fuzz::line::{Line, Prompt};
use serialtalk_fuzz::payloads::assert_same;

/// How long the board may take to reach its prompt, in milliseconds.
const PROMPT_MS: u32 = 5000;
/// How long a program may run.
const PROGRAM_MS: u32 = 3000;
/// How long it may take to end after a Ctrl-C.
const INTERRUPT_MS: u32 = 1000;

const LONG: &str =
    "for number in range(3):\n    print(number, 'and some more text, so that the code is long')\n";

fuzz_target!(|input: &[u8]| {
    let mut input = Unstructured::new(input);
    let Ok([what, start]) = input.arbitrary::<[u8; 2]>() else { return };
    // The clock starts again at 0 in the middle of many an exchange.
    let start = u32::MAX.wrapping_mul(start.into()).wrapping_sub(300);
    let line = Line::new(input, Prompt, start);
    let mut repl = Repl::new(line.clone(), line.clone());
    repl.set_timeout(Timeout::Ms(PROGRAM_MS));
    match what & 64 {
        0 => exchanges(what, repl, &line, start),
        _ => exchanges(what, repl.buffer::<128>(), &line, start),
    }
});

type Board<'u, const N: usize> = Repl<Line<'u, Prompt>, Line<'u, Prompt>, N>;

/// Makes exchanges until one fails, each within its time.
fn exchanges<const N: usize>(what: u8, mut repl: Board<'_, N>, line: &Line<'_, Prompt>, mut begun: u32) {
    for step in 0..4 {
        let mut talk = Talk { output: 0, what };
        let result = match what.wrapping_add(step) % 16 {
            0 => repl.activate(PROMPT_MS),
            1 => repl.run("print(1)", |bytes| _ = talk.output(bytes)),
            2 => repl.run(LONG, |bytes| _ = talk.output(bytes)),
            3 => repl.run(Script::new(LONG).named("main.py").from_line(70), |bytes| _ = talk.output(bytes)),
            4 => repl.run(Script::new("print(2)").prints_text(), |bytes| _ = talk.output(bytes)),
            5 => repl.converse("input()", &mut talk),
            6 => repl.converse(LONG, &mut talk),
            7 => repl.start(LONG),
            8 => repl.eval::<Value>("{'a': [1, 2.5]}").map(|value| assert_shown(&value)),
            9 => repl.eval::<Vec<(u8, String)>>("[]").map(drop),
            10 => {
                let mut buffer = [0; 24];
                repl.eval_in::<Value>("machine.temperature()", &mut buffer).map(|value| assert_shown(&value))
            }
            11 => {
                repl.set_line_limit(10);
                repl.eval::<f32>("7").map(drop)
            }
            12 => repl.exit(),
            13 => repl.soft_reset(),
            14 => repl.restart(),
            _ => {
                let before = line.sent();
                let result = repl.run("\x04", |_| ());
                if matches!(result, Err(ReplError::Unsendable(4))) && before == line.sent() {
                    continue;
                }
                result
            }
        };
        assert!(talk.output <= line.arrived(), "more was printed than arrived");
        let waited = line.time().wrapping_sub(begun);
        assert!(waited <= PROMPT_MS + PROGRAM_MS + 2 * INTERRUPT_MS, "waited {waited} ms");
        begun = line.time();
        if let Err(error) = result {
            return assert_bounded(&error);
        }
    }
}

/// The host's side of a program.
struct Talk {
    /// How many bytes it has printed.
    output: usize,
    what: u8,
}

impl Conversation for Talk {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        assert!(!bytes.is_empty(), "nothing is no output");
        self.output += bytes.len();
        if self.what & 32 != 0 && self.output > 8 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn input(&mut self) -> &[u8] {
        if self.output % 3 == 1 && self.what & 128 != 0 { b"text\n" } else { b"" }
    }

    fn sent(&mut self, _count: usize) {
        // From now on there is none.
        self.what &= !128;
    }
}

fn assert_shown(value: &Value) {
    let again =
        Value::from_literal(&value.to_string()).unwrap_or_else(|| panic!("{value:?} is shown as {value}"));
    assert_same(value, &again);
}

fn assert_bounded(error: &ReplError<Infallible>) {
    let text = error.to_string();
    assert!(!text.is_empty() && text.len() < 16_384, "{text}");
}
