//! Code that runs to its end, raises, times out or is stopped.

use serialtalk::Timeout;
use serialtalk::repl::{ReplError, Script};

use crate::boards::{on_each_board, output};

on_each_board! {
    fn code_of_any_length_runs(repl) {
        assert_eq!(output(repl, "print(6 * 7)").unwrap(), "42\n");
        assert_eq!(output(repl, "").unwrap(), "");
        let long = format!("{}print(n)", "n = 1234567\n".repeat(60));
        assert_eq!(output(repl, long.as_str()).unwrap(), "1234567\n");
        // Names persist between runs.
        assert_eq!(output(repl, "print(n + 1)").unwrap(), "1234568\n");
        let quotes = "a = 'it\\'s \"é€\" \\\\ \\n'\nprint(a == 'it' + chr(39) + 's \"' + chr(233) + chr(8364) + '\" ' + chr(92) + ' ' + chr(10))";
        assert_eq!(output(repl, quotes).unwrap(), "True\n");
    }

    fn an_exception_has_its_type_and_earlier_output_is_kept(repl) {
        let code = "# first\ndef f(n):\n    return 1 // n\nprint('before')\nf(0)\nprint('behind')\n";
        let mut printed = Vec::new();
        let script = Script::new(code).named("board.py").from_line(10);
        let error = repl.run(script, |bytes| printed.extend_from_slice(bytes)).unwrap_err();
        assert_eq!(String::from_utf8(printed).unwrap().trim(), "before");
        let exception = error.exception().unwrap();
        assert_eq!(exception.kind(), "ZeroDivisionError");
        assert!(exception.message().contains("zero"), "{exception}");
        assert_eq!(exception.line(), Some(12));
        let frames: Vec<_> = exception.frames().map(|frame| (frame.file, frame.line, frame.function)).collect();
        assert_eq!(frames, [("board.py", 14, "<module>"), ("board.py", 12, "f")]);
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn the_message_of_an_exception_may_have_control_characters(repl) {
        let error = output(repl, "raise ValueError('\\x00\\x1b[2J')").unwrap_err();
        assert_eq!(error.exception().unwrap().message(), "\u{0}\u{1b}[2J");
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn a_syntax_error_has_its_line(repl) {
        let error = output(repl, Script::new("a = 1\nb = 2\nc = = 3\n").named("board.py")).unwrap_err();
        let exception = error.exception().unwrap();
        assert_eq!(exception.kind(), "SyntaxError");
        assert_eq!(exception.line(), Some(3));
        // The board does not read most of the rest.
        let long = format!("a = = 1\n{}", "b = 1234567\n".repeat(100));
        let error = output(repl, long.as_str()).unwrap_err();
        assert_eq!(error.exception().unwrap().line(), Some(1));
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn code_that_never_ends_is_interrupted(repl) {
        repl.set_timeout(Timeout::Ms(2000));
        let mut printed = String::new();
        let endless = "print('begun')\nwhile True: pass";
        let error = repl.run(endless, |bytes| printed += &String::from_utf8_lossy(bytes)).unwrap_err();
        assert_eq!(error, ReplError::TimedOut { waited_ms: 2000, stopped: true });
        assert_eq!(printed.trim(), "begun");
        repl.set_timeout(Timeout::Ms(60_000));
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn a_conversation_can_stop_the_program(repl) {
        struct Until(usize);
        impl serialtalk::repl::Conversation for Until {
            fn output(&mut self, bytes: &[u8]) -> std::ops::ControlFlow<()> {
                self.0 = self.0.saturating_sub(bytes.len());
                if self.0 == 0 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
            }
        }
        let error = repl.converse("while True: print('more')", &mut Until(100)).unwrap_err();
        assert_eq!(error.exception().unwrap().kind(), "KeyboardInterrupt");
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn a_conversation_can_stop_a_program_that_is_silent(repl) {
        struct Ended;
        impl serialtalk::repl::Conversation for Ended {
            fn output(&mut self, _: &[u8]) -> std::ops::ControlFlow<()> {
                std::ops::ControlFlow::Continue(())
            }

            fn is_over(&mut self) -> bool {
                true
            }
        }
        let error = repl.converse("while True: pass", &mut Ended).unwrap_err();
        assert_eq!(error.exception().unwrap().kind(), "KeyboardInterrupt");
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn expressions_have_values(repl) {
        assert_eq!(repl.eval::<i32>("6 * 7"), Ok(42));
        assert_eq!(repl.eval::<f32>("1 / 4"), Ok(0.25));
        assert_eq!(repl.eval::<String>("'it\\'s ' + chr(8364)"), Ok("it's €".into()));
        assert_eq!(repl.eval::<(u8, Option<u8>)>("(1, None)"), Ok((1, None)));
        assert_eq!(repl.eval::<Vec<u16>>("[n * 100 for n in range(5)]  # with a comment"), Ok(vec![0, 100, 200, 300, 400]));
        assert_eq!(repl.eval::<bool>("print('noise') is None"), Ok(true));
        let mut small = [0; 7];
        assert_eq!(repl.eval_in::<u16>("12345", &mut small), Err(ReplError::TooLong(7)));
        assert_eq!(repl.eval_in::<u8>("1", &mut small), Ok(1));
        let error = repl.eval::<u8>("300").unwrap_err();
        assert!(matches!(&error, ReplError::Value(_)), "{error:?}");
        assert!(repl.eval::<u8>("nowhere").unwrap_err().exception().is_some_and(|it| it.kind() == "NameError"));
    }

    fn control_characters_are_refused_before_anything_is_sent(repl) {
        assert_eq!(output(repl, "print('\u{4}')"), Err(ReplError::Unsendable(4)));
        assert_eq!(output(repl, "print('\\x04' == chr(4))").unwrap(), "True\n");
    }

    fn a_soft_reset_clears_variables(repl) {
        repl.run("n = 1", |_| {}).unwrap();
        repl.soft_reset().unwrap();
        assert_eq!(output(repl, "n").unwrap_err().exception().unwrap().kind(), "NameError");
    }

    fn code_that_needs_more_memory_than_there_is_fails(repl) {
        let error = output(repl, "a = bytearray(1 << 29)").unwrap_err();
        assert_eq!(error.exception().unwrap().kind(), "MemoryError");
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }
}

#[test]
fn code_that_is_larger_than_memory_fails_and_leaves_a_prompt() {
    let Some((_board, mut repl)) = crate::boards::on_microbit() else { return };
    let code = format!("a = 1\n{}", "bb = 'some text that has to be kept somewhere'\n".repeat(400));
    let error = output(&mut repl, code.as_str()).unwrap_err();
    assert_eq!(error.exception().map(|exception| exception.kind()), Some("MemoryError"), "{error}");
    assert_eq!(output(&mut repl, "print(1)").unwrap(), "1\n");
}

#[test]
fn async_repls_run_code() {
    use serialtalk::repl::AsyncRepl;
    use serialtalk_hal::TokioClock;
    use serialtalk_hal::asynch::AsyncSerialLink;
    use serialtalk_hal::serial::SerialOptions;

    let board = peers::require!().board();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let link = AsyncSerialLink::open(board.path(), SerialOptions::default()).unwrap();
        let mut repl = AsyncRepl::new(link, TokioClock::new());
        repl.set_timeout(Timeout::Ms(60_000));
        repl.set_prompt_timeout(60_000);
        let mut printed = Vec::new();
        let code = format!("n = 0\n{}print(n)", "n += 1\n".repeat(100));
        repl.run(code.as_str(), |bytes| printed.extend_from_slice(bytes)).await.unwrap();
        assert_eq!(printed, b"100\n");
        assert_eq!(repl.eval::<u8>("n + 1").await, Ok(101));
        repl.set_line_limit(1000);
        let error = repl.eval::<u8>("exec(\"while True: print('x', end='')\")").await.unwrap_err();
        assert_eq!(error, ReplError::LineTooLong { limit: 1000, start: "x".repeat(60).as_str().into() });
        // A dropped run does not disturb the next one.
        let endless = repl.run("while True: pass", |_| {});
        assert!(tokio::time::timeout(std::time::Duration::from_millis(50), endless).await.is_err());
        assert_eq!(repl.eval::<u8>("n").await, Ok(100));
    });
}
