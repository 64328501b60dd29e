//! Whether a key signed a file of rules: Ed25519, read strictly.
//!
//! Every key and every signature is written in one way, and a key under which anything would count as signed is none. Refused: to
//! make keys or signatures, which is `cargo xtask rules`, and to say which keys are to be trusted, which is the page's word.
//!
//! For JavaScript the module takes bytes one by one, so it needs no pointers, no glue and no `unsafe`.

#![warn(missing_docs)]

use ed25519_dalek::{Signature, VerifyingKey};
use std::sync::Mutex;

/// What is said of a key and a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The key made the signature, over this message.
    Signed = 0,
    /// It did not.
    NotSigned = 1,
    /// The key is none.
    NoKey = 2,
}

/// Did the owner of this key sign this message?
pub fn judge(key: &[u8; 32], signature: &[u8; 64], message: &[u8]) -> Verdict {
    let Some(key) = read(key) else { return Verdict::NoKey };
    match key.verify_strict(message, &Signature::from_bytes(signature)) {
        Ok(()) => Verdict::Signed,
        Err(_) => Verdict::NotSigned,
    }
}

/// A public key: a point, written in the one way, and not one of the few under which a signature says nothing.
fn read(bytes: &[u8; 32]) -> Option<VerifyingKey> {
    let key = VerifyingKey::from_bytes(bytes).ok()?;
    (!key.is_weak() && !beyond(bytes)).then_some(key)
}

/// Is the number of a key larger than any that is needed? The library takes it for the smaller one that it stands for.
fn beyond(bytes: &[u8; 32]) -> bool {
    let [lowest, middle @ .., highest] = bytes;
    *lowest >= 0xed && middle.iter().all(|byte| *byte == 0xff) && highest & 0x7f == 0x7f
}

/// What JavaScript gives: a key, a signature, and then the message.
static GIVEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Takes the next byte.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn take(byte: u8) {
    if let Ok(mut given) = GIVEN.lock() {
        given.push(byte);
    }
}

/// What is said of all that was taken, as the number of a [`Verdict`].
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn verdict() -> u32 {
    let judged = GIVEN.lock().ok().and_then(|given| {
        let (key, rest) = given.split_first_chunk()?;
        let (signature, message) = rest.split_first_chunk()?;
        Some(judge(key, signature, message))
    });
    judged.unwrap_or(Verdict::NoKey) as u32
}
