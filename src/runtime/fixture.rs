//! What the tests of this module share.

use chrono::NaiveDate;

/// A day as `YYYY-MM-DD`.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}
