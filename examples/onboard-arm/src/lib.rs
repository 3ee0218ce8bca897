//! The robot arm of the example boards, whatever their chip: an arm without motors.
//!
//! A board serves an [`OnboardArm`], lets it move by [`step`](OnboardArm::step) in each turn of its main loop, and tells the
//! host what has happened.
#![no_std]
#![forbid(unsafe_code)]

mod arm;
mod joint;
mod motion;

pub use arm::OnboardArm;
