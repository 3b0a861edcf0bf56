//! Keccak-256 as Ethereum and Monero use it, which is not SHA3-256.

use sha3::{Digest as _, Keccak256};

/// The hash of `bytes`.
pub(super) fn keccak256(bytes: &[u8]) -> [u8; 32] {
    Keccak256::digest(bytes).into()
}
