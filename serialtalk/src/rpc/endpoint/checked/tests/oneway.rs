//! One-way commands.

use super::super::super::buffers::Buffers;
use super::super::session::Session;
use super::*;

#[test]
fn one_way_commands_are_counted() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    for number in 2..12 {
        host.send(number, line.now);
        line.run(&mut host, &mut board, 0, |bytes| {
            if number % 3 == 0 {
                bytes.clear();
            }
        });
        line.now += 1;
        line.run(&mut host, &mut board, 0, |_| ());
    }
    assert_eq!(board.service.called, [1, 2, 4, 5, 7, 8, 10, 11]);
    assert_eq!(board.endpoint.lost_oneway(), 3);
}

#[test]
fn a_one_way_command_that_the_line_doubles_runs_once() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    for number in 2..5 {
        host.send(number, line.now);
        line.run(&mut host, &mut board, 0, |bytes| bytes.extend_from_within(..));
        line.now += 1;
        line.run(&mut host, &mut board, 0, |_| ());
    }
    assert_eq!((board.service.called, board.endpoint.lost_oneway()), (vec![1, 2, 3, 4], 0));
}

#[test]
fn a_kept_reply_that_fills_the_buffer_keeps_no_command_from_being_sent() {
    let mut buffers = Buffers::<32, 16>::new();
    let mut end = Checked::<16>::NEW;
    end.session = Session::new(1, 2, 258);
    end.session.serving.kept = 32;
    assert!(!end.complain(&mut buffers), "there is no room for AGAIN");
    assert_eq!(buffers.outgoing.unsent(), b"");
    let written = end.write_note(&mut buffers, "twice", &|payload| payload.values(&(1u32,)));
    assert_eq!(written, Some(Ok(())));
    assert!(buffers.outgoing.unsent().ends_with(&[0]), "the one-way command is sent");
    assert_eq!(end.session.serving.kept, 0);
}

#[test]
fn one_way_commands_that_nobody_read_for_longer_than_the_lease_are_served() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    let mut unread = vec![];
    for number in 2..6 {
        host.send(number, line.now);
        host.run(&mut unread, line.now);
    }
    // The program of the board was busy meanwhile; its driver asks what to do before it reads.
    line.now += 5000;
    board.run(&mut vec![], line.now);
    board.receive(&mut unread.into(), line.now);
    board.run(&mut vec![], line.now);
    assert_eq!((board.service.called, board.endpoint.lost_oneway()), (vec![1, 2, 3, 4, 5], 0));
}
