//! A terminal with a program in it: what it shows can be read, keys can be pressed.

#![allow(dead_code, reason = "each program that includes it uses a part")]

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// How long a screen may take to show what is awaited.
const PATIENCE: Duration = Duration::from_secs(30);

/// Lets one test of a program run at a time. Once its board is gone, another terminal could get the number that the board's had, and
/// a program that opens the board again would open that one.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    screen: Arc<(Mutex<Parser>, Condvar)>,
    /// The settings before the program was started.
    settings: String,
}

impl Terminal {
    /// Starts a program in a terminal of this size.
    pub(crate) fn new(command: &Command, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        builder.cwd(command.get_current_dir().unwrap());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => builder.env(name, value),
                None => builder.env_remove(name),
            }
        }
        builder.env("TERM", "xterm-256color");
        builder.env("LC_ALL", "C.UTF-8");
        let settings = settings(&*pair.master);
        let child = pair.slave.spawn_command(builder).unwrap();
        let screen = Arc::new((Mutex::new(Parser::new(cells(rows), cells(columns), 0)), Condvar::new()));
        let mut output = pair.master.try_clone_reader().unwrap();
        let shown = Arc::clone(&screen);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                shown.0.lock().unwrap().process(&buffer[..count]);
                shown.1.notify_all();
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { master: pair.master, keys, child, screen, settings }
    }

    /// Waits until the screen is as awaited, and returns its text.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut parser = self.screen.0.lock().unwrap();
        while !is_so(parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{what} is not shown:\n{}", parser.screen().contents());
            parser = self.screen.1.wait_timeout(parser, left).unwrap().0;
        }
        parser.screen().contents()
    }

    /// Waits until the screen has a text.
    #[track_caller]
    pub(crate) fn until_shown(&self, text: &str) -> String {
        self.until(text, |screen| screen.contents().contains(text))
    }

    /// Types something.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.screen.0.lock().unwrap().screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// What the screen shows.
    pub(crate) fn screen(&self) -> vt100::Screen {
        self.screen.0.lock().unwrap().screen().clone()
    }

    /// Waits for the end of the program. Returns its exit code.
    pub(crate) fn end(&mut self) -> u32 {
        self.child.wait().unwrap().exit_code()
    }

    /// Checks that a program that has ended left the terminal as it was: no full screen, a cursor, and the settings.
    #[track_caller]
    pub(crate) fn is_left_as_it_was(&self) {
        self.until("the screen as it was", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        assert_eq!(settings(&*self.master), self.settings);
    }
}

/// The settings of a terminal.
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a terminal has cells")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
