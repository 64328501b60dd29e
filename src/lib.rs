//! `relief-screener`: reads dated legal rules (data) and a family's answers and says, for each route to status or
//! protection, whether the door is open on a date, whether the facts fit, and what speaks against it.
//!
//! Dependencies point one way, from right to left; modules of one place know nothing of each other:
//! `truth, short <- date <- fact <- stay <- condition <- pack <- report, input, evaluate, own <- outcome <- answer, ask, timing <- screen <- author | wasm`.
//! The core reads no clock, no locale, no network and no storage, names no route, country or language, and cannot
//! panic on any input.

#![warn(missing_docs)]

pub mod answer;
pub mod ask;
pub mod condition;
pub mod date;
pub mod evaluate;
pub mod fact;
pub mod input;
pub mod outcome;
pub mod own;
pub mod pack;
pub mod report;
pub mod screen;
mod short;
pub mod stay;
pub mod timing;
pub mod truth;

#[cfg(feature = "author")]
pub mod author;
#[cfg(target_arch = "wasm32")]
mod wasm;
