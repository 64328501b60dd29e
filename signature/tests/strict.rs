//! A signature counts where its key made it over this very message, and nowhere else.

use ed25519_dalek::{Signer, SigningKey};
use rules_signature::{Verdict, judge};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("two digits"))
}

#[test]
fn the_examples_of_the_standard_are_signed() {
    // RFC 8032, section 7.1, tests 1 and 3.
    for (key, message, signature) in [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            vec![],
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            vec![0xaf, 0x82],
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        assert_eq!(judge(&bytes(key), &bytes(signature), &message), Verdict::Signed);
    }
}

#[test]
fn every_changed_bit_of_key_signature_or_message_is_refused() {
    let (signer, message) = (key(1), b"the rules".to_vec());
    let (public, signature) = (signer.verifying_key().to_bytes(), signer.sign(&message).to_bytes());
    assert_eq!(judge(&public, &signature, &message), Verdict::Signed);
    for bit in 0..8 {
        for at in 0..32 {
            let mut other = public;
            other[at] ^= 1 << bit;
            assert_ne!(judge(&other, &signature, &message), Verdict::Signed, "key, byte {at}");
        }
        for at in 0..64 {
            let mut other = signature;
            other[at] ^= 1 << bit;
            assert_eq!(judge(&public, &other, &message), Verdict::NotSigned, "signature, byte {at}");
        }
        for at in 0..message.len() {
            let mut other = message.clone();
            other[at] ^= 1 << bit;
            assert_eq!(judge(&public, &signature, &other), Verdict::NotSigned, "message, byte {at}");
        }
    }
    assert_eq!(judge(&key(2).verifying_key().to_bytes(), &signature, &message), Verdict::NotSigned);
}

#[test]
fn a_second_way_to_write_a_signature_is_refused() {
    // The same number with the order of the group added: lax readers take it.
    const ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
    let (signer, message) = (key(1), b"the rules");
    let mut signature = signer.sign(message).to_bytes();
    let mut carry = 0;
    for (byte, more) in signature[32..].iter_mut().zip(bytes::<32>(ORDER)) {
        let sum = u16::from(*byte) + u16::from(more) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
    assert_eq!(judge(&signer.verifying_key().to_bytes(), &signature, message), Verdict::NotSigned);
}

#[test]
fn a_key_under_which_everything_is_signed_is_none() {
    let zero = [0; 64];
    // The points of small order, each as it is written.
    for weak in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        // The same in a second way.
        "0100000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        assert_eq!(judge(&bytes(weak), &zero, b""), Verdict::NoKey, "{weak}");
    }
}

#[test]
fn a_second_way_to_write_a_key_is_none() {
    // From the number of the field on: the library reads each as the small number that it stands for, and some of these are points.
    for lowest in 0xed..=0xff_u8 {
        for highest in [0x7f, 0xff] {
            let mut written = [0xff; 32];
            (written[0], written[31]) = (lowest, highest);
            assert_eq!(judge(&written, &[0; 64], b""), Verdict::NoKey, "{lowest:x}");
        }
    }
    // One less is the last number of the field, -1; what is refused of it is that it is weak. Two less is a number like others.
    let points = (0..=0xeb_u8).filter(|lowest| {
        let mut written = [0xff; 32];
        (written[0], written[31]) = (*lowest, 0x7f);
        judge(&written, &[0; 64], b"") == Verdict::NotSigned
    });
    assert!(points.count() > 80, "half of the numbers are points");
}
