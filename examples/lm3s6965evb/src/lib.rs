//! The board: its UARTs, its clock, its watchdog. Everything else is the same on every board.
#![no_std]

pub mod board;
