//! The kinds of change, as data: what each is called and how strict it is.

use serde::Serialize;

use crate::{lang::Text, text};

/// Whom a change breaks something for, the strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Courses under way are judged otherwise.
    Running,
    /// Something else is to be registered, or another patient is to have a course.
    Registration,
    /// Other columns or groups in reports.
    Report,
    /// Other words for those who read.
    Reading,
}

impl Class {
    /// All classes, the strictest first.
    pub const ALL: [Class; 4] = [Class::Running, Class::Registration, Class::Report, Class::Reading];

    /// Its name in JSON and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Class::Running => "running",
            Class::Registration => "registration",
            Class::Report => "report",
            Class::Reading => "reading",
        }
    }

    /// Its name for people.
    pub fn text(self) -> Text {
        match self {
            Class::Running => text!("Bryter for løpende forløp", "Breaking for running courses"),
            Class::Registration => text!("Bryter for registrering", "Breaking for registration"),
            Class::Report => text!("Endrer rapporter", "Changes reports"),
            Class::Reading => text!("Endrer det som leses", "Changes what is read"),
        }
    }
}

macro_rules! kinds {
    ($($kind:ident $name:literal $class:ident $nb:literal $en:literal;)*) => {
        /// What was changed and how.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Kind {
            $(#[doc = $en] #[serde(rename = $name)] $kind,)*
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Kind] = &[$(Kind::$kind),*];

            /// Its name in ids and reports: what was changed, a hyphen, and how.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name),* }
            }

            /// Its class, where nothing more is known.
            pub fn class(self) -> Class {
                match self { $(Kind::$kind => Class::$class),* }
            }

            /// What it means.
            pub fn text(self) -> Text {
                match self { $(Kind::$kind => text!($nb, $en)),* }
            }
        }
    };
}

kinds! {
    PathwayAdded "pathway-added" Registration "Et pakkeforløp er nytt" "A pathway is new";
    PathwayRemoved "pathway-removed" Registration "Et pakkeforløp er fjernet" "A pathway is removed";
    PathwayValidity "pathway-validity" Registration "Pakkeforløpet gjelder for andre dager" "The pathway is valid on other days";
    PathwayPrefix "pathway-prefix" Registration "Kodeprefikset er endret" "The code prefix is changed";
    PathwayStatus "pathway-status" Reading "Hvor langt teksten er kommet, er endret" "How far the text has come is changed";
    PathwayText "pathway-text" Reading "Navn, versjon, sykdom eller mal er endret" "The name, version, disease or template is changed";
    SourceAdded "source-added" Reading "En kilde er ny" "A source is new";
    SourceRemoved "source-removed" Reading "En kilde er fjernet" "A source is removed";
    SourceChanged "source-changed" Reading "En kilde er omtalt annerledes" "A source is described otherwise";
    PhaseAdded "phase-added" Report "En fase er ny" "A phase is new";
    PhaseRemoved "phase-removed" Report "En fase er fjernet" "A phase is removed";
    PhaseText "phase-text" Reading "En fase har annet navn, eller fasene står i annen rekkefølge" "A phase has another label, or the phases are in another order";
    CodeAdded "code-added" Registration "En kode er ny" "A code is new";
    CodeRemoved "code-removed" Running "En kode er fjernet" "A code is removed";
    CodeValidity "code-validity" Registration "En kode kan brukes på andre dager" "A code can be used on other days";
    CodeRole "code-role" Running "En kode gjør noe annet med forløpet" "A code does something else to the course";
    CodePhase "code-phase" Report "En kode hører til en annen fase" "A code belongs to another phase";
    CodeOrder "code-order" Running "Koder på samme dag leses i annen rekkefølge" "Codes on one day are read in another order";
    CodeText "code-text" Reading "En kode har annen tekst" "A code has another text";
    CodeRegistration "code-registration" Registration "En kode registreres ved andre anledninger eller med annen dato" "A code is registered on other occasions or with another date";
    GroupChanged "group-changed" Reading "En gruppe har andre koder" "A group has other codes";
    FactAdded "fact-added" Registration "En opplysning er ny" "A fact is new";
    FactRemoved "fact-removed" Registration "En opplysning er fjernet" "A fact is removed";
    FactValues "fact-values" Registration "En opplysning kan ha andre verdier" "A fact can have other values";
    FactFormula "fact-formula" Registration "En opplysning regnes ut på en annen måte" "A fact is computed in another way";
    FactText "fact-text" Reading "En opplysning har annen tekst, eller en annen vurderer den" "A fact has another text, or someone else judges it";
    FactOrder "fact-order" Reading "Opplysningene står i annen rekkefølge" "The facts are in another order";
    IntervalAdded "interval-added" Report "Et intervall er nytt" "An interval is new";
    IntervalRemoved "interval-removed" Report "Et intervall er fjernet" "An interval is removed";
    IntervalChanged "interval-changed" Running "Et intervall måles på en annen måte" "An interval is measured in another way";
    IntervalOrder "interval-order" Reading "Intervallene eller behandlingene står i annen rekkefølge" "The intervals or treatments are in another order";
    IntervalText "interval-text" Reading "Et intervall har annen tekst eller sum" "An interval has another text or sum";
    VariantAdded "variant-added" Running "En variant er ny" "A variant is new";
    VariantRemoved "variant-removed" Running "En variant er fjernet" "A variant is removed";
    VariantWider "variant-wider" Running "En variant gjelder for flere" "A variant holds for more";
    VariantNarrower "variant-narrower" Running "En variant gjelder for færre" "A variant holds for fewer";
    VariantChanged "variant-changed" Running "En variant gjelder for andre" "A variant holds for others";
    VariantOrder "variant-order" Running "Variantene prøves i annen rekkefølge" "The variants are tried in another order";
    VariantText "variant-text" Reading "En variant har annen tekst" "A variant has another text";
    LimitTightened "limit-tightened" Running "En frist er kortere" "A limit is tighter";
    LimitLoosened "limit-loosened" Running "En frist er lengre" "A limit is looser";
    LimitAdded "limit-added" Running "En frist er ny" "A limit is new";
    LimitRemoved "limit-removed" Running "En frist er fjernet" "A limit is removed";
    LimitUnit "limit-unit" Running "En frist har en annen enhet" "A limit has another unit";
    LimitForm "limit-form" Running "En frist binder på en annen måte" "A limit binds in another way";
    LimitText "limit-text" Reading "En frist har annen kilde, merknad eller skrivemåte" "A limit has another source, note or wording";
    RuleAdded "rule-added" Registration "En regel er ny" "A rule is new";
    RuleRemoved "rule-removed" Registration "En regel er fjernet" "A rule is removed";
    RuleChanged "rule-changed" Registration "En regel krever noe annet" "A rule demands something else";
    RuleSeverity "rule-severity" Registration "Brudd på en regel er mer eller mindre alvorlig" "A breach of a rule is more or less serious";
    RuleOrder "rule-order" Reading "Reglene står i annen rekkefølge" "The rules are in another order";
    RuleText "rule-text" Reading "En regel har annen tekst" "A rule has another text";
    IndicatorAdded "indicator-added" Report "En indikator er ny" "An indicator is new";
    IndicatorRemoved "indicator-removed" Report "En indikator er fjernet" "An indicator is removed";
    IndicatorChanged "indicator-changed" Report "En indikator teller noe annet" "An indicator counts something else";
    IndicatorTarget "indicator-target" Report "Målet for en indikator er endret" "The target of an indicator is changed";
    IndicatorValidity "indicator-validity" Report "En indikator gjelder for andre dager" "An indicator is valid on other days";
    IndicatorText "indicator-text" Reading "En indikator har annen tekst eller kilde, eller indikatorene står i annen rekkefølge" "An indicator has another text or source, or the indicators are in another order";
    CriteriaAdded "criteria-added" Registration "Kriterier er nye" "Criteria are new";
    CriteriaRemoved "criteria-removed" Registration "Kriterier er fjernet" "Criteria are removed";
    CriteriaWider "criteria-wider" Registration "Flere oppfyller kriteriene" "More patients meet the criteria";
    CriteriaNarrower "criteria-narrower" Registration "Færre oppfyller kriteriene" "Fewer patients meet the criteria";
    CriteriaChanged "criteria-changed" Registration "Andre oppfyller kriteriene" "Other patients meet the criteria";
    CriteriaShape "criteria-shape" Report "Kriteriene er delt opp på en annen måte, med samme utfall" "The criteria are divided in another way, with the same result";
    CriteriaText "criteria-text" Reading "Kriterier har annen tekst, eller en annen vurderer dem" "Criteria have another text, or someone else judges them";
    RouteAdded "route-added" Registration "Et veivalg er nytt" "A decision table is new";
    RouteRemoved "route-removed" Registration "Et veivalg er fjernet" "A decision table is removed";
    RouteChanged "route-changed" Registration "Et veivalg leder andre steder" "A decision table leads elsewhere";
    RouteShape "route-shape" Report "Et veivalg er delt opp på en annen måte, med samme utfall" "A decision table is divided in another way, with the same outcomes";
    RouteText "route-text" Reading "Et veivalg har annen tekst" "A decision table has another text";
    InvestigationAdded "investigation-added" Running "En undersøkelse er ny" "An investigation is new";
    InvestigationRemoved "investigation-removed" Running "En undersøkelse er fjernet" "An investigation is removed";
    InvestigationStrength "investigation-strength" Running "En undersøkelse er mer eller mindre bindende" "An investigation is more or less binding";
    InvestigationWider "investigation-wider" Running "En undersøkelse gjelder for flere" "An investigation applies to more";
    InvestigationNarrower "investigation-narrower" Running "En undersøkelse gjelder for færre" "An investigation applies to fewer";
    InvestigationCondition "investigation-condition" Running "En undersøkelse gjelder for andre" "An investigation applies to others";
    InvestigationAge "investigation-age" Running "En undersøkelse kan være yngre eller eldre" "An investigation may be younger or older";
    InvestigationParts "investigation-parts" Running "En undersøkelse består av noe annet, eller kommer før andre" "An investigation consists of other parts, or comes before others";
    InvestigationText "investigation-text" Reading "En undersøkelse har annen tekst, eller en annen utfører den" "An investigation has another text, or someone else carries it out";
    ListChanged "list-changed" Reading "En liste eller sjekkliste er endret" "A list or checklist is changed";
    TextAdded "text-added" Reading "Tekst er ny" "Text is new";
    TextRemoved "text-removed" Reading "Tekst er fjernet" "Text is removed";
    TextChanged "text-changed" Reading "Tekst er endret" "Text is changed";
    ContentOrder "content-order" Reading "Innholdet står i annen rekkefølge eller i en annen fase" "The content is in another order or another phase";
}
