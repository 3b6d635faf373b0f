//! Made-up pathways. Together they use every unit, form, rule kind, role and type of fact.

use forlop::tables::{Comparison, FactType, Pathway, RuleKind, RuleSeverity, Tables, Value};

use crate::notation::{
    all, any, at_most, before, choice, codes, compare, complete, date, empty, fact, intervals, is, is_yes, known,
    limits, names, not, rule, tables, variant,
};

/// `B1` and `B12`: one id begins with the other.
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
