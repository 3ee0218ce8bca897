//! Ctrl-C at any time: files are whole, and the board can be used.

use std::fs;
use std::time::Duration;

use peers::{random, random_from};

use crate::bench::{bench, tree, until};

#[test]
fn a_copy_to_the_board_leaves_the_old_or_the_new_file() {
    let bench = bench!();
    let (old, new) = (random(1000), random_from(7, 400_000));
    bench.write("new", &new);
    let (there, part) = (bench.there("file"), bench.there("file.part"));
    // When so many bytes have arrived.
    for arrived in [1, 8000, 50_000, 120_000, 250_000, 399_000] {
        fs::write(&there, &old).unwrap();
        let mut copy = bench.start(&["cp", "new", ":file"]);
        let is_new = || fs::metadata(&there).is_ok_and(|it| it.len() == 400_000);
        until("the file arrives", || fs::metadata(&part).is_ok_and(|it| it.len() >= arrived) || is_new());
        copy.interrupt();
        let said = copy.end();
        let now = fs::read(&there).unwrap();
        match said.code {
            0 => assert!(now == new),
            130 => {
                assert_eq!(said.stderr, "error: interrupted\n");
                assert!(now == old || now == new);
            }
            _ => panic!("{said:?}"),
        }
        assert_eq!(tree(bench.board.folder()).len(), 1, "nothing else is left after {arrived} bytes");
        bench.is_usable();
    }
}

#[test]
fn a_copy_at_random_times_leaves_old_or_new_files_everywhere() {
    let bench = bench!();
    let (old, new) = (random(300_000), random_from(7, 300_000));
    let (here, there) = (bench.here("file"), bench.there("file"));
    let is_whole = |bytes: Vec<u8>| bytes == old || bytes == new;
    for (number, time) in random_from(3, 16).into_iter().enumerate() {
        let is_up = number % 2 == 0;
        fs::write(&here, if is_up { &new } else { &old }).unwrap();
        fs::write(&there, if is_up { &old } else { &new }).unwrap();
        let mut copy = bench.start(if is_up { &["cp", "file", ":"] } else { &["cp", ":file", "file"] });
        // Not to wait for anything: the time is what is tried.
        std::thread::sleep(Duration::from_millis(u64::from(time) * 3));
        copy.interrupt();
        let said = copy.end();
        // A signal that comes first of all kills the program.
        assert!(matches!(said.code, 0 | 130 | -1), "{said:?}");
        assert!(is_whole(fs::read(&here).unwrap()) && is_whole(fs::read(&there).unwrap()), "{said:?}");
        let parts = || tree(&bench.place.folder()).into_iter().filter(|(name, _)| name.ends_with(".part"));
        assert_eq!(parts().count(), 0);
        bench.is_usable();
    }
}

#[test]
fn a_deployment_leaves_the_old_or_the_new_program() {
    let bench = bench!();
    let program =
        |word: &str| format!("print('{word}')\n{}", "# some text that takes a while\n".repeat(10_000));
    let (old, new) = (program("old"), program("new"));
    bench.write("program.py", &new);
    let (there, part) = (bench.there("main.py"), bench.there("main.py.part"));
    for arrived in [1, 100_000, 250_000] {
        fs::write(&there, &old).unwrap();
        let mut deployment = bench.start(&["deploy", "--no-echo", "program.py"]);
        let is_new = || fs::read_to_string(&there).is_ok_and(|it| it == new);
        until("the file arrives", || fs::metadata(&part).is_ok_and(|it| it.len() >= arrived) || is_new());
        deployment.interrupt();
        let said = deployment.end();
        assert!(matches!(said.code, 0 | 130), "{said:?}");
        let now = fs::read_to_string(&there).unwrap();
        assert!(now == old || now == new);
        assert_eq!(tree(bench.board.folder()).len(), 1, "nothing else is left after {arrived} bytes");
        bench.is_usable();
    }
}
