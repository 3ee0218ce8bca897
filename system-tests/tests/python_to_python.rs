//! The Python peers call each other, in every pairing and over every line. Other tests rely on this.

use std::time::{Duration, Instant};

use peers::{Interpreter, Line, Peer, Turns, Venv};

/// Runs `test` with a server and a client on each kind of line that these two interpreters support.
fn each_line(venv: &Venv, at_server: Interpreter, at_client: Interpreter, mut test: impl FnMut(Peer, Peer)) {
    let server = venv.serve(at_server, Line::Listen);
    let client = venv.client(at_client, Line::Connect(server.address()));
    test(server, client);

    let server = venv.serve(at_server, Line::Listen);
    let client = venv.client(at_client, Line::ConnectEachCall(server.address()));
    test(server, client);

    // The class of MicroPython never returns from a read once the server has closed the connection.
    if at_client == Interpreter::CPython {
        let server = venv.serve(at_server, Line::ListenEachCall);
        let client = venv.client(at_client, Line::ConnectEachCall(server.address()));
        test(server, client);
    }

    if at_server == Interpreter::CPython {
        let server = venv.serve(at_server, Line::Pty);
        let client = venv.client(at_client, Line::path(server.path()));
        test(server, client);
    }
    if at_client == Interpreter::CPython {
        let client = venv.client(at_client, Line::Pty);
        let server = venv.serve(at_server, Line::path(client.path()));
        test(server, client);
    }
    if (at_server, at_client) == (Interpreter::CPython, Interpreter::CPython) {
        let server = venv.serve(at_server, Line::Pty);
        let client = venv.client(at_client, Line::PySerial(server.path()));
        test(server, client);
    }
}

fn each_pairing(mut test: impl FnMut(Interpreter, Interpreter, Peer, Peer)) {
    let venv = peers::require!();
    for at_server in Interpreter::ALL {
        for at_client in Interpreter::ALL {
            each_line(&venv, at_server, at_client, |server, client| {
                test(at_server, at_client, server, client)
            });
        }
    }
}

#[test]
fn every_pairing_works_over_every_line() {
    each_pairing(|at_server, _, mut server, mut client| {
        assert_eq!(client.call("'mult', 'ff', 1.5, 2.0"), "('multack', 3.0)");
        assert_eq!(client.call("'imu'"), "('imuack', (0.0, 0.125, 9.75))");
        let nothing = if at_server == Interpreter::CPython { "b''" } else { "()" };
        assert_eq!(client.call("'led', 'H', 300"), format!("('ledack', {nothing})"));
        assert_eq!(client.call("'get_hue'"), "('get_hueack', 300)");
        assert_eq!(client.call("'nope'"), "('nopeerr', 'Command not found: nope')");
        assert_eq!(client.call("'fail'"), "('failerr', 'Command failed: on purpose')");
        assert_eq!(client.call("'stop'"), format!("('stopack', {nothing})"));
        assert_eq!(server.done(), "done 7");
    });
}

fn listening(at_server: Interpreter, test: impl FnOnce(Peer, Peer)) {
    let venv = peers::require!();
    let server = venv.serve(at_server, Line::Listen);
    let client = venv.client(Interpreter::CPython, Line::Connect(server.address()));
    test(server, client);
}

#[test]
fn failures_to_pack_differ_by_interpreter() {
    listening(Interpreter::CPython, |_server, mut client| {
        assert_eq!(client.call("'too_big'"), "('too_bigack', ())", "a bare `B`, which reads as empty");
        assert_eq!(client.call("'too_many'"), "('too_manyack', b'2b')");
        assert_eq!(client.call("'wrong_type'"), "('wrong_typeack', ())");
    });
    listening(Interpreter::MicroPython, |_server, mut client| {
        assert_eq!(client.call("'too_big'"), "('too_bigack', 44)");
        assert_eq!(client.call("'too_many'"), "('too_manyack', (1, 2))");
    });
}

#[test]
fn every_format_of_the_interpreter_is_served() {
    let cases = [
        ("b", "-5", "-5"),
        ("B", "250", "250"),
        ("h", "-300", "-300"),
        ("H", "65000", "65000"),
        ("i", "-70000", "-70000"),
        ("I", "70000", "70000"),
        ("l", "-7", "-7"),
        ("L", "7", "7"),
        ("q", "-1 << 40", "-1099511627776"),
        ("Q", "1 << 40", "1099511627776"),
        ("f", "0.5", "0.5"),
        ("d", "0.1", "0.1"),
        ("5s", "b'abc'", "b'abc\\x00\\x00'"),
        ("3h", "1, 2, 3", "(1, 2, 3)"),
        ("bi", "1, 2", "(1, 2)"),
        ("<bi", "1, 2", "(1, 2)"),
        (">bi", "1, 2", "(1, 2)"),
    ];
    for at_server in Interpreter::ALL {
        listening(at_server, |_server, mut client| {
            for (format, values, reply) in cases {
                let expected = format!("('as {format}ack', {reply})");
                assert_eq!(client.call(&format!("'as {format}', '{format}', {values}")), expected);
            }
        });
    }
    listening(Interpreter::CPython, |_server, mut client| {
        for (format, value) in [("?", "True"), ("n", "-9"), ("N", "9"), ("e", "0.5"), ("c", "b'x'")] {
            let call = format!("'as {format}', '{format}', {value}");
            assert_eq!(client.call(&call), format!("('as {format}ack', {value})"));
        }
    });
}

#[test]
fn commands_are_declared_at_run_time() {
    for at_server in Interpreter::ALL {
        listening(at_server, |_server, mut client| {
            client.call("'declare', 'repr', 'twice', '<i', '2 * a[0]'");
            assert_eq!(client.call("'twice', 'repr', 21"), "('twiceack', 42)");
            assert_eq!(client.call("'evaluate', 'repr', '[2 ** 70, b\"x\", None]'"), {
                "('evaluateack', [1180591620717411303424, b'x', None])"
            });
            let point = client.call("'evaluate', 'repr', 'namedtuple(\"Point\", (\"x\", \"y\"))(1, 2)'");
            assert_eq!(point, "('evaluateack', (1, 2))", "an outer tuple is spread");
        });
    }
}

#[test]
fn modules_are_loaded_by_name() {
    for at_server in Interpreter::ALL {
        listening(at_server, |_server, mut client| {
            assert_eq!(client.call("'spare_sum', '2i', 1, 2"), {
                "('spare_sumerr', 'Command not found: spare_sum')"
            });
            let before = client.ask("eval len(st.get_remote_commands())").parse::<u32>().unwrap();
            assert_eq!(client.ask("eval st.add_module('spare')"), "None");
            assert_eq!(client.call("'spare_sum', '2i', 1, 2"), "('spare_sumack', 3)");
            assert_eq!(client.ask("eval len(st.get_remote_commands())").parse(), Ok(before + 2));
            assert!(client.call("'module', '6s', b'broken'").contains("broken on purpose"));
        });
    }
}

/// Makes a call that gets no reply.
fn call_without_reply(client: &mut Peer, arguments: &str) {
    client.ask("eval setattr(st, 'timeout', 100)");
    assert_eq!(client.call(arguments), "('err', '< delimiter not found')");
    client.ask("eval setattr(st, 'timeout', 60000)");
}

/// Waits until a client has received `count` bytes outside its calls.
fn wait_for_bytes(client: &mut Peer, count: usize) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while client.ask("eval st.any()") != count.to_string() {
        assert!(Instant::now() < deadline, "{count} bytes have not arrived");
    }
}

#[test]
fn a_server_writes_noise_stays_silent_and_crashes_on_request() {
    for at_server in Interpreter::ALL {
        listening(at_server, |_server, mut client| {
            let first_byte_is_no_frame = "('err', '< delimiter not found')";
            assert_eq!(client.call("'noise', 'repr', b'booting'"), first_byte_is_no_frame);
            wait_for_bytes(&mut client, b"ooting<\x0c\x08noiseack\x01B\x07>".len());
            assert_eq!(client.call("'count'"), "('countack', 1)", "the noise is discarded");

            client.call("'mute', 'B', 1");
            call_without_reply(&mut client, "'count'");
            assert_eq!(client.call("'count'"), "('countack', 3)");

            assert_eq!(client.call("'crash'"), first_byte_is_no_frame);
            let traceback = "raceback (most recent call last):\r\n  File \"main.py\", line 12, in <module>\r\n\
                             ImportError: no module named 'motors'\r\n";
            wait_for_bytes(&mut client, traceback.len());
            assert!(client.ask("eval st.read_all()").contains("ImportError: no module named"));
            call_without_reply(&mut client, "'count'");
        });
    }
}

#[test]
fn an_error_too_long_for_a_frame_does_not_stop_the_server() {
    for at_server in Interpreter::ALL {
        listening(at_server, |mut server, mut client| {
            call_without_reply(&mut client, &format!("'fail', 'repr', '{}'", "x".repeat(230)));
            assert!(server.line().starts_with("raised ValueError"));
            assert_eq!(client.call("'count'"), "('countack', 1)");
        });
    }
}

#[test]
fn frames_are_filled_to_the_last_byte() {
    for at_server in Interpreter::ALL {
        listening(at_server, |_server, mut client| {
            // A frame of 255 is 1 + len("fillack") + len("\x04repr('',)") + the text.
            let full = "x".repeat(255 - 1 - 7 - 10);
            let reply = client.call(&format!("'fill', 'repr', {}", full.len()));
            assert_eq!(reply, format!("('fillack', '{full}')"));
            let reply = client.call(&format!("'fill', 'repr', {}", full.len() + 1));
            assert!(reply.starts_with("('fillerr', 'Response packing failed"), "{reply}");
        });
    }
}

#[test]
fn alternating_calls_are_all_answered() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let turns = Turns {
            rounds: 5,
            serves: 20,
            calls: 20,
            arguments: "'count', 'q', n",
            expected: "('countack', n + 1)",
            timeout_ms: 60_000,
            crossed: false,
        };
        let mut both = venv.both(interpreter, Line::Listen, &turns);
        let line = Line::Connect(both.address());
        let mut client = venv.client(Interpreter::CPython, line);
        for _ in 0..turns.rounds {
            let repeated = client.ask("repeat 20 'count', 'q', n");
            assert!(repeated.starts_with("(20, ('countack', 20), "), "{repeated}");
            assert_eq!(client.ask("serve 20"), "20");
        }
        assert_eq!(both.done(), "done 100 100 0 0");
    }
}

#[test]
fn crossed_calls_terminate() {
    let venv = peers::require!();
    let turns = |rounds| Turns {
        rounds,
        serves: 1,
        calls: 1,
        arguments: "'count', 'q', n",
        expected: "('countack', n + 1)",
        timeout_ms: 100,
        crossed: true,
    };
    let first = venv.both(Interpreter::CPython, Line::Pty, &turns(20));
    let second = venv.both(Interpreter::MicroPython, Line::path(first.path()), &turns(20));
    for peer in &mut [first, second] {
        let done = peer.done();
        let numbers: Vec<u32> = done.split(' ').filter_map(|word| word.parse().ok()).collect();
        assert_eq!(numbers.iter().skip(1).sum::<u32>(), 20, "{done}");
    }
}

#[test]
fn a_client_reports_exceptions() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let server = venv.serve(Interpreter::CPython, Line::Listen);
        let mut client = venv.client(interpreter, Line::Connect(server.address()));
        client.say("call 'x', 'repr', 'y' * 300");
        assert!(client.answer().unwrap_err().starts_with("ValueError('bytes "));
        assert_eq!(client.call("'count'"), "('countack', 0)");
    }
}

#[test]
fn a_server_ends_when_its_line_closes() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let client = venv.client(Interpreter::CPython, Line::Pty);
        let mut server = venv.serve(interpreter, Line::path(client.path()));
        client.kill();
        assert_eq!(server.done(), "done 0");
    }
}

#[test]
#[should_panic(expected = "made no pty")]
fn a_peer_that_listens_has_no_path() {
    let Some(venv) = Venv::find() else { panic!("made no pty: skipped without peers") };
    venv.serve(Interpreter::CPython, Line::Listen).path();
}
