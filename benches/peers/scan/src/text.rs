//! Rows as numbers, by tables: day × 16 + code, so that the smaller is the earlier in the template's order.

/// A, S, any decision, CK, any treatment, and one that nobody asks for.
pub const POINTS: usize = 6;
/// The codes in the template's order, and the points that each can be.
const CODES: [(&[u8], [usize; 2]); 14] = [
    (b"A", [0, 5]),
    (b"S", [1, 5]),
    (b"O", [5, 5]),
    (b"CK", [2, 3]),
    (b"CM", [2, 5]),
    (b"CA", [2, 5]),
    (b"CI", [2, 5]),
    (b"FK", [4, 5]),
    (b"FM", [4, 5]),
    (b"FS", [4, 5]),
    (b"FL", [4, 5]),
    (b"FO", [4, 5]),
    (b"FI", [4, 5]),
    (b"X", [5, 5]),
];

pub fn points(row: u32) -> [usize; 2] {
    CODES[code(row) as usize].1
}

pub fn day(row: u32) -> u32 {
    row / 16
}

pub fn code(row: u32) -> u32 {
    row % 16
}

pub struct Tables {
    /// Number of a code by its last two bytes.
    code: Vec<u8>,
    /// The day before the first of a month, by year × 16 + month.
    month: Vec<u32>,
    as_of: u32,
}

impl Tables {
    pub fn new(as_of: &[u8]) -> Tables {
        let mut tables = Tables { code: vec![2; 1 << 16], month: vec![0; 2200 * 16], as_of: 0 };
        for (number, (code, _)) in CODES.iter().enumerate() {
            // The last digit of A39 comes before the one letter.
            let two = if let [one] = code { [b'9', *one] } else { [code[0], code[1]] };
            tables.code[usize::from(u16::from_le_bytes(two))] = number as u8;
        }
        let mut before = 0;
        for year in 1900..2200 {
            let february = if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 29 } else { 28 };
            for (month, days) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                tables.month[year * 16 + month] = before;
                before += days;
            }
        }
        tables.as_of = tables.day(as_of);
        tables
    }

    fn day(&self, text: &[u8]) -> u32 {
        let digit = |at: usize| usize::from(text[at] & 15);
        let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
        self.month[year * 16 + digit(5) * 10 + digit(6)] + (digit(8) * 10 + digit(9)) as u32
    }

    /// The row whose date begins at `at`, unless it is after the as-of date, and where the next one begins.
    #[inline(always)]
    pub fn row(&self, bytes: &[u8], at: usize) -> (Option<u32>, usize) {
        let day = self.day(&bytes[at..at + 10]);
        let end = field_end(bytes, at + 12);
        let code = self.code[usize::from(u16::from_le_bytes([bytes[end - 2], bytes[end - 1]]))];
        ((day <= self.as_of).then_some(day * 16 + u32::from(code)), line_end(bytes, end))
    }
}

pub fn field_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| *byte == b',').map_or(bytes.len(), |at| from + at)
}

pub fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| from + at + 1)
}

/// Writes `,DAYS,WITHIN`.
pub fn write_number(out: &mut Vec<u8>, days: usize, within: bool) {
    out.push(b',');
    for unit in [1000, 100, 10, 1] {
        if days >= unit || unit == 1 {
            out.push(b'0' + (days / unit % 10) as u8);
        }
    }
    out.extend_from_slice(if within { b",1" } else { b",0" });
}
