//! What is limited, and what happens beyond.

use super::super::numbers::Numbers;
use super::*;

#[test]
fn a_number_that_is_learned_when_all_places_are_taken_replaces_the_oldest() {
    let mut numbers = Numbers::<3>::NONE;
    for hash in 1..=4u8 {
        numbers.learn(hash.into(), hash);
    }
    assert_eq!([1, 2, 3, 4].map(|hash| numbers.find(hash)), [None, Some(2), Some(3), Some(4)]);
    for round in 0..1000u32 {
        numbers.learn(100 + round, 7);
        assert_eq!(numbers.find(100 + round), Some(7));
    }
}

#[test]
fn fourteen_one_way_commands_that_are_lost_in_a_row_are_counted() {
    for (lost, counted) in [(1, 1), (14, 14), (16, 0)] {
        let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
        host.begin(1, Some(TERMS), false, 1500, line.now);
        line.run(&mut host, &mut board, 3000, |_| ());
        for number in 0..=lost {
            host.send(number, line.now);
            line.run(&mut host, &mut board, 0, |bytes| {
                if number < lost {
                    bytes.clear();
                }
            });
            line.now += 1;
            line.run(&mut host, &mut board, 0, |_| ());
        }
        assert_eq!(board.endpoint.lost_oneway(), counted, "{lost} were lost");
        assert_eq!(board.service.called, [1, lost]);
    }
}

#[test]
fn a_checked_end_takes_so_many_bytes_more_and_five_for_each_number() {
    let plain = size_of::<Endpoint<258, 0>>();
    let of = |size: usize| size - plain;
    let none = of(size_of::<Endpoint<258, 0, Checked<0>>>());
    let sixteen = of(size_of::<Endpoint<258, 0, Checked<16>>>());
    assert_eq!((none, sixteen - none), (76, 16 * 5));
}
