//! CSV without quotation marks, straight from the bytes: the same rows as the csv crate gives, several times as fast.

use std::{ops::Range, str};

use unicode_normalization::{IsNormalized, is_nfc_quick};
use wide::u8x16;

use super::{
    Reason,
    layout::{Csv, Layout},
};

/// The rows of a piece, one after the other.
pub(super) struct FastRows<'a, const N: usize> {
    text: &'a str,
    /// Where each field of the piece begins; last, where one more would.
    begins: Vec<u32>,
    /// For each row, the number of the first field after it.
    rows: Vec<usize>,
    width: usize,
    /// The columns of the wanted fields.
    places: [usize; N],
    /// The number of the row's first field, and how many it has.
    first: usize,
    columns: usize,
    line: usize,
}

impl<'a, const N: usize> FastRows<'a, N> {
    /// None if the piece has something that only the slow ways understand: quotation marks, lone carriage returns, bytes that
    /// are not UTF-8, text that is not in NFC; or if it is not CSV.
    pub fn new(layout: &'a Layout<N>, piece: &'a [u8]) -> Option<Self> {
        let Csv { separator, width, places } = *layout.csv()?;
        let mut odd = memchr::memchr2_iter(b'"', b'\r', piece);
        let is_plain = odd.all(|at| piece.get(at) == Some(&b'\r') && piece.get(at + 1) == Some(&b'\n'));
        if !is_plain {
            return None;
        }
        let text = str::from_utf8(piece).ok()?;
        if !text.is_ascii() && is_nfc_quick(text.chars()) != IsNormalized::Yes {
            return None;
        }
        let (begins, rows) = fields(piece, separator)?;
        // A column that is not there is one that no row has.
        let places = places.map(|place| place.unwrap_or(usize::MAX / 2));
        Some(FastRows { text, begins, rows, width, places, first: 0, columns: 0, line: 0 })
    }

    /// Goes to the next row; false if there is none.
    #[inline(always)]
    pub fn advance(&mut self) -> bool {
        loop {
            self.first += self.columns;
            let Some(next) = self.rows.get(self.line) else { return false };
            self.columns = next - self.first;
            self.line += 1;
            if self.is_whole() || !self.is_blank() {
                return true;
            }
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self.column(0).and_then(|range| self.text.get(range)), Some("" | "\r")) && self.columns == 1
    }

    /// The line of the row, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Whether the row can be read.
    #[inline(always)]
    pub fn is_whole(&self) -> bool {
        self.columns == self.width
    }

    /// Why it cannot.
    pub fn fault(&self) -> Option<Reason> {
        (!self.is_whole()).then_some(Reason::Fields { found: self.columns, expected: self.width })
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
        self.column(*self.places.get(number)?)
    }

    /// Where a column of the row is.
    #[inline(always)]
    fn column(&self, column: usize) -> Option<Range<usize>> {
        let [begin, next] = self.begins.get(self.first + column..)?.first_chunk()?;
        Some(*begin as usize..*next as usize - 1)
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

/// Where the fields of a piece begin, and for each row the number of the first field after it. Nothing if it is too long.
fn fields(piece: &[u8], separator: u8) -> Option<(Vec<u32>, Vec<usize>)> {
    u32::try_from(piece.len() + BLOCK).ok()?;
    let (blocks, rest) = piece.as_chunks();
    let mut last = [0; BLOCK];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    // A last row without a line break gets one.
    if let ([.., end], Some(after)) = (piece, last.get_mut(rest.len()))
        && *end != b'\n'
    {
        *after = b'\n';
    }
    let (mut begins, mut rows) = (vec![0], Vec::new());
    for (block, at) in blocks.iter().chain([&last]).zip((1..).step_by(BLOCK)) {
        let (parts, _) = block.as_chunks();
        let is = |byte: u8| {
            let bits = parts.iter().map(|part| u8x16::new(*part).simd_eq(u8x16::splat(byte)).to_bitmask());
            bits.rev().fold(0, |all: u64, bits| all << 16 | u64::from(bits))
        };
        let breaks = is(b'\n');
        let mut left = breaks | is(separator);
        while left != 0 {
            let bit = left & left.wrapping_neg();
            begins.push(at + bit.trailing_zeros());
            if breaks & bit != 0 {
                rows.push(begins.len() - 1);
            }
            left ^= bit;
        }
    }
    Some((begins, rows))
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;
