//! Small tables and short notations that tests and benchmarks share.

use chrono::NaiveDate;

use crate::{
    runtime::{Event, FactEvent},
    tables::*,
};

/// A day as `YYYY-MM-DD`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Events as `2024-01-08 A39A, 2024-01-09 A39A @OUS #k1`: date, code, institution, course id.
pub fn events(text: &str) -> Vec<Event<'_>> {
    let rows = text.split(',').map(str::trim).filter(|row| !row.is_empty());
    rows.map(|row| {
        let mut words = row.split(' ');
        let date = day(words.next().expect("a date"));
        let mut event = Event { date, code: words.next().expect("a code"), institution: None, course: None };
        for word in words {
            match word.split_at(1) {
                ("@", institution) => event.institution = Some(institution),
                ("#", course) => event.course = Some(course),
                _ => panic!("what is {word}?"),
            }
        }
        event
    })
    .collect()
}

/// Facts as `karsinom=utelukket, 2024-02-01 karsinom=påvist`.
pub fn facts(text: &str) -> Vec<FactEvent<'_>> {
    let rows = text.split(',').map(str::trim).filter(|row| !row.is_empty());
    rows.map(|row| {
        let (date, given) = row.split_once(' ').map_or((None, row), |(date, given)| (Some(day(date)), given));
        let (fact, value) = given.split_once('=').expect("a value");
        FactEvent { date, fact, value }
    })
    .collect()
}

/// A document of these pathways.
pub fn tables(pathways: impl Into<Vec<Pathway>>) -> Tables {
    Tables {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        compiler: "0.1.0".to_owned(),
        fingerprint: String::new(),
        pathways: pathways.into(),
    }
}

/// A place in the made-up file.
pub fn origin(line: u32) -> Origin {
    Origin { file: "net.forlop".to_owned(), line, column: 3 }
}

/// Codes of a pathway, named by what follows its id: `CK CM`.
pub fn codes(id: &str, suffixes: &str) -> Vec<String> {
    suffixes.split_whitespace().map(|suffix| format!("{id}{suffix}")).collect()
}

/// An interval, its treatments each as name and codes, and the parts of its sum.
pub fn interval(id: &str, name: &str, from: &str, to: &str, treatments: &[(&str, &str)], sum: &[&str]) -> Interval {
    Interval {
        name: name.to_owned(),
        label: name.to_owned(),
        from: codes(id, from),
        to: codes(id, to),
        treatments: treatments
            .iter()
            .map(|(name, suffixes)| Treatment { name: (*name).to_owned(), codes: codes(id, suffixes) })
            .collect(),
        sum: sum.iter().map(|part| (*part).to_owned()).collect(),
        repeats: false,
        origin: origin(1),
    }
}

/// A row; without an amount it is `ikke tallfestet`. The key is `OF3 kirurgi` or `OF1`.
pub fn limit(key: &str, variant: Option<&str>, amount: Option<u32>, line: u32) -> Limit {
    let (interval, treatment) = key.split_once(' ').map_or((key, None), |(name, treatment)| (name, Some(treatment)));
    Limit {
        interval: interval.to_owned(),
        treatment: treatment.map(str::to_owned),
        variant: variant.map(str::to_owned),
        form: if amount.is_some() { Form::AtMost } else { Form::Unquantified },
        minimum: None,
        amount,
        unit: amount.map(|_| Unit::Kalenderdager),
        valid_from: None,
        valid_to: None,
        derived: false,
        source: Some("utkast".to_owned()),
        note: None,
        origin: origin(line),
    }
}

/// A rule; a breach is `advarsel`.
pub fn rule(name: &str, kind: RuleKind) -> Rule {
    let label = format!("Regelen {name} er brutt");
    Rule { name: name.to_owned(), severity: RuleSeverity::Advarsel, label, kind, origin: origin(90) }
}

/// The fact has this value.
pub fn is(fact: &str, value: &str) -> Condition {
    Condition::Is { fact: fact.to_owned(), value: Value::Choice(value.to_owned()) }
}

/// A pathway like that for neuroendocrine tumours: codes, intervals, limits and variant of the design's example.
pub fn net(id: &str) -> Pathway {
    let phases = ["inngang", "utredning", "behandling"];
    let code = |suffix: &str, phase: Option<usize>, role| Code {
        code: format!("{id}{suffix}"),
        label: suffix.to_owned(),
        phase: phase.map(|phase| phases[phase].to_owned()),
        role,
        date: None,
        occasions: Vec::new(),
        former: Vec::new(),
        valid_from: None,
        valid_to: None,
        origin: origin(1),
    };
    let (completes, closes) = (Some(Role::Completes), Some(Role::Closes));
    let treatments = [("kirurgi", "FK"), ("medikamentell", "FM"), ("stråle", "FS")];
    let any = "FK FM FS FL FO FI";
    let mut limits = Vec::new();
    let mut line = 40;
    for (variant, rows) in [
        (
            None,
            "OF1 14,OF2 21,OF3 kirurgi 21,OF3 medikamentell 21,OF3 stråle 21,OF4 kirurgi 56,OF4 medikamentell 56,OF4 stråle 56",
        ),
        (
            Some("karsinom"),
            "OF1 4,OF2 4,OF3 kirurgi 14,OF3 medikamentell 7,OF4 kirurgi -,OF4 medikamentell -,OF4 stråle -",
        ),
    ] {
        for row in rows.split(',') {
            let (key, amount) = row.rsplit_once(' ').expect("an amount");
            line += 1;
            limits.push(limit(key, variant, amount.parse().ok(), line));
        }
    }
    Pathway {
        id: id.to_owned(),
        prefix: Some("A39".into()),
        former: Vec::new(),
        title: "Pakkeforløp for nevroendokrine svulster".to_owned(),
        status: Status::Utkast,
        version: None,
        disease: None,
        template: "organspesifikk".to_owned(),
        valid_from: None,
        valid_to: None,
        sources: Vec::new(),
        phases: phases
            .map(|name| Phase { name: name.into(), label: name.into(), content: Vec::new(), origin: origin(1) })
            .into(),
        codes: vec![
            code("A", Some(0), Some(Role::Opens)),
            code("S", Some(1), None),
            code("O", Some(1), Some(Role::Transfers)),
            code("CK", Some(1), None),
            code("CM", Some(1), closes),
            code("FK", Some(2), completes),
            code("FM", Some(2), completes),
            code("FS", Some(2), completes),
            code("FL", Some(2), completes),
            code("FO", Some(2), completes),
            code("FI", Some(2), completes),
            code("X", None, closes),
        ],
        groups: Vec::new(),
        facts: vec![Fact {
            name: "karsinom".to_owned(),
            label: "Nevroendokrint karsinom ved biopsi".to_owned(),
            fact_type: FactType::Choice {
                values: ["påvist", "utelukket"].map(|name| FactValue { name: name.into(), label: None }).into(),
            },
            judged_by: None,
            formula: None,
            implicit: false,
            origin: origin(20),
        }],
        intervals: vec![
            interval(id, "OF1", "A", "S", &[], &[]),
            interval(id, "OF2", "S", "CK CM", &[], &[]),
            interval(id, "OF3", "CK", any, &treatments, &[]),
            interval(id, "OF4", "A", any, &treatments, &["OF1", "OF2", "OF3"]),
        ],
        variants: vec![Variant {
            name: "karsinom".to_owned(),
            label: "Nevroendokrint karsinom".to_owned(),
            when: is("karsinom", "påvist"),
            origin: origin(30),
        }],
        limits,
        indicators: Vec::new(),
        rules: vec![
            rule("henvisning_før_utredning", RuleKind::Before { first: codes(id, "A"), then: codes(id, "S") }),
            rule("én_beslutning", RuleKind::AtMost { count: 1, of: codes(id, "CK CM") }),
            rule("ingenting_etter_slutt", RuleKind::NothingAfter { after: codes(id, "X") }),
        ],
        content: Vec::new(),
        examples: Vec::new(),
        origin: origin(10),
    }
}
