//! The page of a report. Each made-up page is also written under `target/tmp/report`, where `.ci/report` opens it in a browser.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use forlop::{
    lang::Lang,
    report::{Report, html},
};
use quick_xml::{Reader, events::Event};

#[path = "report_html/pages.rs"]
mod pages;

/// Elements that HTML has without an end.
const VOID: [&str; 1] = ["meta"];

fn written() -> Vec<(&'static str, String)> {
    let pages: [(&str, Report, Lang); 6] = [
        ("made-up", pages::made_up(), Lang::Nb),
        ("made-up-en", pages::made_up(), Lang::En),
        ("empty", pages::empty(), Lang::Nb),
        ("large", pages::large(), Lang::Nb),
        ("many", pages::many(), Lang::Nb),
        ("hostile", pages::hostile(), Lang::Nb),
    ];
    pages.into_iter().map(|(name, report, lang)| (name, html(&report, lang))).collect()
}

/// The page's elements, each with its attributes, and its text, in order; fails where elements do not close in turn.
fn read(page: &str) -> Vec<Piece> {
    let mut reader = Reader::from_str(page.strip_prefix("<!DOCTYPE html>").unwrap());
    reader.config_mut().check_end_names = false;
    let (mut open, mut pieces) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().0.to_owned();
                let attributes = start.html_attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (attribute.key.0.to_owned(), attribute.value.into_owned())
                });
                pieces.push(Piece::Start(name.clone(), attributes.collect()));
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Event::End(end) => {
                let name = end.name().0.to_owned();
                assert_eq!(open.pop().as_ref(), Some(&name), "at {}", reader.buffer_position());
                pieces.push(Piece::End(name));
            }
            Event::Text(text) => pieces.push(Piece::Text(text.to_string())),
            Event::GeneralRef(entity) => pieces.push(Piece::Text(match &*entity {
                "lt" => "<".to_owned(),
                "gt" => ">".to_owned(),
                "amp" => "&".to_owned(),
                "quot" => "\"".to_owned(),
                other => panic!("&{other};"),
            })),
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed");
    pieces
}

#[derive(Debug, PartialEq)]
enum Piece {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
}

/// What a person reads of a page, a line for each block.
fn text(page: &str) -> String {
    let (mut text, mut inside) = (String::new(), Vec::new());
    for piece in read(page) {
        match piece {
            Piece::Start(name, _) if !VOID.contains(&name.as_str()) => inside.push(name),
            Piece::Start(..) => {}
            Piece::Text(_) if inside.iter().any(|name| ["style", "svg"].contains(&name.as_str())) => {}
            Piece::Text(piece) => text.push_str(&piece.replace('\u{a0}', "~")),
            Piece::End(name) => {
                inside.pop();
                text.push_str(match name.as_str() {
                    "th" | "td" | "dt" => " | ",
                    "h1" | "h2" | "h3" | "p" | "dd" | "li" | "tr" | "caption" | "figcaption" | "summary" | "title" => {
                        "\n"
                    }
                    _ => "",
                });
            }
        }
    }
    let lines = text.lines().map(|line| line.trim().trim_end_matches('|').trim_end());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn pages_are_well_formed_alike_each_time_and_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    fs::create_dir_all(&folder).unwrap();
    let again = written();
    for ((name, page), (_, again)) in written().into_iter().zip(again) {
        assert!(page == again, "{name}");
        let pieces = read(&page);
        let mut ids = Vec::new();
        for (tag, attributes) in pieces.iter().filter_map(|piece| match piece {
            Piece::Start(tag, attributes) => Some((tag, attributes)),
            _ => None,
        }) {
            assert!(
                !["script", "link", "img", "iframe", "object", "image", "b"].contains(&tag.as_str()),
                "{name}: {tag}"
            );
            for (key, value) in attributes {
                assert!(!key.starts_with("on") && key != "src" && key != "style", "{name}: {key}={value}");
                assert!(key != "href" || value.starts_with('#'), "{name}: {value}");
                if key == "id" {
                    assert!(!ids.contains(value), "{name}: {value} twice");
                    ids.push(value.clone());
                }
            }
        }
        for word in ["http:", "https:", "url(h", "@import", "//"] {
            assert!(!page.contains(word), "{name}: {word}");
        }
        fs::write(folder.join(name).with_extension("html"), page).unwrap();
    }
}

#[test]
fn names_are_text() {
    let page = html(&pages::hostile(), Lang::Nb);
    let text = text(&page);
    assert!(text.contains("<script>alert(3)</script> & \"Sammensatt"), "{text}");
    assert!(text.starts_with("</title><script>alert('tittel')</script>"), "{text}");
}

#[test]
fn what_is_read() {
    insta::assert_snapshot!("text", text(&html(&pages::made_up(), Lang::Nb)));
    insta::assert_snapshot!("text_en", text(&html(&pages::made_up(), Lang::En)));
    insta::assert_snapshot!("text_empty", text(&html(&pages::empty(), Lang::Nb)));
}

/// The first drawing with this title, an element a line.
fn drawing(page: &str, title: &str) -> String {
    let from = page.find(&format!("<title>{title}</title>")).unwrap();
    let start = page[..from].rfind("<svg").unwrap();
    let length = page[start..].find("</svg>").unwrap();
    page[start..start + length + 6].replace("><", ">\n<")
}

#[test]
fn what_is_drawn() {
    let page = html(&pages::made_up(), Lang::Nb);
    insta::assert_snapshot!("time", drawing(&page, "Andel over tid"));
    insta::assert_snapshot!("distribution", drawing(&page, "Dager fra fristen"));
}

#[test]
fn what_is_hidden_is_never_a_number() {
    let mut report = pages::made_up();
    let indicator = &mut report.pathways[0].indicators[0];
    for row in &mut indicator.rows {
        (row.numerator, row.share, row.met) = (None, None, None);
    }
    report.pathways[0].intervals.clear();
    let page = html(&report, Lang::Nb);
    assert!(!drawing(&page, "Andel over tid").contains("<circle"));
    assert_eq!(page.matches("class=\"unseen\"").count(), report.periods.len());
    let text = text(&page);
    assert!(text.contains("Skjult betyr færre enn 3"), "{text}");
    assert!(text.lines().filter(|line| line.starts_with("Sykehus ")).all(|line| line.contains("skjult")), "{text}");
}
