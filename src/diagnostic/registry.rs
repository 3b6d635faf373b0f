//! Every code of a finding. A number is never used again for something else.

use super::Severity::{self, Error, Note, Warning};
use crate::lang::Lang;

macro_rules! codes {
    ($($code:ident $number:literal $name:literal $severity:ident;)*) => {
        /// The code of a finding about a specification.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!($number, " ", $name)] $code,)*
        }

        impl Code {
            /// All codes, by number.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// The number: `F0203`.
            pub fn number(self) -> &'static str {
                match self { $(Code::$code => $number,)* }
            }

            /// The name: `ukjent-kode`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)* }
            }

            /// How serious a finding of this code is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => $severity,)* }
            }

            /// The page that explains it, in Markdown.
            pub fn page(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Code::$code, Lang::Nb) => include_str!(concat!("../../docs/funn/nb/", $number, ".md")),
                      (Code::$code, Lang::En) => include_str!(concat!("../../docs/funn/en/", $number, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Reading the text.
    Syntax               "F0101" "syntaksfeil" Error;
    UnknownKeyword       "F0102" "ukjent-nøkkelord" Error;
    UnclosedBracket      "F0103" "ulukket-klamme" Error;
    StrayBracket         "F0104" "løs-klamme" Error;
    UnclosedText         "F0105" "ulukket-tekst" Error;
    NoSuchDate           "F0106" "umulig-dato" Error;
    BadNumber            "F0107" "umulig-tall" Error;
    TooDeep              "F0108" "for-dypt" Error;
    TooLarge             "F0109" "for-stor-fil" Error;
    NotText              "F0110" "ikke-tekst" Error;
    HiddenCharacter      "F0111" "usynlig-tegn" Error;
    NotNormalised        "F0112" "sammensatte-tegn" Note;
    // Names.
    Duplicate            "F0201" "navn-finnes" Error;
    UnknownTemplate      "F0202" "ukjent-mal" Error;
    UnknownCode          "F0203" "ukjent-kode" Error;
    UnknownInterval      "F0204" "ukjent-intervall" Error;
    UnknownTreatment     "F0205" "ukjent-behandling" Error;
    UnknownFact          "F0206" "ukjent-opplysning" Error;
    UnknownValue         "F0207" "ukjent-verdi" Error;
    UnknownPhase         "F0208" "ukjent-fase" Error;
    UnknownSource        "F0209" "ukjent-kilde" Error;
    UnknownVariant       "F0210" "ukjent-variant" Error;
    UnknownRule          "F0211" "ukjent-funn" Error;
    UnknownWord          "F0212" "ukjent-ord" Error;
    Unused               "F0213" "ubrukt-navn" Warning;
    UnusedCode           "F0214" "ubrukt-kode" Note;
    // Types and units.
    WrongType            "F0301" "feil-type" Error;
    WrongUnit            "F0302" "feil-enhet" Error;
    AmbiguousUnit        "F0303" "tvetydig-enhet" Note;
    MixedUnits           "F0304" "blandede-enheter" Warning;
    Misplaced            "F0305" "hører-ikke-hjemme" Error;
    FormulaCycle         "F0306" "beregning-i-ring" Error;
    // Limits.
    DuplicateLimit       "F0401" "dobbel-frist" Error;
    WrongSum             "F0402" "feil-sum" Warning;
    SilentSum            "F0403" "taus-sum" Warning;
    ImpossibleAmount     "F0404" "umulig-frist" Error;
    UnusualAmount        "F0405" "uvanlig-frist" Warning;
    EmptyWindow          "F0406" "tomt-vindu" Error;
    CannotDerive         "F0407" "kan-ikke-utledes" Error;
    NoSource             "F0408" "uten-kilde" Warning;
    Open                 "F0409" "uavklart" Note;
    Missing              "F0410" "mangler" Note;
    // Variants.
    OverlappingVariants  "F0501" "varianter-overlapper" Warning;
    ImpossibleVariant    "F0502" "variant-aldri-sann" Warning;
    HiddenVariant        "F0503" "skjult-variant" Warning;
    UndecidedVariants    "F0504" "varianter-ikke-avgjort" Note;
    // Validity.
    ReversedValidity     "F0601" "baklengs-gyldighet" Error;
    ValidityGap          "F0602" "hull-i-gyldighet" Error;
    ValidityOverlap      "F0603" "overlappende-gyldighet" Error;
    OutsideValidity      "F0604" "utenfor-gyldighet" Warning;
    // Imports.
    MissingImport        "F0701" "import-mangler" Error;
    ImportCycle          "F0702" "import-i-ring" Error;
    ImportOutside        "F0703" "import-utenfor" Error;
    // References to other pathways.
    UnknownPathway       "F0801" "ukjent-forløp" Warning;
    PathwayNotInSet      "F0802" "forløp-ikke-i-settet" Note;
    // Codes, intervals and order rules of a template.
    NoOpener             "F0901" "ingen-åpner" Error;
    TreatmentOutside     "F0902" "behandling-utenfor-intervall" Error;
    SumCycle             "F0903" "sum-i-ring" Error;
    BrokenChain          "F0904" "brutt-kjede" Warning;
    ImpossibleRule       "F0905" "umulig-regel" Error;
    NumeratorOutside     "F0906" "teller-utenfor-nevner" Error;
    IdleIndicator        "F0907" "indikator-uten-utslag" Warning;
    // What order rules and courses together allow.
    CodeNever            "F1001" "kode-aldri-lovlig" Warning;
    IntervalNever        "F1002" "intervall-aldri-målt" Warning;
    CannotEnd            "F1003" "forløp-uten-slutt" Warning;
    ContradictingRules   "F1004" "regler-i-strid" Warning;
    UnansweredTrigger    "F1005" "utløser-uten-svar" Warning;
    IdleRule             "F1006" "regel-aldri-brutt" Note;
    ImpliedRule          "F1007" "overflødig-regel" Note;
    UndecidedOrder       "F1008" "rekkefølge-ikke-avgjort" Note;
    // Conditions, over all that patients can be.
    NeverTrue            "F1021" "aldri-sant" Warning;
    AlwaysTrue           "F1022" "aldri-usant" Warning;
    NotCovered           "F1023" "ikke-dekket" Note;
    IdleItem             "F1024" "punkt-uten-betydning" Note;
    SameItems            "F1025" "like-punkter" Note;
    IdlePart             "F1026" "ledd-uten-betydning" Note;
    NeverSettled         "F1027" "aldri-avgjort" Warning;
    UndecidedConditions  "F1028" "vilkår-ikke-avgjort" Note;
    // Arithmetic of time.
    PartsExceedTotal     "F1041" "deler-over-sum" Warning;
    ExceedsOuter         "F1042" "frist-etter-senere-frist" Warning;
    ContradictingLimits  "F1043" "frister-i-strid" Warning;
    WeekendLimits        "F1044" "umulig-over-helg" Warning;
    UselessLimit         "F1045" "frist-uten-forløp" Warning;
    LimitEnds            "F1046" "frist-tar-slutt" Warning;
    LoneUnit             "F1047" "enhet-alene" Note;
    ProseDisagrees       "F1048" "tekst-mot-tabell" Note;
    // The set as a whole.
    ReferralCycle        "F1061" "henvisning-i-ring" Warning;
    ContradictingReferrals "F1062" "henvisninger-i-strid" Warning;
    SameEntry            "F1063" "samme-inngang" Warning;
    Diverges             "F1064" "avviker-fra-de-andre" Note;
    CodeClaimedTwice     "F1065" "kode-i-to-forløp" Error;
}

impl Code {
    /// The code with this number or name, in upper or lower case.
    pub fn find(text: &str) -> Option<Code> {
        let text = text.to_lowercase();
        Code::ALL.iter().copied().find(|code| code.number().eq_ignore_ascii_case(&text) || code.name() == text)
    }
}
