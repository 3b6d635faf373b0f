//! E11 in words.

use super::*;
use crate::{lang::Lang, runtime::sentences};

/// One course after another, each with its events and facts above its sentences.
fn explained(lang: Lang) -> String {
    let of_course = |given: [&str; 3]| {
        let said = judged(net("A39"), given, |courses| {
            courses.iter().flat_map(|course| sentences(course, lang)).collect::<Vec<_>>().join("\n")
        });
        format!("{}\n{said}\n", given.join(" | "))
    };
    [
        [
            "2024-01-08 A39A, 2024-01-18 A39S, 2024-02-10 A39CK, 2024-02-20 A39FK",
            "2024-01-09 karsinom=utelukket",
            "2024-06-30",
        ],
        ["2024-01-08 A39A, 2024-01-12 A39S, 2024-01-13 A39CK", "karsinom=påvist", "2024-01-25"],
        ["2024-01-08 A39A, 2024-01-07 A39S, 2024-01-13 A39CK, 2024-01-14 A39CK, 2024-01-15 A39X", "", "2024-01-25"],
        ["2024-01-08 A39S, 2024-01-15 A39FS", "2024-01-10 karsinom=påvist", "2024-01-25"],
    ]
    .map(of_course)
    .join("\n")
}

#[test]
fn a_course_is_explained_in_norwegian() {
    insta::assert_snapshot!(explained(Lang::Nb));
}

#[test]
fn a_course_is_explained_in_english() {
    insta::assert_snapshot!(explained(Lang::En));
}

#[test]
fn forms_are_told_apart() {
    use crate::tables::Form;
    let of1 = |form, minimum, amount| {
        let mut pathway = net("A39");
        pathway.variants.clear();
        pathway.limits.truncate(1);
        let row = &mut pathway.limits[0];
        (row.form, row.minimum, row.amount) = (form, minimum, Some(amount));
        let given = ["2024-01-08 A39A, 2024-01-10 A39S", "", "2024-01-10"];
        judged(pathway, given, |courses| sentences(&courses[0], Lang::Nb)[1].clone())
    };
    let days = "OF1: 2 dager fra A39A 8. januar 2024 til A39S 10. januar 2024";
    for (said, expected) in [
        (of1(Form::AtLeast, None, 3), "for tidlig: forløpstiden er minst 3 kalenderdager, tidligst 11. januar 2024"),
        (
            of1(Form::Between, Some(1), 3),
            "innenfor: forløpstiden er mellom 1 og 3 kalenderdager, senest 11. januar 2024",
        ),
        (of1(Form::SameDay, None, 0), "overskredet: forløpstiden er samme dag"),
    ] {
        assert_eq!(said, format!("{days}, {expected} (net.forlop:41)."));
    }
}

#[test]
fn amounts_have_their_number() {
    use crate::{runtime::amount, tables::Unit};
    assert_eq!(amount(1, Unit::Uker, Lang::Nb), "1 uke");
    assert_eq!(amount(2, Unit::Måneder, Lang::Nb), "2 måneder");
    assert_eq!(amount(1, Unit::Arbeidsdager, Lang::En), "1 working day");
}
