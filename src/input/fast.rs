//! CSV without quotation marks, straight from the bytes: the same rows as the csv crate gives, several times as fast.

use std::{ops::Range, slice, str};

use unicode_normalization::{IsNormalized, is_nfc_quick};
use wide::u8x16;

use super::{
    Reason,
    layout::{Csv, Layout},
};

/// The rows of a piece, one after the other.
pub(super) struct FastRows<'a, const N: usize> {
    layout: &'a Csv<N>,
    text: &'a str,
    ends: Ends<'a>,
    /// Where the next row begins.
    next: usize,
    line: usize,
    /// How many columns the row has, and where they begin; last, one place after the end of the last one. Never 0 but for
    /// the first.
    columns: usize,
    begins: Vec<usize>,
    /// The columns of the wanted fields.
    places: [usize; N],
}

impl<'a, const N: usize> FastRows<'a, N> {
    /// None if the piece has something that only the slow ways understand: quotation marks, lone carriage returns, bytes that
    /// are not UTF-8, text that is not in NFC; or if it is not CSV.
    pub fn new(layout: &'a Layout<N>, piece: &'a [u8]) -> Option<Self> {
        let layout = layout.csv()?;
        let mut odd = memchr::memchr2_iter(b'"', b'\r', piece);
        let is_plain = odd.all(|at| piece.get(at) == Some(&b'\r') && piece.get(at + 1) == Some(&b'\n'));
        if !is_plain {
            return None;
        }
        let text = str::from_utf8(piece).ok()?;
        let is_nfc = text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
        let ends = Ends::new(piece, layout.separator);
        let begins = vec![1; layout.width + 1];
        let places = layout.places.map(|place| place.unwrap_or(layout.width));
        is_nfc.then_some(FastRows { layout, text, ends, columns: 0, begins, next: 0, line: 0, places })
    }

    /// Goes to the next row; false if there is none.
    #[inline(always)]
    pub fn advance(&mut self) -> bool {
        loop {
            let (start, mut end) = (self.next, self.next);
            self.columns = 0;
            self.begins[0] = start;
            let mut is_last = false;
            while !is_last {
                let Some(found) = self.ends.next() else { return false };
                (end, is_last) = found;
                self.columns += 1;
                if let Some(begin) = self.begins.get_mut(self.columns) {
                    *begin = end + 1;
                }
            }
            (self.next, self.line) = (end + 1, self.line + 1);
            let is_blank = || matches!(self.text.as_bytes().get(start..end), Some([] | [b'\r']));
            if self.columns == self.layout.width || !is_blank() {
                return true;
            }
        }
    }

    /// The line of the row, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Whether the row can be read.
    #[inline(always)]
    pub fn is_whole(&self) -> bool {
        self.columns == self.layout.width
    }

    /// Why it cannot.
    pub fn fault(&self) -> Option<Reason> {
        (!self.is_whole()).then_some(Reason::Fields { found: self.columns, expected: self.layout.width })
    }

    /// The wanted field of this number, if the row can be read.
    #[inline(always)]
    pub fn field(&self, number: usize) -> &'a str {
        let text = self.range(number).and_then(|range| self.text.get(range)).unwrap_or_default();
        if is_black(text.as_bytes()) { text } else { text.trim() }
    }

    /// Its bytes, which takes less time.
    #[inline(always)]
    pub fn bytes(&self, number: usize) -> &'a [u8] {
        let bytes = self.range(number).and_then(|range| self.text.as_bytes().get(range)).unwrap_or_default();
        if is_black(bytes) { bytes } else { self.field(number).as_bytes() }
    }

    #[inline(always)]
    fn range(&self, number: usize) -> Option<Range<usize>> {
        let place = *self.places.get(number)?;
        Some(*self.begins.get(place)?..self.begins.get(place + 1)? - 1)
    }
}

/// Whether text begins and ends in ASCII that is not blank: then trimming changes nothing. Most text is.
#[inline(always)]
fn is_black(text: &[u8]) -> bool {
    match text {
        [first, .., last] => (first | last).is_ascii() && *first > b' ' && *last > b' ',
        [only] => only.is_ascii() && *only > b' ',
        [] => true,
    }
}

/// Where fields end, and whether the row ends there too.
struct Ends<'a> {
    separator: u8,
    blocks: slice::Iter<'a, [u8; BLOCK]>,
    /// What is left after whole blocks. A last row without a line break gets one.
    rest: Option<[u8; BLOCK]>,
    /// The block in hand, its place, and the bits of its ends that are left: all, and those of rows.
    at: usize,
    left: u64,
    rows: u64,
}

const BLOCK: usize = 64;

impl<'a> Ends<'a> {
    fn new(bytes: &'a [u8], separator: u8) -> Self {
        let (blocks, rest) = bytes.as_chunks();
        let mut last = [0; BLOCK];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        if let ([.., end], Some(after)) = (bytes, last.get_mut(rest.len()))
            && *end != b'\n'
        {
            *after = b'\n';
        }
        Ends { separator, blocks: blocks.iter(), rest: Some(last), at: 0usize.wrapping_sub(BLOCK), left: 0, rows: 0 }
    }
}

impl Iterator for Ends<'_> {
    type Item = (usize, bool);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        while self.left == 0 {
            let rest;
            let block = match self.blocks.next() {
                Some(block) => block,
                None => {
                    rest = self.rest.take()?;
                    &rest
                }
            };
            self.at = self.at.wrapping_add(BLOCK);
            let (parts, _) = block.as_chunks();
            let is = |byte: u8| {
                let bits = parts.iter().map(|part| u8x16::new(*part).simd_eq(u8x16::splat(byte)).to_bitmask());
                bits.rev().fold(0, |all, bits| all << 16 | u64::from(bits))
            };
            self.rows = is(b'\n');
            self.left = self.rows | is(self.separator);
        }
        let bit = self.left & self.left.wrapping_neg();
        self.left ^= bit;
        Some((self.at + bit.trailing_zeros() as usize, self.rows & bit != 0))
    }
}
