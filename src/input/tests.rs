//! The fast way and the csv crate give the same rows.

#![allow(clippy::unwrap_used)]

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::{
    fast::FastRows,
    kept::Kept,
    layout::Layout,
    rows::{Row, Rows, date},
    usable::EVENTS,
};

fn layout() -> Layout<5> {
    let header = b"institusjon;kode;merknad;dato;pasient\n";
    Layout::find("a.csv", header, true, EVENTS).unwrap().unwrap().layout
}

/// All rows, and how many lines there are.
fn all(mut rows: Rows<5>) -> (Vec<Row<5>>, usize) {
    let mut all = Vec::new();
    while rows.advance() {
        if let Ok(fields) = rows.fields() {
            assert_eq!([0, 1, 2, 3, 4].map(|number| rows.bytes(number)), fields.map(str::as_bytes));
        }
        assert_eq!(rows.is_whole(), rows.fields().is_ok());
        all.push((rows.line(), rows.fields()));
    }
    (all, rows.lines())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn the_fast_rows_are_those_of_the_csv_crate(text in "([ab\0 \u{a0}æ;,\t]|;|;;;;|\n|\r\n|\n\n){0,40}") {
        let layout = layout();
        let (fast, lines) = all(Rows::Fast(FastRows::new(&layout, text.as_bytes()).unwrap()));
        let mut kept = Kept::new();
        kept.read(&layout, text.as_bytes());
        let (slow, breaks) = all(Rows::Kept(kept.rows()));
        prop_assert_eq!(fast, slow);
        // What ends between rows ends in a line break.
        prop_assert_eq!(lines, breaks + usize::from(!text.is_empty() && !text.ends_with('\n')));
    }

    #[test]
    fn a_date_is_what_its_digits_say(
        text in "(1[89]|2[0-3])[0-9]{2}-[01][0-9]-[0-3][0-9]",
        change in prop::option::weighted(0.3, (0..11_usize, any::<u8>())),
    ) {
        let mut bytes = text.into_bytes();
        if let Some((at, byte)) = change {
            bytes.resize(bytes.len().max(at + 1), 0);
            bytes[at] = byte;
        }
        let is_right = |(at, byte): (usize, &u8)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() };
        let shaped = bytes.len() == 10 && bytes.iter().enumerate().all(is_right);
        let text = std::str::from_utf8(&bytes).ok().filter(|_| shaped);
        let expected = text.and_then(|text| text.parse::<NaiveDate>().ok());
        prop_assert_eq!(date(&bytes), expected.filter(|day| (1900..=2200).contains(&day.year())));
    }

    #[test]
    fn what_only_the_csv_crate_understands_is_left_to_it(
        before in "[ab;\n]{0,20}",
        odd in prop::sample::select(vec![&b"\""[..], b"\r", b"\r\r\n", b"\xff", b"a\xcc\x8a"]),
        after in "[ab;]{1,20}",
    ) {
        let bytes = [before.as_bytes(), odd, after.as_bytes()].concat();
        prop_assert!(FastRows::new(&layout(), &bytes).is_none());
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_so() {
    use super::{File, FileError, Reading, Source, VisitError, stream::Stream};

    let reading = Reading::new(chrono::NaiveDate::MIN);
    for (name, bytes) in [("a.parquet", &b""[..]), ("a.Parquet", b"x"), ("a", b"PAR1\0")] {
        let opened = Stream::open(Source::from(File { name, bytes }), EVENTS, &reading);
        assert!(matches!(opened, Err(VisitError::File { error: FileError::NoParquet, .. })), "{name}");
    }
}

#[test]
fn a_job_that_cannot_be_filled_ends_the_work() {
    use super::in_order::in_order;

    let next = |_: &mut ()| Err::<bool, _>("no");
    assert_eq!(in_order(2, next, &|| (), |(), ()| Ok(()), |()| Ok(())), Err("no"));
}
