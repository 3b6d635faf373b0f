//! CSV without quotation marks, straight from the bytes: the same rows as the csv crate gives, several times as fast.

use std::str;

use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::{
    Reason,
    layout::{Csv, Layout},
    rows::Row,
};

/// Characters before U+0300 are in NFC; their bytes in UTF-8 are below this one.
const MARKS: u8 = 0xcc;

/// The rows of a piece.
pub(super) struct FastRows<'a, const N: usize> {
    layout: &'a Csv<N>,
    text: &'a str,
    ends: Ends<'a>,
    start: usize,
    line: usize,
}

impl<'a, const N: usize> FastRows<'a, N> {
    /// None if the piece has something that only the slow ways understand: quotation marks, lone carriage returns, bytes that
    /// are not UTF-8, text that is not in NFC; or if it is not CSV.
    pub fn new(layout: &'a Layout<N>, piece: &'a [u8]) -> Option<Self> {
        let layout = layout.csv()?;
        let text = str::from_utf8(piece).ok()?;
        let is_plain = memchr::memchr(b'"', piece).is_none()
            && memchr::memchr_iter(b'\r', piece).all(|at| piece.get(at + 1) == Some(&b'\n'));
        let is_nfc = piece.iter().fold(0, |most, byte| most.max(*byte)) < MARKS
            || is_nfc_quick(text.chars()) == IsNormalized::Yes;
        let ends = Ends::new(piece, layout.separator);
        (is_plain && is_nfc).then_some(FastRows { layout, text, ends, start: 0, line: 0 })
    }
}

impl<'a, const N: usize> Iterator for FastRows<'a, N> {
    type Item = Row<'a, N>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.start >= self.text.len() {
                return None;
            }
            let begins = self.start;
            let mut fields = [""; N];
            let mut columns = 0;
            loop {
                let (end, is_last) = self.ends.next().unwrap_or((self.text.len(), true));
                if let Some(Some(field)) = self.layout.fields.get(columns)
                    && let Some(field) = fields.get_mut(*field)
                {
                    *field = trim(self.text.get(self.start..end).unwrap_or_default());
                }
                columns += 1;
                self.start = end + 1;
                if is_last {
                    break;
                }
            }
            self.line += 1;
            let width = self.layout.width;
            if columns == width {
                return Some((self.line, Ok(fields)));
            }
            let is_blank = matches!(self.text.as_bytes().get(begins..self.start - 1), Some([] | [b'\r']));
            if !is_blank {
                return Some((self.line, Err(Reason::Fields { found: columns, expected: width })));
            }
        }
    }
}

/// As [`str::trim`], which is slow for the many texts that need none.
#[inline]
fn trim(text: &str) -> &str {
    let is_black = |byte: &u8| (b'!'..=b'~').contains(byte);
    match text.as_bytes() {
        [] => text,
        [only] if is_black(only) => text,
        [first, .., last] if is_black(first) && is_black(last) => text,
        _ => text.trim(),
    }
}

/// Where fields end, and whether the row ends there too: eight bytes at a time.
struct Ends<'a> {
    bytes: &'a [u8],
    separators: u64,
    /// The offset of the eight bytes in hand.
    at: usize,
    /// Their ends that are left: the highest bit of each byte.
    left: u64,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;

impl<'a> Ends<'a> {
    fn new(bytes: &'a [u8], separator: u8) -> Self {
        let mut ends = Ends { bytes, separators: u64::from(separator) * ONES, at: 0, left: 0 };
        ends.look();
        ends
    }

    /// Finds the ends among the eight bytes in hand.
    #[inline]
    fn look(&mut self) {
        let word = match self.bytes.get(self.at..self.at + 8).and_then(|eight| eight.try_into().ok()) {
            Some(eight) => u64::from_le_bytes(eight),
            None => {
                let mut eight = [0; 8];
                eight.iter_mut().zip(self.bytes.get(self.at..).unwrap_or_default()).for_each(|(to, from)| *to = *from);
                u64::from_le_bytes(eight)
            }
        };
        self.left = zeros(word ^ self.separators) | zeros(word ^ (u64::from(b'\n') * ONES));
    }
}

/// The highest bit of each byte that is zero.
fn zeros(word: u64) -> u64 {
    !(((word & LOW) + LOW) | word | LOW)
}

impl Iterator for Ends<'_> {
    type Item = (usize, bool);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while self.left == 0 {
            self.at += 8;
            if self.at >= self.bytes.len() {
                return None;
            }
            self.look();
        }
        let end = self.at + (self.left.trailing_zeros() / 8) as usize;
        self.left &= self.left - 1;
        Some((end, self.bytes.get(end) == Some(&b'\n')))
    }
}
