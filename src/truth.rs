//! Yes, no and unknown: strong Kleene logic.
//!
//! There is no "not applicable" here: only a criterion's own `applies-when` makes it not applicable, and that is
//! decided where criteria are.

use serde::Serialize;

/// What is known of a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// Nobody can say: not asked, not sure, or not exact enough.
    Unknown,
}

impl Truth {
    /// What is surely so, or surely not.
    pub fn from_bool(b: bool) -> Truth {
        if b { Truth::Yes } else { Truth::No }
    }

    /// Yes where it holds for every possibility, no where it fails for every one, otherwise unknown.
    pub fn between(always: bool, never: bool) -> Truth {
        match (always, never) {
            (true, _) => Truth::Yes,
            (false, true) => Truth::No,
            (false, false) => Truth::Unknown,
        }
    }

    /// Do both hold?
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    /// Does one of them hold?
    pub fn or(self, other: Truth) -> Truth {
        self.negate().and(other.negate()).negate()
    }

    /// Does it not hold?
    pub fn negate(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
        }
    }
}
