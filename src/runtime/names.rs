//! Things found by name, for every row of a register.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Things by name. A short name is compared as one number.
#[derive(Debug)]
pub(super) struct Names<'t, V> {
    short: HashMap<u128, V, BuildHasherDefault<Mixer>>,
    long: HashMap<&'t str, V>,
}

impl<'t, V> Names<'t, V> {
    pub fn get(&self, name: &str) -> Option<&V> {
        match short(name) {
            Some(key) => self.short.get(&key),
            None => self.long.get(name),
        }
    }

    /// Gives what had the name before.
    pub fn insert(&mut self, name: &'t str, thing: V) -> Option<V> {
        match short(name) {
            Some(key) => self.short.insert(key, thing),
            None => self.long.insert(name, thing),
        }
    }

    /// What has the name, put there now if nothing had.
    pub fn entry(&mut self, name: &'t str) -> &mut V
    where
        V: Default,
    {
        match short(name) {
            Some(key) => self.short.entry(key).or_default(),
            None => self.long.entry(name).or_default(),
        }
    }
}

impl<V> Default for Names<'_, V> {
    fn default() -> Self {
        Names { short: HashMap::default(), long: HashMap::default() }
    }
}

/// The numbers of the things in a list, by name.
pub(super) fn numbered<'t>(names: impl Iterator<Item = &'t String>) -> Names<'t, usize> {
    let mut numbers = Names::default();
    for (number, name) in names.enumerate() {
        numbers.insert(name, number);
    }
    numbers
}

/// The bytes and, last, how many they are. Without a copy of a length that is not known beforehand, which takes longer.
fn short(name: &str) -> Option<u128> {
    let bytes = name.as_bytes();
    let length = bytes.len();
    let number = match (bytes, bytes.first_chunk(), bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        (_, Some(first), Some(last), ..) if length < 16 => {
            let rest = u128::from(u64::from_le_bytes(*last)) >> (8 * (16 - length));
            u128::from(u64::from_le_bytes(*first)) | rest << 64
        }
        (_, None, _, Some(first), Some(last)) => {
            let rest = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - length));
            u128::from(u64::from(u32::from_le_bytes(*first)) | rest << 32)
        }
        ([], ..) => 0,
        ([a], ..) => u128::from(*a),
        ([a, b], ..) => u128::from(u16::from_le_bytes([*a, *b])),
        ([a, b, c], ..) => u128::from(u32::from_le_bytes([*a, *b, *c, 0])),
        _ => return None,
    };
    Some(number | (length as u128) << 120)
}

/// Mixes the bits of short names. The names in a table are its author's, so nobody can choose them to collide.
#[derive(Debug, Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u128(u128::from(*byte)));
    }

    fn write_u128(&mut self, name: u128) {
        let [low, high] = [name as u64, (name >> 64) as u64];
        let mixed = (self.0 ^ low ^ high.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_length_are_told_apart() {
        let text = "abcdefghijklmnopqrstuvwxyzæøå".repeat(2);
        let names: Vec<&str> = text.char_indices().map(|(end, _)| &text[..end]).collect();
        let mut numbers = Names::default();
        for (number, name) in names.iter().enumerate() {
            assert_eq!(numbers.insert(name, number), None, "{name}");
        }
        for (number, name) in names.iter().enumerate() {
            assert_eq!(numbers.get(name), Some(&number), "{name}");
            assert_eq!(numbers.get(&format!("{name}\0")), None, "{name}");
        }
        assert_eq!(numbers.insert("abc", 99), Some(3));
        *numbers.entry("abc") += 1;
        assert_eq!((*numbers.entry("ny"), numbers.get("abc")), (0, Some(&100)));
    }
}
