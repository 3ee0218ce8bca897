//! The parts of a call, each measured alone: `cargo bench`. `cargo xtask bench` compares whole calls with peers.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serialtalk::proto::{Endpoint, FrameDecoder, FrameWriter, Head};
use serialtalk::{Caller, CommandTable, Decoder, SerialTalk};
use serialtalk_hal::{StdClock, memory};

#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> (f32, f32, f32);
    fn led(&mut self, hue: u16);
    fn name(&mut self) -> String;
}

/// Answers with constants.
struct Board;

impl Robot for Board {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> (f32, f32, f32) {
        (0.0, 0.1, 9.8)
    }

    fn led(&mut self, _hue: u16) {}

    fn name(&mut self) -> String {
        "robot".into()
    }
}

/// The frame of a one-way command with these arguments.
fn frame(name: &str, arguments: impl serialtalk::Encode) -> Vec<u8> {
    let mut endpoint = Endpoint::<258, 0>::new();
    endpoint.write_oneway(name, |payload| payload.values(&arguments)).expect("it fits a frame");
    endpoint.transmit().to_vec()
}

/// What stands behind the name in such a frame.
fn payload(arguments: impl serialtalk::Encode) -> Vec<u8> {
    let frame = frame("f", arguments);
    frame[4..frame.len() - 1].to_vec()
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    for (what, arguments) in [("8 bytes", &[0x3c; 8][..]), ("240 bytes", &[0x3c; 240])] {
        group.bench_function(format!("write, {what}"), |bencher| {
            let mut buffer = [0; 258];
            bencher.iter(|| {
                let mut frame = FrameWriter::new(&mut buffer, Head::command(black_box(b"mult")));
                frame.put(black_box(arguments));
                frame.finish().expect("it fits")
            });
        });
        let mut buffer = [0; 258];
        let mut frame = FrameWriter::new(&mut buffer, Head::command(b"mult"));
        frame.put(arguments);
        let size = frame.finish().expect("it fits");
        let frame = &buffer[..size];
        group.bench_function(format!("find, {what}"), |bencher| {
            let mut decoder = FrameDecoder::<258>::new();
            bencher.iter(|| {
                decoder.recv_buf()[..size].copy_from_slice(black_box(frame));
                decoder.commit(size);
                let found = decoder.next(false, |_| {}).expect("it is whole");
                assert_eq!(decoder.next(false, |_| {}), None);
                found
            });
        });
    }
    group.finish();
}

fn structs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("struct");
    let arguments = (5.9f32, 94.0f32);
    group.bench_function("write, 2f", |bencher| bencher.iter(|| frame("mult", black_box(arguments))));
    let packed = payload(arguments);
    group.bench_function("read, 2f", |bencher| {
        bencher.iter(|| {
            let mut packed = black_box(&packed).clone();
            let mut decoder = Decoder::new(&mut packed);
            (decoder.argument::<f32>(), decoder.argument::<f32>())
        });
    });
    let integers = payload([7i16; 100]);
    group.bench_function("read, 100h", |bencher| {
        bencher.iter(|| {
            let mut packed = black_box(&integers).clone();
            Decoder::new(&mut packed).sole::<[i16; 100]>()
        });
    });
    group.finish();
}

fn literals(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("literal");
    let arguments = ("it's a name", Some(-0.1f64), vec![1u32, 20, 300]);
    group.bench_function("write, text, float, list", |bencher| {
        bencher.iter(|| frame("set", black_box(&arguments)));
    });
    let written = payload(&arguments);
    group.bench_function("read, text, float, list", |bencher| {
        bencher.iter(|| {
            let mut written = black_box(&written).clone();
            let mut decoder = Decoder::new(&mut written);
            (
                decoder.argument::<&str>().map(str::len),
                decoder.argument::<Option<f64>>(),
                decoder.argument::<Vec<u32>>(),
            )
        });
    });
    group.finish();
}

fn dispatch(criterion: &mut Criterion) {
    let server = RobotServer::new(Board);
    criterion.bench_function("dispatch, one of four names", |bencher| {
        bencher.iter(|| server.find(black_box(b"led")));
    });
}

fn calls(criterion: &mut Criterion) {
    let (host, board) = memory::pair();
    let board = SerialTalk::new(board, StdClock::new()).serve(RobotServer::new(Board));
    let running = std::thread::spawn(move || {
        let mut board = board;
        // Ends when the other end is dropped.
        board.run().err()
    });
    let mut host = SerialTalk::new(host, StdClock::new());
    criterion.bench_function("call of mult between two threads", |bencher| {
        bencher.iter(|| host.call::<f32>("mult", black_box((5.9f32, 94.0f32))).expect("an answer"));
    });
    drop(host);
    running.join().expect("the board did not panic");
}

criterion_group!(micro, frames, structs, literals, dispatch, calls);
criterion_main!(micro);
