//! Runs code on a MicroPython board, and moves files: `cargo run -p cookbook --example micropython -- /dev/ttyACM0`.

use serialtalk_hal::board::Board;

fn main() -> anyhow::Result<()> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "auto".into());

    let mut board = Board::new(serialtalk_hal::open(&port)?.into_link());
    board.repl().run("for n in range(3): print(n)", |printed| {
        print!("{}", String::from_utf8_lossy(printed));
    })?;
    let files: Vec<String> = board.repl().eval("__import__('os').listdir()")?;
    println!("{} files", files.len());

    board.on_progress(|progress| {
        println!("{}: {} of {} bytes", progress.path, progress.done, progress.total);
    });
    board.make_folder("www")?;
    board.write("www/index.html", b"<h1>hello</h1>\n")?;
    for entry in board.list("www")? {
        println!("{} has {} bytes", entry.name, entry.size);
    }

    // What Python raises is an error, with its type, its message and the lines.
    if let Err(error) = board.repl().run("print(1 / 0)", |_printed| {}) {
        println!("{error}");
    }
    Ok(())
}
