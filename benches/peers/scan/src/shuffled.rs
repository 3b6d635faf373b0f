//! Rows in any order: parted by patient, so that the courses of a part stay in the processor's cache.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Counter, NOTHING, Take, add};

const PARTS: usize = 128;

/// An id of at most sixteen bytes, none of them zero.
type Key = [u64; 2];

/// The rows that one thread has found.
pub struct Parts(Vec<Vec<(Key, u32)>>);

impl Default for Parts {
    fn default() -> Parts {
        Parts(vec![Vec::new(); PARTS])
    }
}

impl Take for Parts {
    fn row(&mut self, patient: &[u8], row: u32) {
        let mut bytes = [[0; 8]; 2];
        bytes.as_flattened_mut()[..patient.len()].copy_from_slice(patient);
        let key = bytes.map(u64::from_le_bytes);
        self.0[hash(key) % PARTS].push((key, row));
    }

    fn end(&mut self, _: &[u8]) {}
}

fn hash([low, high]: Key) -> usize {
    let mixed = (low ^ high.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 32) as usize
}

/// Counts one part after another.
pub fn count(found: &[Parts], next: &AtomicUsize, mut counter: Counter) -> Counter {
    loop {
        let part = next.fetch_add(1, Ordering::Relaxed);
        if part >= PARTS {
            return counter;
        }
        let rows = || found.iter().flat_map(|Parts(parts)| &parts[part]);
        let size = (rows().count() * 2).next_power_of_two();
        let mut courses = vec![([0; 2], NOTHING); size];
        for (key, row) in rows() {
            let mut at = hash(*key) / PARTS & (size - 1);
            while courses[at].0 != *key && courses[at].0 != [0; 2] {
                at = (at + 1) & (size - 1);
            }
            courses[at].0 = *key;
            add(&mut courses[at].1, *row);
        }
        for (key, course) in courses.iter().filter(|(key, _)| *key != [0; 2]) {
            let bytes = key.map(u64::to_le_bytes);
            let id = bytes.as_flattened().split(|byte| *byte == 0).next().unwrap_or_default();
            counter.count(id, course);
        }
    }
}
