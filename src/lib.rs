//! `relief-screener`: reads dated legal rules (data) and a family's answers and says, for each route to status or
//! protection, whether the door is open on a date, whether the facts fit, and what speaks against it.
//!
//! Dependencies point one way:
//! `truth <- date <- fact <- stay <- condition, pack <- report, input <- screen, timing <- author | wasm`.
//! The core reads no clock, no locale, no network and no storage, names no route, country or language, and cannot
//! panic on any input.

pub mod condition;
pub mod date;
pub mod fact;
pub mod input;
pub mod pack;
pub mod report;
pub mod screen;
pub mod stay;
pub mod timing;
pub mod truth;

#[cfg(feature = "author")]
pub mod author;
#[cfg(target_arch = "wasm32")]
mod wasm;
