//! The source of the generated module.

use std::process::Command;

use expect_test::expect_file;
use peers::{Board, Firmware, Machine};
use serialtalk::Timeout;
use serialtalk::repl::Repl;
use serialtalk_hal::StdClock;
use serialtalk_hal::socket::SocketLink;
use serialtalk_python::small::Small;

use crate::wide::{SPARE_INTERFACE, WIDE_INTERFACE};

/// The module of the wide interfaces.
pub(crate) fn module() -> String {
    serialtalk_python::module(&[WIDE_INTERFACE, SPARE_INTERFACE])
}

/// The part that every module has after its imports.
fn shared_part() -> &'static str {
    let source = include_str!("../../../serialtalk-python/python/calls.py");
    source.split_once("\n\n\n").unwrap().1.trim()
}

/// Compares all but the shared part. `UPDATE_EXPECT=1` updates the file; review the difference.
#[test]
fn the_module_matches_the_expected_file() {
    let module = module();
    let (before, after) = module.split_once(shared_part()).unwrap();
    expect_file!["wide.py"].assert_eq(&format!("{before}# The shared part.{after}"));
}

#[test]
fn lines_have_at_most_100_characters() {
    let module = module();
    let long: Vec<_> = module.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(long.is_empty(), "{long:#?}");
    assert!(module.lines().all(|line| line == line.trim_end()));
}

/// Parses it as Python 3.8 and later, without warnings.
#[test]
fn every_supported_python_parses_the_module() {
    let venv = peers::require!();
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python_module_source.py");
    std::fs::write(&path, module()).unwrap();
    let code = "import ast, sys\n\
                for feature in range(8, sys.version_info[1] + 1):\n\
                \x20   tree = ast.parse(open(sys.argv[1], encoding='utf8').read(), feature_version=(3, feature))\n\
                wide = [it for it in tree.body if getattr(it, 'name', '') == 'WideClient'][0]\n\
                print(ast.get_docstring(wide).splitlines()[2])\n";
    let mut python: Command = venv.command(peers::Interpreter::CPython);
    let output = python.args(["-W", "error", "-c", code]).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Even \"this\" is `kept`, a \\ and \"\"\" too:\n");
}

/// The functions of MicroPython 1.9.2 that a micro:bit has room for at once, and what they make of some values.
const ON_A_MICROBIT: [(&str, &[(&str, &str)]); 4] = [
    (
        "_packed _labelled _filled _codes _described _fit _flat _bytes",
        &[
            ("print(_packed('c', '<2BhI', 'a:2 b c', ([1, 2], -3, 4)))", "('<2BhI', 1, 2, -3, 4)"),
            ("print(_packed('c', 'I*s', 'a b', (7, b'abc')))", "('I3s', 7, b'abc')"),
            ("print(_packed('c', '4s', 'a', ('é',)))", "('4s', b'\\xc3\\xa9\\x00\\x00')"),
            (
                "try:\n _packed('c', '2B', 'a b', (1, 300))\nexcept ValueError as e:\n print(e)",
                "c: argument b: 300 does not fit B (0 to 255)",
            ),
            (
                "print(_fit('2B', (1, 255)), _fit('B', (300,)), _fit('f', (0.1,)), _fit('B', ()))",
                "True False True False",
            ),
            (
                "print(_fit('I%ds' % 3, (7, b'abc')), _fit('I0s', (7, b'')), _fit('I2s', (7, 'ab')))",
                "True True False",
            ),
        ],
    ),
    (
        "_arguments _each _whole _all _count _build _converted _plain _text _bytes",
        &[
            ("print(_arguments((1, 2, 1), ((None, 2), None)), _whole(()))", "[(1, 2), 1] (None,)"),
            ("print(_arguments((1, 2), (_each, None)), _arguments((1, 2), (_all,)))", "[1, 2] [(1, 2)]"),
            (
                "print(_build((None, (None, 2), 1), iter((1, 2, 3)), True), _converted(bool, 1))",
                "((1, 2), 3) True",
            ),
            ("print(_plain((1, [2])))", "(1, [2])"),
            (
                "print(_bytes('é', 4), _bytes(7), _text(_bytes('é', 4)) == 'é')",
                "b'\\xc3\\xa9\\x00\\x00' b'\\x07' True",
            ),
        ],
    ),
    (
        "_value _built _build _converted _count _flat _fit _bytes _payload CallError BadReply NoReply Refused Failed",
        &[
            ("print(_value('c', '2B', None, (1, 2)), _value('c', 'B', None, 7))", "(1, 2) 7"),
            ("print(_built('c', (tuple_of, 2), (1, 2), True, None))", "[1, 2]"),
            ("print(_payload(b'\\x04post\\x01'))", "b'\\x01'"),
            (
                "try:\n raise Failed('turn', 'no', 3)\nexcept CallError as e:\n print(e, e.command, e.value)",
                "turn: no turn 3",
            ),
        ],
    ),
    (
        "_numbers _description _bytes",
        &[(
            "c = [('a', b'1234', 'a()'), ('b', b'5678', 'b()', 'rust b()')]\n\
             print(_numbers(c, b'\\x005678none1234'), _numbers(c, 97), _description(c, 1, 2))",
            "b'\\x01\\xff\\x00' b'\\x00' b')\\nrust b()'",
        )],
    ),
];

/// A micro:bit has too little memory for the whole module, so its functions are tested in groups.
#[test]
fn micropython_1_9_runs_the_module() {
    for (names, codes) in ON_A_MICROBIT {
        let wanted = |piece: &str| {
            !piece.contains("Client")
                && !piece.contains("Server")
                && (!(piece.starts_with("def ") || piece.starts_with("class "))
                    || names.split(' ').any(|name| defines(piece, name)))
        };
        let Some((_board, mut repl)) = micropython_1_9(wanted) else { return };
        assert_eq!(printed(&mut repl, "def tuple_of(*values):\n return list(values)"), "");
        for (code, expected) in codes {
            assert_eq!(printed(&mut repl, code), *expected, "{code}");
        }
    }
}

/// A client that compares on the same MicroPython, whose stack is too small for calls of a SerialTalk below that.
#[test]
fn micropython_1_9_compares_signatures() {
    let used = "__init__ _bytes _compare _find _theirs CallError NoReply BadReply Refused Failed Mismatch";
    let of_clients = |piece: &str| {
        let is_shared = piece.starts_with("def ") || (piece.starts_with("class ") && piece.contains("Error"));
        !piece.contains("Server") && (!is_shared || used.split(' ').any(|name| defines(piece, name)))
    };
    let Some((_board, mut repl)) = micropython_1_9(of_clients) else { return };
    assert_eq!(printed(&mut repl, "class C(HostClient):\n def _call(s, *w):\n  return s._st.pop(0)\n"), "");
    for (code, expected) in [
        ("C([b'\\x00\\x01'], False)._compare()", "None"),
        ("C([b'\\xff\\x01', b'\\xff', b'\\x01'], False)._compare()", "None"),
        ("C([b''], False)._compare()", "None"),
        ("C([b'\\xff'], False)._theirs('log')", ""),
        ("C([b'\\x05', b''], False)._theirs('log')[:9]", "not known"),
        ("C([b'\\x05', b'uptime() ', b'-> i8\\nr'], False)._theirs('uptime')", "uptime() -> i8"),
    ] {
        assert_eq!(printed(&mut repl, &format!("print({code})")), expected, "{code}");
    }
}

type Micropython = Repl<SocketLink<std::os::unix::net::UnixStream>, StdClock>;

/// A micro:bit that has run the `wanted` pieces of a module.
fn micropython_1_9(wanted: impl Fn(&str) -> bool) -> Option<(Board, Micropython)> {
    let (board, [line]) = Machine::Microbit.board(Firmware::MicroPython)?.start();
    let mut repl = Repl::new(SocketLink::new(line, "micro:bit").unwrap(), StdClock::new());
    repl.set_timeout(Timeout::Ms(60_000));
    repl.set_prompt_timeout(60_000);
    repl.activate(60_000).unwrap();
    let module = serialtalk_python::module(&[robot::HOST_INTERFACE]);
    for piece in Small::new().class_limit(200).pieces(&module).iter().filter(|piece| wanted(piece)) {
        repl.run("import gc\ngc.threshold(1024)\ngc.collect()", |_| {}).unwrap();
        repl.run(piece.as_str(), |_| {}).unwrap_or_else(|error| panic!("{error} from {piece}"));
    }
    Some((board, repl))
}

fn defines(piece: &str, name: &str) -> bool {
    [format!("def {name}("), format!("class {name}(")].iter().any(|head| piece.starts_with(head))
}

/// What some code prints.
fn printed(repl: &mut Micropython, code: &str) -> String {
    let mut printed = String::new();
    repl.run("gc.collect()", |_| {}).unwrap();
    repl.run(code, |bytes| printed += &String::from_utf8_lossy(bytes)).unwrap();
    printed.trim_end().to_owned()
}
