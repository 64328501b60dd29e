//! Rules that somebody brings in the place of the built-in ones: whether they are whole, and whether a page should still use them.
//!
//! What the pack's own checksum does not hold (the questions, the addresses of the sources, the places of help) stands beside it as
//! JSON, so a second one holds the whole file. It is for accidents; who wrote the file is said by a signature, which the crate
//! `rules-signature` reads. Refused: reading JSON, and mending anything.

use crate::date::Date;
use crate::pack::{Pack, checksum};

/// Sixteen digits over a rules file: over its compact JSON text, without the keys `checksum` and `signature`.
pub fn digits(text: &[u8]) -> [u8; 16] {
    let mut sum = checksum(text);
    std::array::from_fn(|_| {
        sum = sum.rotate_left(4);
        let digit = (sum & 15) as u8;
        digit + if digit < 10 { b'0' } else { b'a' - 10 }
    })
}

/// Is this a checksum, and behind it the text that it was written for? One changed byte is always noticed: a step of the checksum takes
/// two sums to two sums, and two bytes too, so what is different once stays different to the end.
pub fn whole(sum_and_text: &str) -> bool {
    sum_and_text.as_bytes().split_first_chunk().is_some_and(|(sum, text)| digits(text) == *sum)
}

/// Why a page should not use rules in the place of the built-in ones, as a code: they are over today, or of an earlier day than the built-in
/// ones. Both days come as numbers, 20261122; zero is earlier than anything, so it asks for nothing.
pub fn outdated(pack: &Pack, built_in: i32, today: i32) -> Option<&'static str> {
    let number = |day: Date| {
        let (year, month, day) = day.ymd();
        (year * 100 + month) * 100 + day
    };
    if today >= number(pack.expires) {
        Some("rules-expired")
    } else if number(pack.day) < built_in {
        Some("rules-older")
    } else {
        None
    }
}
