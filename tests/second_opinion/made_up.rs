//! Made-up pathways, written as small tables in text: `-` is none, and codes stand without the pathway's id.

use chrono::NaiveDate;
use forlop::tables::{
    Code, Comparison, Condition, FORMAT, FORMAT_VERSION, Fact, FactType, FactValue, Interval, Limit, Origin, Pathway,
    Phase, Rule, RuleKind, RuleSeverity, Status, Tables, Treatment, Value, Variant,
};
use serde::de::DeserializeOwned;
use serde_json::json;

/// Together `B1` and `B12` use every unit, form, rule kind, role and type of fact. One id begins with the other.
pub fn made_up() -> Tables {
    tables(vec![b1(), b12()])
}

/// Every unit and form, a sum within a sum, validity with a gap, a variant for each type of fact.
fn b1() -> Pathway {
    let mut pathway = empty("B1");
    pathway.codes = codes(
        "
        A inngang    åpner
        S utredning  -
        P utredning  -
        O -          overfører
        B utredning  -
        N utredning  avslutter
        K behandling fullfører
        L behandling fullfører
        M behandling fullfører
        R behandling fullfører
        E oppfølging -
        X -          avslutter
    ",
    );
    pathway.intervals = intervals(
        "
        mottak     A       S       - -
        svar       S       P       - -
        samtale    P       B       - -
        utredning  S       B,N     - -
        tenketid   B       K,L,M,R kirurgi=K+L,medikamentell=M -
        behandling A       K,L,M,R kirurgi=K+L,medikamentell=M mottak,utredning,tenketid
        kontroll   K,L,M,R E       - -
        alt        A       E       - behandling,kontroll
        flytting   A       O       - -
    ",
    );
    pathway.limits = limits(
        "
        mottak     -             -       at_most      -  5 arbeidsdager  -          -
        mottak     -             barn    at_most      -  2 arbeidsdager  -          -
        mottak     -             tidlig  at_most      -  5 arbeidsdager  -          -
        svar       -             -       between      2  6 virkedager    -          -
        svar       -             stor    between      1  2 arbeidsdager  -          -
        samtale    -             -       same_day     -  0 kalenderdager -          -
        samtale    -             stor    at_least     -  2 virkedager    -          -
        utredning  -             -       at_most      -  3 uker          -          2024-03-31
        utredning  -             -       at_most      -  2 uker          2024-05-01 -
        utredning  -             haster  at_least     -  1 uker          2024-01-01 2024-12-31
        tenketid   kirurgi       -       at_least     -  3 kalenderdager -          -
        tenketid   medikamentell -       at_most      - 10 virkedager    -          -
        tenketid   kirurgi       stor    unquantified -  - -             -          -
        behandling kirurgi       -       at_most      - 40 kalenderdager -          -
        behandling medikamentell -       between      7 42 kalenderdager 2024-01-01 -
        behandling kirurgi       haster  at_most      -  1 måneder       -          -
        kontroll   -             -       between      1  3 måneder       -          -
        kontroll   -             haster  at_least     -  1 måneder       -          -
        alt        -             -       at_most      -  5 måneder       -          -
        alt        -             tidlig  unquantified -  - -             -          -
    ",
    );
    pathway.facts = vec![
        fact("alder", FactType::Years),
        fact("størrelse", FactType::Number { unit: "cm".into() }),
        fact("spredning", FactType::YesNo),
        fact("funn", choice("lett trolig alvorlig")),
        fact("symptomdato", FactType::Date),
    ];
    pathway.variants = vec![
        variant("barn", compare("alder", Comparison::Below, Value::Number(18.0))),
        variant("stor", all([compare("størrelse", Comparison::AtLeast, Value::Number(2.5)), not(is_yes("spredning"))])),
        variant("haster", any([is("funn", "alvorlig"), all([is_yes("spredning"), known("symptomdato")])])),
        variant("tidlig", compare("symptomdato", Comparison::AtMost, Value::Date(date("2024-01-15")))),
    ];
    pathway.rules = vec![
        rule("svar_etter_prøve", RuleSeverity::Feil, before("S", "P")),
        rule("ett_fremmøte", RuleSeverity::Advarsel, at_most(1, "S")),
    ];
    complete(pathway)
}

/// Every rule kind, several codes for each role, treatments with several codes. Its validity decides nothing (E1).
fn b12() -> Pathway {
    let mut pathway = empty("B12");
    pathway.valid_to = Some(date("2024-02-29"));
    pathway.codes = codes(
        "
        A inngang    åpner
        B inngang    åpner
        C utredning  -
        D utredning  overfører
        E -          overfører
        F behandling fullfører
        G behandling fullfører
        H behandling -
        X -          avslutter
        Y oppfølging avslutter
    ",
    );
    pathway.intervals = intervals(
        "
        venting  A,B C     - -
        start    C   F,G,H ene=F+G,andre=H -
        samlet   A,B F,G,H ene=F+G,andre=H venting,start
        flytting A,B D,E   - -
        slutt    F,G X,Y   - -
    ",
    );
    pathway.limits = limits(
        "
        venting  -     -   between      1  2 uker          -          -
        venting  -     rød at_most      -  3 arbeidsdager  -          -
        start    ene   -   at_most      - 14 kalenderdager -          -
        start    andre -   at_most      -  1 måneder       -          -
        start    ene   blå at_most      - 14 kalenderdager -          -
        start    andre blå at_least     -  4 arbeidsdager  -          -
        samlet   ene   -   at_most      - 28 kalenderdager -          -
        samlet   andre -   at_most      -  2 måneder       -          -
        samlet   andre rød at_most      -  0 virkedager    -          -
        flytting -     -   unquantified -  - -             -          -
        flytting -     rød same_day     -  0 kalenderdager 2024-01-01 2024-01-31
        slutt    -     -   at_least     - 10 virkedager    -          -
    ",
    );
    // B1 knows `spredning` too, but as yes or no.
    pathway.facts = vec![
        fact("farge", choice("rød blå grønn")),
        fact("haster", FactType::YesNo),
        fact("spredning", choice("ja nei kanskje")),
    ];
    pathway.variants = vec![
        variant("rød", any([is("farge", "rød"), is_yes("haster")])),
        variant("blå", all([is("farge", "blå"), known("haster")])),
        variant("usikker", is("spredning", "kanskje")),
    ];
    pathway.rules = vec![
        rule("henvist", RuleSeverity::Feil, before("A B", "C")),
        rule("behandles", RuleSeverity::Advarsel, RuleKind::Triggers { first: names("C"), then: names("F G H") }),
        rule("høyst_én", RuleSeverity::Advarsel, at_most(1, "C D")),
        rule("nøyaktig_én", RuleSeverity::Feil, RuleKind::Exactly { count: 1, of: names("F G H") }),
        rule("slutt", RuleSeverity::Feil, RuleKind::NothingAfter { after: names("Y") }),
        rule("ikke_begge", RuleSeverity::Advarsel, RuleKind::NeverTogether { first: names("F"), second: names("G H") }),
    ];
    complete(pathway)
}

/// The codes, intervals, limits and rules of A39, nevroendokrine svulster.
pub fn net() -> Tables {
    let mut pathway = empty("A39");
    pathway.codes = codes(
        "
        A  inngang    åpner
        S  utredning  -
        O  utredning  overfører
        CK utredning  -
        CM utredning  avslutter
        CA utredning  avslutter
        CI utredning  avslutter
        FK behandling fullfører
        FM behandling fullfører
        FS behandling fullfører
        FL behandling fullfører
        FO behandling fullfører
        FI behandling fullfører
        X  -          avslutter
    ",
    );
    pathway.intervals = intervals(
        "
        OF1 A  S                 - -
        OF2 S  CK,CM,CA,CI       - -
        OF3 CK FK,FM,FS,FL,FO,FI kirurgi=FK,medikamentell=FM,stråle=FS -
        OF4 A  FK,FM,FS,FL,FO,FI kirurgi=FK,medikamentell=FM,stråle=FS OF1,OF2,OF3
    ",
    );
    pathway.limits = limits(
        "
        OF1 -             -        at_most      - 14 kalenderdager - -
        OF2 -             -        at_most      - 21 kalenderdager - -
        OF3 kirurgi       -        at_most      - 21 kalenderdager - -
        OF3 medikamentell -        at_most      - 21 kalenderdager - -
        OF3 stråle        -        at_most      - 21 kalenderdager - -
        OF4 kirurgi       -        at_most      - 56 kalenderdager - -
        OF4 medikamentell -        at_most      - 56 kalenderdager - -
        OF4 stråle        -        at_most      - 56 kalenderdager - -
        OF1 -             karsinom at_most      -  4 kalenderdager - -
        OF2 -             karsinom at_most      -  4 kalenderdager - -
        OF3 kirurgi       karsinom at_most      - 14 kalenderdager - -
        OF3 medikamentell karsinom at_most      -  7 kalenderdager - -
        OF3 stråle        karsinom at_most      - 14 kalenderdager - -
        OF4 kirurgi       karsinom unquantified -  - -             - -
        OF4 medikamentell karsinom unquantified -  - -             - -
        OF4 stråle        karsinom unquantified -  - -             - -
    ",
    );
    pathway.facts = vec![fact("karsinom", choice("påvist ikke_utelukket utelukket"))];
    pathway.variants = vec![variant("karsinom", any([is("karsinom", "påvist"), is("karsinom", "ikke_utelukket")]))];
    let treated = "FK FM FS FL FO FI";
    let excluded = RuleKind::NeverTogether { first: names("CM CA CI"), second: names(treated) };
    pathway.rules = vec![
        rule("én_beslutning", RuleSeverity::Advarsel, at_most(1, "CK CM CA CI")),
        rule("ingenting_etter_slutt", RuleSeverity::Feil, RuleKind::NothingAfter { after: names("X") }),
        rule("henvisning_før_utredning", RuleSeverity::Advarsel, before("A", "S")),
        rule("beslutning_før_behandling", RuleSeverity::Advarsel, before("CK", treated)),
        rule("ikke_behandling_ved_annen_konklusjon", RuleSeverity::Advarsel, excluded),
    ];
    tables(vec![complete(pathway)])
}

/// A document around pathways that are sorted by id.
pub fn tables(pathways: Vec<Pathway>) -> Tables {
    Tables {
        format: FORMAT.into(),
        format_version: FORMAT_VERSION,
        compiler: "0.0.0".into(),
        fingerprint: String::new(),
        pathways,
    }
}

/// A pathway with nothing in it.
pub fn empty(id: &str) -> Pathway {
    Pathway {
        id: id.into(),
        title: id.into(),
        status: Status::Utkast,
        version: None,
        disease: None,
        template: "prøve".into(),
        valid_from: None,
        valid_to: None,
        sources: vec![],
        phases: vec![],
        codes: vec![],
        groups: vec![],
        facts: vec![],
        intervals: vec![],
        variants: vec![],
        limits: vec![],
        rules: vec![],
        content: vec![],
        examples: vec![],
        origin: origin(),
    }
}

/// Puts the pathway's id before every code, and declares the phases that the codes name.
pub fn complete(mut pathway: Pathway) -> Pathway {
    for code in &pathway.codes {
        if let Some(name) = code.phase.clone()
            && pathway.phases.iter().all(|phase| phase.name != name)
        {
            pathway.phases.push(Phase { label: name.clone(), name, content: vec![], origin: origin() });
        }
    }
    let codes = pathway.codes.iter_mut().map(|code| &mut code.code);
    let points = pathway.intervals.iter_mut().flat_map(|interval| {
        let treatments = interval.treatments.iter_mut().flat_map(|treatment| &mut treatment.codes);
        interval.from.iter_mut().chain(&mut interval.to).chain(treatments)
    });
    let ruled = pathway.rules.iter_mut().flat_map(|rule| match &mut rule.kind {
        RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => [Some(first), Some(then)],
        RuleKind::NeverTogether { first, second } => [Some(first), Some(second)],
        RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => [Some(of), None],
        RuleKind::NothingAfter { after } => [Some(after), None],
    });
    for code in codes.chain(points).chain(ruled.flatten().flatten()) {
        code.insert_str(0, &pathway.id);
    }
    pathway
}

/// One date.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Code, phase, role.
fn codes(text: &str) -> Vec<Code> {
    rows(text, |[name, phase, role]| code(name, given(phase), given(role).map(word)))
}

pub fn code(name: &str, phase: Option<&str>, role: Option<forlop::tables::Role>) -> Code {
    Code {
        code: name.into(),
        label: name.into(),
        phase: phase.map(str::to_owned),
        role,
        date: None,
        occasions: vec![],
        origin: origin(),
    }
}

/// Name, start codes, end codes, treatments, parts.
fn intervals(text: &str) -> Vec<Interval> {
    rows(text, |[name, from, to, treatments, sum]| {
        let treatments = given(treatments).into_iter().flat_map(|all| all.split(',')).map(|treatment| {
            let (name, codes) = treatment.split_once('=').unwrap();
            Treatment { name: name.into(), codes: codes.split('+').map(str::to_owned).collect() }
        });
        Interval {
            name: name.into(),
            label: name.into(),
            from: from.split(',').map(str::to_owned).collect(),
            to: to.split(',').map(str::to_owned).collect(),
            treatments: treatments.collect(),
            sum: given(sum).into_iter().flat_map(|all| all.split(',')).map(str::to_owned).collect(),
            origin: origin(),
        }
    })
}

/// Interval, treatment, variant, form, minimum, amount, unit, valid from, valid to.
fn limits(text: &str) -> Vec<Limit> {
    rows(text, |[interval, treatment, variant, form, minimum, amount, unit, valid_from, valid_to]| Limit {
        interval: interval.into(),
        treatment: given(treatment).map(str::to_owned),
        variant: given(variant).map(str::to_owned),
        form: word(form),
        minimum: given(minimum).map(|minimum| minimum.parse().unwrap()),
        amount: given(amount).map(|amount| amount.parse().unwrap()),
        unit: given(unit).map(word),
        valid_from: given(valid_from).map(date),
        valid_to: given(valid_to).map(date),
        derived: false,
        source: None,
        note: None,
        origin: origin(),
    })
}

/// The lines of a table, each with N columns.
fn rows<const N: usize, T>(text: &str, row: impl Fn([&str; N]) -> T) -> Vec<T> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| row(line.split_whitespace().collect::<Vec<_>>().try_into().unwrap())).collect()
}

fn given(column: &str) -> Option<&str> {
    (column != "-").then_some(column)
}

/// A word of the tables' JSON.
fn word<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(json!(text)).unwrap()
}

fn names(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

pub fn fact(name: &str, fact_type: FactType) -> Fact {
    Fact { name: name.into(), label: name.into(), fact_type, origin: origin() }
}

pub fn choice(values: &str) -> FactType {
    FactType::Choice { values: names(values).into_iter().map(|name| FactValue { name, label: None }).collect() }
}

pub fn variant(name: &str, when: Condition) -> Variant {
    Variant { name: name.into(), label: name.into(), when, origin: origin() }
}

pub fn rule(name: &str, severity: RuleSeverity, kind: RuleKind) -> Rule {
    Rule { name: name.into(), severity, label: name.into(), kind, origin: origin() }
}

fn before(first: &str, then: &str) -> RuleKind {
    RuleKind::Before { first: names(first), then: names(then) }
}

fn at_most(count: u32, of: &str) -> RuleKind {
    RuleKind::AtMost { count, of: names(of) }
}

fn all(of: [Condition; 2]) -> Condition {
    Condition::All { of: of.into() }
}

fn any(of: [Condition; 2]) -> Condition {
    Condition::Any { of: of.into() }
}

fn not(of: Condition) -> Condition {
    Condition::Not { of: Box::new(of) }
}

fn is(fact: &str, value: &str) -> Condition {
    Condition::Is { fact: fact.into(), value: Value::Choice(value.into()) }
}

fn is_yes(fact: &str) -> Condition {
    Condition::Is { fact: fact.into(), value: Value::YesNo(true) }
}

fn known(fact: &str) -> Condition {
    Condition::Known { fact: fact.into() }
}

fn compare(fact: &str, comparison: Comparison, value: Value) -> Condition {
    Condition::Compare { fact: fact.into(), comparison, value }
}

pub fn origin() -> Origin {
    Origin { file: "prøve.forlop".into(), line: 1, column: 1 }
}
