//! The report's shape.

#![allow(clippy::unwrap_used)]

use forlop::report::Report;

#[test]
fn a_report_is_read_and_written_alike() {
    let text = include_str!("report/made_up.json");
    let report: Report = serde_json::from_str(text).unwrap();
    let written: serde_json::Value = serde_json::to_value(&report).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(text).unwrap());
}
