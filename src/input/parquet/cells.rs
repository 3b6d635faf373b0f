//! One column's values as text.

use std::io::Write;

use chrono::NaiveDate;
use parquet::{
    basic::{ConvertedType, LogicalType, TimeUnit, Type},
    column::reader::{ColumnReader, ColumnReaderImpl},
    data_type::{ByteArray, DataType, Int96},
    errors::ParquetError,
    schema::types::ColumnDescriptor,
};

use crate::digits::put_date;

/// Stands between two cells: text hardly ever has it, so that quotation marks are hardly ever needed.
pub(in crate::input) const SEPARATOR: u8 = b'\x1f';

/// Stands, in quotation marks, for a text with a line break: rows and lines must be the same.
pub(in crate::input) const BREAK: char = '\x1e';

/// The Julian day of 1970-01-01.
const EPOCH: i64 = 2_440_588;

const SECONDS: i64 = 24 * 60 * 60;

/// What a column's values are.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// As the physical type says.
    Plain,
    /// Numbers without a sign.
    Unsigned,
    /// Days since 1970.
    Date,
    /// Since 1970; so many in a second.
    Moment(i64),
    /// Numbers with so many decimals.
    Decimal(usize),
    /// 16 bytes.
    Uuid,
}

impl Kind {
    /// None if the values cannot be read.
    pub fn of(column: &ColumnDescriptor) -> Option<Self> {
        use ConvertedType as C;
        use LogicalType as L;
        let is_bytes = matches!(column.physical_type(), Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY);
        if column.max_rep_level() > 0 {
            return None;
        }
        match (column.logical_type_ref(), column.converted_type()) {
            (Some(L::Decimal(_)), _) | (_, C::DECIMAL) => usize::try_from(column.type_scale()).ok().map(Kind::Decimal),
            (Some(L::Uuid), _) if is_bytes => Some(Kind::Uuid),
            (Some(L::String | L::Enum | L::Json), _) | (None, C::UTF8 | C::ENUM | C::JSON) if is_bytes => {
                Some(Kind::Plain)
            }
            (None, C::NONE) if column.physical_type() != Type::FIXED_LEN_BYTE_ARRAY => Some(Kind::Plain),
            (Some(L::Unknown), _) => Some(Kind::Plain),
            _ if is_bytes => None,
            (Some(L::Date), _) | (_, C::DATE) => Some(Kind::Date),
            (Some(L::Timestamp(time)), _) => Some(Kind::Moment(match time.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            })),
            (_, C::TIMESTAMP_MILLIS) => Some(Kind::Moment(1_000)),
            (_, C::TIMESTAMP_MICROS) => Some(Kind::Moment(1_000_000)),
            (Some(L::Integer(integer)), _) if !integer.is_signed => Some(Kind::Unsigned),
            (_, C::UINT_8 | C::UINT_16 | C::UINT_32 | C::UINT_64) => Some(Kind::Unsigned),
            (Some(L::Integer(_)), _) | (_, C::INT_8 | C::INT_16 | C::INT_32 | C::INT_64) => Some(Kind::Plain),
            _ => None,
        }
    }

    fn integer(self, number: i64, unsigned: u64, out: &mut Vec<u8>) {
        match self {
            Kind::Plain | Kind::Uuid => put(out, number),
            Kind::Unsigned => put(out, unsigned),
            Kind::Date => moment(number, 0, out),
            Kind::Moment(in_second) => {
                let in_day = SECONDS * in_second;
                let (days, rest) = (number.div_euclid(in_day), number.rem_euclid(in_day));
                // Less than a second is no midnight either.
                moment(days, (rest + in_second - 1) / in_second, out);
            }
            Kind::Decimal(scale) => decimal(number.into(), scale, out),
        }
    }

    fn bytes(self, bytes: &[u8], out: &mut Vec<u8>) {
        match (self, bytes) {
            (Kind::Uuid, bytes) => {
                for (at, byte) in bytes.iter().enumerate() {
                    put(out, format_args!("{}{byte:02x}", if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" }));
                }
            }
            (Kind::Decimal(scale), [first, ..]) if bytes.len() <= 16 => {
                let sign = if *first >= 0x80 { -1 } else { 0 };
                decimal(bytes.iter().fold(sign, |number, byte| number << 8 | i128::from(*byte)), scale, out);
            }
            // More digits than any fact has, and no number.
            (Kind::Decimal(_), _) => out.push(b'?'),
            _ => text(bytes.trim_ascii(), out),
        }
    }
}

/// The text of some rows of a column.
#[derive(Default)]
pub(super) struct Cells {
    text: Vec<u8>,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl Cells {
    /// Reads so many rows.
    pub fn read(&mut self, reader: &mut ColumnReader, kind: Kind, rows: usize) -> Result<(), ParquetError> {
        match reader {
            // As in NDJSON.
            ColumnReader::BoolColumnReader(own) => {
                self.each(own, rows, |value, out| put(out, if *value { "ja" } else { "nei" }))
            }
            ColumnReader::Int32ColumnReader(own) => {
                self.each(own, rows, |value, out| kind.integer((*value).into(), value.cast_unsigned().into(), out))
            }
            ColumnReader::Int64ColumnReader(own) => {
                self.each(own, rows, |value, out| kind.integer(*value, value.cast_unsigned(), out))
            }
            ColumnReader::Int96ColumnReader(own) => self.each(own, rows, int96),
            ColumnReader::FloatColumnReader(own) => self.each(own, rows, |value, out| {
                if !value.is_nan() {
                    put(out, value);
                }
            }),
            ColumnReader::DoubleColumnReader(own) => self.each(own, rows, |value, out| {
                if !value.is_nan() {
                    put(out, value);
                }
            }),
            ColumnReader::ByteArrayColumnReader(own) => self.bytes(own, rows, kind, ByteArray::data),
            ColumnReader::FixedLenByteArrayColumnReader(own) => self.bytes(own, rows, kind, |value| value.data()),
        }
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> &[u8] {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(row).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    fn each<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        rows: usize,
        put: impl Fn(&T::T, &mut Vec<u8>),
    ) -> Result<(), ParquetError> {
        Values::read(reader, rows).map(|values| self.put(&values, put))
    }

    /// Most text can stand as it is: it is looked at all together.
    fn bytes<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        rows: usize,
        kind: Kind,
        data: fn(&T::T) -> &[u8],
    ) -> Result<(), ParquetError> {
        let values = Values::read(reader, rows)?;
        if matches!(kind, Kind::Plain) {
            self.put(&values, |value, out| out.extend_from_slice(data(value)));
            if !self.text.iter().fold(false, |found, byte| found | is_odd(*byte)) {
                return Ok(());
            }
        }
        self.put(&values, |value, out| kind.bytes(data(value), out));
        Ok(())
    }

    fn put<T>(&mut self, values: &Values<T>, put: impl Fn(&T, &mut Vec<u8>)) {
        self.text.clear();
        self.ends.clear();
        let mut there = values.there.iter();
        for row in 0..values.rows {
            // A column of which no value may be missing has no levels.
            if values.levels.get(row).is_none_or(|level| *level > 0)
                && let Some(value) = there.next()
            {
                put(value, &mut self.text);
            }
            self.ends.push(self.text.len());
        }
    }
}

/// The values of some rows of a column, and which of the rows have one.
struct Values<T> {
    rows: usize,
    levels: Vec<i16>,
    there: Vec<T>,
}

impl<T> Values<T> {
    fn read<D: DataType<T = T>>(reader: &mut ColumnReaderImpl<D>, rows: usize) -> Result<Self, ParquetError> {
        let mut values = Values { rows, levels: Vec::with_capacity(rows), there: Vec::with_capacity(rows) };
        let mut read = 0;
        while read < rows {
            let Values { levels, there, .. } = &mut values;
            let (more, ..) = reader.read_records(rows - read, Some(levels), None, there)?;
            if more == 0 {
                return Err(ParquetError::EOF("a column has too few rows".to_owned()));
            }
            read += more;
        }
        Ok(values)
    }
}

/// Whether text with this byte has to be looked at closer.
fn is_odd(byte: u8) -> bool {
    byte < b' ' || byte == b'"'
}

fn put(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    // Writing to memory cannot fail.
    _ = write!(out, "{value}");
}

/// Text, in quotation marks if it must be.
fn text(text: &[u8], out: &mut Vec<u8>) {
    if text.iter().any(|byte| matches!(char::from(*byte), '\n' | '\r' | BREAK)) {
        out.extend_from_slice(b"\"\x1e\"");
    } else if memchr::memchr2(SEPARATOR, b'"', text).is_some() {
        out.push(b'"');
        for byte in text {
            out.extend_from_slice(if *byte == b'"' { b"\"\"" } else { std::slice::from_ref(byte) });
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text);
    }
}

/// A date; with the time of day if it is not midnight, which makes it no date.
fn moment(days: i64, seconds: i64, out: &mut Vec<u8>) {
    match i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days) {
        Some(date) => put_date(out, date),
        None => put(out, days),
    }
    if seconds > 0 {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        put(out, format_args!("T{hours:02}:{minutes:02}:{seconds:02}"));
    }
}

/// The moments of older writers: nanoseconds of a Julian day.
fn int96(value: &Int96, out: &mut Vec<u8>) {
    if let [low, high, day] = value.data() {
        let nanos = i64::from(*high) << 32 | i64::from(*low);
        moment(i64::from(*day) - EPOCH, nanos.div_euclid(1_000_000_000) + i64::from(nanos % 1_000_000_000 > 0), out);
    }
}

/// A decimal number without zeros at its end.
fn decimal(number: i128, scale: usize, out: &mut Vec<u8>) {
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale.min(64) + 1);
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(scale));
    let rest = rest.trim_end_matches('0');
    let (sign, point) = (if number < 0 { "-" } else { "" }, if rest.is_empty() { "" } else { "." });
    put(out, format_args!("{sign}{whole}{point}{rest}"));
}
