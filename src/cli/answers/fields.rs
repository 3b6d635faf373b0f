//! Fields of CSV, as the csv crate writes them and faster.

use chrono::NaiveDate;

use crate::digits::put_date;

/// Adds fields to a row. All but the last one have a comma after them.
pub(super) trait Row {
    /// Text, in quotation marks if it must be.
    fn text(&mut self, text: &str) -> &mut Self;

    /// A number.
    fn number(&mut self, number: i64) -> &mut Self;

    /// A date as `YYYY-MM-DD`; empty if there is none.
    fn date(&mut self, date: Option<NaiveDate>) -> &mut Self;

    /// Text, or nothing.
    fn optional(&mut self, text: Option<&str>) -> &mut Self {
        self.text(text.unwrap_or_default())
    }

    /// A number, or nothing.
    fn optional_number(&mut self, number: Option<i64>) -> &mut Self;
}

impl Row for Vec<u8> {
    fn text(&mut self, text: &str) -> &mut Self {
        put(self, text);
        self.push(b',');
        self
    }

    fn number(&mut self, number: i64) -> &mut Self {
        digits(self, number);
        self.push(b',');
        self
    }

    fn optional_number(&mut self, number: Option<i64>) -> &mut Self {
        if let Some(number) = number {
            digits(self, number);
        }
        self.push(b',');
        self
    }

    fn date(&mut self, date: Option<NaiveDate>) -> &mut Self {
        date.into_iter().for_each(|date| put_date(self, date));
        self.push(b',');
        self
    }
}

/// Text without a comma after it.
pub(super) fn put(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.push(b'"');
        text.bytes()
            .for_each(|byte| out.extend_from_slice(if byte == b'"' { b"\"\"" } else { std::slice::from_ref(&byte) }));
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// A number without a comma after it.
pub(super) fn digits(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    let mut digits = [0; 20];
    let mut rest = number.unsigned_abs();
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        length += 1;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(digits.len() - length..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{NaiveDate, Row, put};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fields_are_those_of_the_csv_crate(
            text in "[a,\"\n\r; æ]{0,5}",
            number in any::<i64>(),
            day in prop_oneof![693_596_i32..803_533, -900_000..9_000_000],
        ) {
            let date = NaiveDate::from_num_days_from_ce_opt(day).unwrap();
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.serialize((&text, number, date, None::<i64>, &text)).unwrap();
            let mut own = Vec::new();
            own.text(&text).number(number).date(Some(date)).optional_number(None);
            put(&mut own, &text);
            own.push(b'\n');
            prop_assert_eq!(String::from_utf8(own).unwrap(), String::from_utf8(writer.into_inner().unwrap()).unwrap());
        }
    }
}
