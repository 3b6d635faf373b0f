//! Things found by name, for every row of a register.

use std::collections::HashMap;

/// Things by name. A short name is compared as one number.
#[derive(Debug)]
pub(super) struct Names<'t, V> {
    things: Vec<V>,
    /// Short names and the numbers of their things, each at its own place or the next that was free; 0 is free. There are four
    /// times as many places as names, or more.
    short: Vec<(u128, usize)>,
    long: HashMap<&'t [u8], usize>,
}

impl<'t, V> Names<'t, V> {
    pub fn get(&self, name: &str) -> Option<&V> {
        self.of(name.as_bytes())
    }

    /// The same, for text that may not be UTF-8.
    #[inline(always)]
    pub fn of(&self, name: &[u8]) -> Option<&V> {
        let number = match short(name) {
            Some(key) => self.short.get(place(&self.short, key)).filter(|(known, _)| *known == key)?.1,
            None => *self.long.get(name)?,
        };
        self.things.get(number)
    }

    /// Gives what had the name before.
    pub fn insert(&mut self, name: &'t str, thing: V) -> Option<V> {
        match self.number(name) {
            Some(known) => self.things.get_mut(known).map(|known| std::mem::replace(known, thing)),
            None => {
                self.things.push(thing);
                None
            }
        }
    }

    /// What has the name, put there now if nothing had.
    pub fn entry(&mut self, name: &'t str) -> Option<&mut V>
    where
        V: Default,
    {
        let number = self.number(name).unwrap_or_else(|| {
            self.things.push(V::default());
            self.things.len() - 1
        });
        self.things.get_mut(number)
    }

    /// The number of the thing of this name. If there is none, the next thing has the name.
    fn number(&mut self, name: &'t str) -> Option<usize> {
        let next = self.things.len();
        let name = name.as_bytes();
        let Some(key) = short(name) else {
            let number = *self.long.entry(name).or_insert(next);
            return (number < next).then_some(number);
        };
        if self.short.len() < 4 * (next + 1) {
            let more = vec![(0, 0); (8 * (next + 1)).next_power_of_two()];
            for own in std::mem::replace(&mut self.short, more).into_iter().filter(|(key, _)| *key != 0) {
                let place = place(&self.short, own.0);
                self.short[place] = own;
            }
        }
        let place = place(&self.short, key);
        let (known, number) = self.short.get(place).copied()?;
        if known == key {
            return Some(number);
        }
        self.short[place] = (key, next);
        None
    }
}

impl<V> Default for Names<'_, V> {
    fn default() -> Self {
        Names { things: Vec::new(), short: Vec::new(), long: HashMap::new() }
    }
}

/// Where a short name stands, or would stand. The names in a table are its author's, so nobody can choose them to collide.
#[inline(always)]
fn place(places: &[(u128, usize)], key: u128) -> usize {
    let [low, high] = [key as u64, (key >> 64) as u64];
    let mixed = (low ^ high.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let last = places.len().wrapping_sub(1);
    let mut place = mixed as usize & last;
    while places.get(place).is_some_and(|(known, _)| *known != key && *known != 0) {
        place = (place + 1) & last;
    }
    place
}

/// The numbers of the things in a list, by name.
pub(super) fn numbered<'t>(names: impl Iterator<Item = &'t String>) -> Names<'t, usize> {
    let mut numbers = Names::default();
    for (number, name) in names.enumerate() {
        numbers.insert(name, number);
    }
    numbers
}

/// The bytes and, last, one more than how many they are. Without a copy of a length that is not known beforehand, which takes longer.
#[inline(always)]
fn short(bytes: &[u8]) -> Option<u128> {
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
    Some(number | (length as u128 + 1) << 120)
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
        *numbers.entry("abc").unwrap() += 1;
        assert_eq!((numbers.entry("ny").copied(), numbers.get("abc")), (Some(0), Some(&100)));
    }
}
