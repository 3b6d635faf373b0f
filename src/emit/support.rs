//! What each target can say: the table of `docs/utvikler.md`.

use super::Target;
use Construct as C;

/// Something that specifications say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Construct {
    /// Courses, their state and phase.
    Courses,
    /// Intervals between points, with their statuses.
    Intervals,
    /// Limits in all forms.
    Limits,
    /// The units of limits.
    Units,
    /// Validity of pathways, codes and rows.
    Validity,
    /// Variants by conditions on facts as they are.
    Variants,
    /// Computed facts.
    Computed,
    /// Enough values of one fact.
    Repeated,
    /// A value that is not too old.
    Recent,
    /// Whether the patient is in another pathway.
    InCourse,
    /// Order rules and the other findings.
    Findings,
    /// Why an answer is what it is.
    Trace,
    /// Criteria.
    Criteria,
    /// Decision tables.
    Routes,
    /// Investigations.
    Investigations,
    /// Indicators over many courses.
    Indicators,
    /// Text, labels and lists to read.
    Prose,
    /// Sources.
    Sources,
}

const YES: &str = "yes";
const NO: &str = "–";

impl Construct {
    /// All of them.
    pub const ALL: [Construct; 18] = [
        C::Courses,
        C::Intervals,
        C::Limits,
        C::Units,
        C::Validity,
        C::Variants,
        C::Computed,
        C::Repeated,
        C::Recent,
        C::InCourse,
        C::Findings,
        C::Trace,
        C::Criteria,
        C::Routes,
        C::Investigations,
        C::Indicators,
        C::Prose,
        C::Sources,
    ];

    /// What developers call it.
    pub fn label(self) -> &'static str {
        match self {
            C::Courses => "courses, state, phase (E1–E3, E10)",
            C::Intervals => "intervals and statuses (E4–E8)",
            C::Limits => "limits: at most, `minst`, `mellom`, `samme dag`",
            C::Units => "units, working days too",
            C::Validity => "validity (`fra`, `til`)",
            C::Variants => "variants (`når` …)",
            C::Computed => "computed facts (`beregnet`)",
            C::Repeated => "repetition (`minst 3 ganger …`)",
            C::Recent => "freshness (`siste 4 uker`)",
            C::InCourse => "other courses (`i forløp`)",
            C::Findings => "order rules and other findings (E9)",
            C::Trace => "why (E11)",
            C::Criteria => "criteria (`kriterier`)",
            C::Routes => "decision tables (`veivalg`)",
            C::Investigations => "investigations (`undersøkelser`)",
            C::Indicators => "indicators",
            C::Prose => "labels, text, lists",
            C::Sources => "sources",
        }
    }
}

impl Target {
    /// Whether, or how, the target says it; in English, for developers.
    pub fn supports(self, construct: Construct) -> &'static str {
        match self {
            Target::Rust => rust(construct),
            Target::Typescript => typescript(construct),
            Target::Duckdb | Target::Postgres | Target::Spark => sql(construct),
            Target::Fhir => fhir(construct),
            Target::Dmn => dmn(construct),
        }
    }
}

fn rust(construct: Construct) -> &'static str {
    match construct {
        C::Indicators => NO,
        _ => YES,
    }
}

fn typescript(construct: Construct) -> &'static str {
    match construct {
        C::Trace | C::Indicators => NO,
        _ => YES,
    }
}

fn sql(construct: Construct) -> &'static str {
    match construct {
        C::Courses | C::Intervals | C::Limits | C::Units | C::Validity | C::Variants | C::Findings => YES,
        C::Indicators => "of each interval, not those of `indikator`",
        C::Computed => "yes; refused if a result can leave the database's range",
        C::Repeated => "without `mellom`; with it refused",
        C::Recent => "working days refused",
        C::InCourse => "refused",
        C::Trace | C::Criteria | C::Routes | C::Investigations | C::Prose | C::Sources => NO,
    }
}

fn fhir(construct: Construct) -> &'static str {
    match construct {
        C::Courses | C::Findings | C::Trace => NO,
        C::Intervals => "actions related in time",
        C::Limits | C::Validity | C::Sources => YES,
        C::Units => "as durations; working days and months as text",
        C::Variants | C::Criteria => "FHIRPath and text",
        C::Computed => "the fact, without how it is computed",
        C::Repeated | C::Recent | C::InCourse => "text",
        C::Routes => "conditional actions",
        C::Investigations => "actions with `skal`, `bør`, `kan`",
        C::Indicators => "`Measure` of each interval, not those of `indikator`",
        C::Prose => YES,
    }
}

fn dmn(construct: Construct) -> &'static str {
    match construct {
        C::Courses | C::Intervals | C::Findings | C::Trace => NO,
        C::Criteria | C::Investigations | C::Indicators | C::Prose => NO,
        C::Limits | C::Validity | C::Variants | C::Routes => YES,
        C::Units => "named, not counted",
        C::Repeated => "in days and weeks, few times; others refused",
        C::Computed | C::Recent | C::InCourse => "refused",
        C::Sources => "in descriptions",
    }
}
