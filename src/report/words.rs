//! What a report rests on, in words.

use super::{Attribution, By, Level, Parameters, PeriodKind, Start};
use crate::{lang::Text, text};

impl Parameters {
    /// Everything that was chosen: what it is called, and what was chosen. It belongs with the result, however that is shown.
    pub fn described(&self) -> Vec<(Text, Text)> {
        let (as_of, fingerprint) = (self.as_of, self.fingerprint.get(..12).unwrap_or(&self.fingerprint));
        let levels = |get: fn(Text) -> String| -> String {
            self.levels.iter().map(|level| get(level.text())).collect::<Vec<_>>().join(", ")
        };
        let (levels_nb, levels_en) = (levels(|text| text.nb), levels(|text| text.en));
        vec![
            (text!("uttrekksdato", "extraction date"), text!("{as_of}", "{as_of}")),
            (text!("periode", "period"), self.period.text()),
            (text!("periode etter", "period by"), self.by.text()),
            (text!("start etter overføring", "start after transfer"), self.start.text()),
            (text!("forløpet tilhører", "the course belongs to"), self.attribution.text()),
            (text!("nivåer", "levels"), Text { nb: levels_nb, en: levels_en }),
            (text!("små tall", "small counts"), self.suppression()),
            (text!("dager", "days"), self.days()),
            (text!("andeler", "shares"), self.shares()),
            (text!("frister", "limits"), self.limits()),
            (text!("regeltabeller", "rule tables"), text!("{fingerprint}", "{fingerprint}")),
        ]
    }

    fn suppression(&self) -> Text {
        let below = self.suppress_below;
        if below == 0 {
            return text!(
                "INGENTING ER SKJULT: rapporten kan vise enkeltpersoner og skal ikke offentliggjøres",
                "NOTHING IS HIDDEN: the report may show single persons and must not be published"
            );
        }
        text!(
            "under {below} er skjult, og det som kunne røpe dem; 0 vises",
            "under {below} are hidden, and what could give them away; 0 is shown"
        )
    }

    fn days(&self) -> Text {
        let from = self.days_from;
        text!(
            "median og kvartiler av kalenderdager, hver det minste antallet som minst så stor del ikke går over; fra {from} målte forløp",
            "median and quartiles of calendar days, each the smallest number that at least this part does not exceed; from {from} measured courses"
        )
    }

    fn shares(&self) -> Text {
        let decimals = self.decimals;
        text!(
            "i prosent, avrundet (desimaler: {decimals}), halve bort fra null; målet holdes mot den uavrundede",
            "in percent, rounded (decimals: {decimals}), half away from zero; the target is held against the unrounded share"
        )
    }

    fn limits(&self) -> Text {
        if self.facts {
            return text!(
                "variantens egne, etter opplysningene (den offisielle indikatoren bruker de felles)",
                "the variant's own, by the facts (the official indicator uses the common ones)"
            );
        }
        text!("hovedforløpets, fordi ingen opplysninger er gitt", "the main course's, because no facts were given")
    }
}

impl PeriodKind {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            PeriodKind::Month => text!("måned", "month"),
            PeriodKind::Quarter => text!("kvartal", "quarter"),
            PeriodKind::Tertial => text!("tertial", "tertial"),
            PeriodKind::Year => text!("år", "year"),
            PeriodKind::None => text!("all tid", "all time"),
        }
    }
}

impl By {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            By::Start => text!("forløpets start", "the start of the course"),
            By::Treatment => text!("behandlingens start", "the start of treatment"),
        }
    }
}

impl Start {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            Start::First => text!("forløpets første", "the first of the course"),
            Start::Own => text!("egen institusjons", "that of the own institution"),
        }
    }
}

impl Attribution {
    /// In words.
    pub fn text(&self) -> Text {
        match self {
            Attribution::Start => text!("institusjonen der det startet", "the institution where it started"),
            Attribution::Treatment => {
                text!("institusjonen der behandlingen startet", "the institution where treatment started")
            }
            Attribution::Named(name) => {
                text!("institusjonen til den første «{name}»", "the institution of the first «{name}»")
            }
        }
    }
}

impl Level {
    /// In words.
    pub fn text(self) -> Text {
        match self {
            Level::Nation => text!("landet", "the nation"),
            Level::Region => text!("region", "region"),
            Level::Trust => text!("foretak", "trust"),
            Level::Hospital => text!("sykehus", "hospital"),
            Level::Institution => text!("institusjon", "institution"),
            Level::Unknown => text!("ukjent", "unknown"),
        }
    }
}
