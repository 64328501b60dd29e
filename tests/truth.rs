//! Yes, no and unknown against the whole table of each join.

use relief_screener::truth::Truth::{self, No, Unknown, Yes};

const EACH: [Truth; 3] = [Yes, No, Unknown];

#[test]
fn what_two_statements_amount_to() {
    let table = |join: fn(Truth, Truth) -> Truth| EACH.map(|one| EACH.map(|other| join(one, other)));
    assert_eq!(table(Truth::and), [[Yes, No, Unknown], [No, No, No], [Unknown, No, Unknown]]);
    assert_eq!(table(Truth::or), [[Yes, Yes, Yes], [Yes, No, Unknown], [Yes, Unknown, Unknown]]);
    assert_eq!(EACH.map(Truth::negate), [No, Yes, Unknown]);
}

#[test]
fn what_is_so_of_every_possibility() {
    assert_eq!([true, false].map(Truth::from_bool), [Yes, No]);
    let between = |always: bool| [true, false].map(|never| Truth::between(always, never));
    assert_eq!([between(true), between(false)], [[Yes, Yes], [No, Unknown]]);
}
