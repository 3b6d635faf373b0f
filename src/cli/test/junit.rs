//! What came of examples as JUnit XML: a suite a pathway, a test an example.

use std::io::{self, Write};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Tested, human::difference};
use crate::{cli::words::place, lang::Lang};

pub(super) fn write(tested: &[Tested], out: &mut dyn Write, lang: Lang) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let (tests, failures) = counts(tested);
    let all = xml.create_element("testsuites").with_attributes([("tests", tests.as_str()), ("failures", &failures)]);
    all.write_inner_content(|xml| {
        for suite in tested.chunk_by(|one, other| one.pathway.id == other.pathway.id) {
            let Some(first) = suite.first() else { continue };
            let (tests, failures) = counts(suite);
            let named = xml.create_element("testsuite").with_attributes([
                ("name", first.pathway.id.as_str()),
                ("tests", &tests),
                ("failures", &failures),
            ]);
            named.write_inner_content(|xml| suite.iter().try_for_each(|tested| test_case(xml, tested, lang)))?;
        }
        Ok(())
    })?;
    writeln!(out)
}

/// How many examples there are, and how many of them do not hold.
fn counts(tested: &[Tested]) -> (String, String) {
    let failing = tested.iter().filter(|tested| !tested.mismatches.is_empty()).count();
    (tested.len().to_string(), failing.to_string())
}

fn test_case<W: Write>(xml: &mut Writer<W>, tested: &Tested, lang: Lang) -> io::Result<()> {
    let Tested { pathway, example, mismatches } = tested;
    let line = example.origin.line.to_string();
    let case = xml.create_element("testcase").with_attributes([
        ("name", example.name.as_str()),
        ("classname", pathway.id.as_str()),
        ("file", example.origin.file.as_str()),
        ("line", line.as_str()),
    ]);
    let Some(first) = mismatches.first() else { return case.write_empty().map(|_| ()) };
    let lines: Vec<String> = mismatches
        .iter()
        .map(|mismatch| format!("{}: {}", place(&mismatch.expectation.origin), difference(mismatch, lang)))
        .collect();
    let message = difference(first, lang);
    case.write_inner_content(|xml| {
        let failure = xml.create_element("failure").with_attribute(("message", message.as_str()));
        failure.write_text_content(BytesText::new(&lines.join("\n"))).map(|_| ())
    })
    .map(|_| ())
}
