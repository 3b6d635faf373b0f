//! Rule tables as Rust expressions. Every type takes itself apart, so that a new field or variant does not compile until
//! it stands here.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};

use crate::tables::{
    Code, Comparison, Condition, Content, Criteria, CriteriaItem, Example, ExampleEvent, ExampleFact, Expectation,
    Expected, Fact, FactType, FactValue, Form, Former, Formula, Group, Indicator, IndicatorTarget, Interval, Item,
    Limit, List, ListKind, MaxAge, Need, Occasion, Operator, Origin, Outcome, Pathway, Phase, Population, Quantified,
    Referral, Role, Route, Routes, Rule, RuleKind, RuleSeverity, Source, Status, Strength, Target, Treatment, Unit,
    Value, Variant,
};

/// The expression of a value, for a place `depth` steps in. Each item of a list stands on a line of its own.
pub(super) fn literal(value: &impl Literal, depth: usize) -> String {
    let mut out = Out { text: String::new(), depth };
    value.write(&mut out);
    out.text
}

/// What can be written as a Rust expression.
pub(super) trait Literal {
    fn write(&self, out: &mut Out);
}

pub(super) struct Out {
    text: String,
    depth: usize,
}

impl Out {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn line(&mut self) {
        self.put("\n");
        self.text.extend(std::iter::repeat_n("    ", self.depth));
    }

    fn fields(&mut self, fields: &[(&str, &dyn Literal)]) {
        for (number, (name, value)) in fields.iter().enumerate() {
            self.put(if number == 0 { " { " } else { ", " });
            self.put(name);
            self.put(": ");
            value.write(self);
        }
        self.put(" }");
    }

    fn call(&mut self, name: &str, value: &dyn Literal) {
        self.put(name);
        self.put("(");
        value.write(self);
        self.put(")");
    }
}

impl Literal for String {
    fn write(&self, out: &mut Out) {
        _ = write!(out.text, "s({self:?})");
    }
}

impl Literal for NaiveDate {
    fn write(&self, out: &mut Out) {
        _ = write!(out.text, "d({}, {}, {})", self.year(), self.month(), self.day());
    }
}

impl<T: Literal> Literal for Vec<T> {
    fn write(&self, out: &mut Out) {
        out.put("vec![");
        out.depth += 1;
        for item in self {
            out.line();
            item.write(out);
            out.put(",");
        }
        out.depth -= 1;
        if !self.is_empty() {
            out.line();
        }
        out.put("]");
    }
}

impl<T: Literal> Literal for Option<T> {
    fn write(&self, out: &mut Out) {
        match self {
            Some(value) => out.call("Some", value),
            None => out.put("None"),
        }
    }
}

impl<T: Literal> Literal for Box<T> {
    fn write(&self, out: &mut Out) {
        out.call("Box::new", self.as_ref());
    }
}

macro_rules! plain {
    ($($name:ident)*) => {$(
        impl Literal for $name {
            fn write(&self, out: &mut Out) {
                _ = write!(out.text, "{self:?}");
            }
        }
    )*};
}

macro_rules! structs {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Literal for $name {
            fn write(&self, out: &mut Out) {
                let Self { $($field),* } = self;
                out.put(stringify!($name));
                out.fields(&[$((stringify!($field), $field)),*]);
            }
        }
    )*};
}

macro_rules! enums {
    ($($name:ident { $($variant:ident $({ $($field:ident),* })? $(($value:ident))?),* })*) => {$(
        impl Literal for $name {
            fn write(&self, out: &mut Out) {
                match self {$(
                    Self::$variant $({ $($field),* })? $(($value))? => {
                        out.put(concat!(stringify!($name), "::", stringify!($variant)));
                        $(out.fields(&[$((stringify!($field), $field)),*]);)?
                        $(out.call("", $value);)?
                    }
                )*}
            }
        }
    )*};
}

plain! { bool u32 i64 f64 }

structs! {
    Origin { file, line, column }
    Pathway { id, prefix, title, former, status, version, disease, template, valid_from, valid_to, sources, phases,
        codes, groups, facts, intervals, variants, limits, rules, indicators, content,
        examples, origin }
    Source { name, title, publisher, url, date, note, origin }
    Phase { name, label, content, origin }
    Code { code, label, former, valid_from, valid_to, phase, role, date, occasions, origin }
    Former { name, until }
    Occasion { name, text, date }
    Group { name, codes, origin }
    Interval { name, label, from, to, treatments, sum, repeats, origin }
    Treatment { name, codes }
    Indicator { name, label, denominator, numerator, excluded, target, source, valid_from, valid_to, origin }
    IndicatorTarget { percent, source }
    Variant { name, label, when, origin }
    Rule { name, severity, label, kind, origin }
    Limit { interval, treatment, variant, form, minimum, amount, unit, valid_from, valid_to, derived, source, note,
        origin }
    Fact { name, label, fact_type, judged_by, formula, implicit, origin }
    FactValue { name, label }
    Criteria { name, label, when, quantified, origin }
    Quantified { need, items }
    CriteriaItem { name, label, condition, nested, not_alone, does_not_exclude, judged_by, origin }
    List { list, name, label, when, items, origin }
    Item { strength, name, text, when, before, max_age, by, need, items, origin }
    MaxAge { amount, unit }
    Referral { refer, strength, target, when, note, origin }
    Routes { name, label, when, rows, origin }
    Route { when, outcome, note, origin }
    Example { name, as_of, events, facts, expectations, origin }
    ExampleEvent { date, code, institution }
    ExampleFact { date, fact, value }
    Expectation { course, expected, origin }
}

enums! {
    Status { Utkast, Høring, Gjeldende, Ufullstendig, Tilbaketrukket }
    Role { Opens, Transfers, Completes, Closes }
    RuleSeverity { Feil, Advarsel }
    RuleKind { Before { first, then }, Triggers { first, then }, AtMost { count, of }, Exactly { count, of },
        NothingAfter { after }, NeverTogether { first, second } }
    Population { Measured { interval, treatments }, Within { interval, treatments }, Courses { with } }
    Form { AtMost, AtLeast, Between, SameDay, Unquantified }
    Unit { Kalenderdager, Arbeidsdager, Virkedager, Uker, Måneder }
    FactType { Choice { values }, Scale { values }, YesNo, Number { unit }, Date, Years }
    Value { YesNo(value), Number(value), Date(value), Choice(value) }
    Condition { All { of }, Any { of }, Not { of }, Is { fact, value }, Compare { fact, comparison, value }, Known {
        fact }, Repeated { of, count, spacing, unit }, Recent { of, amount, unit }, InCourse { pathway } }
    Formula { Number { value }, Fact { fact, factor }, Rise { fact, factor }, Compute { with, left, right } }
    Operator { Add, Subtract, Multiply, Divide }
    Comparison { Above, Below, AtLeast, AtMost }
    Content { Text { title, markdown, origin }, Criteria(value), List(value), Responsibility { who, what, origin },
        Referral(value), Routes(value), Link { label, url, origin }, Open { text, origin }, Missing { text, origin }
        }
    Need { All, None, AtLeast(value) }
    ListKind { List, Checklist, Investigations }
    Strength { Skal, Bør, Kan, Unngå }
    Target { Pathway { id }, Named { title }, NewCourse }
    Outcome { Refer { target, strength }, Included, Outside { text }, AtOnce { text }, Onward { text } }
    Expected { Interval { interval, treatment, status, days }, Variant { variant, assumed }, State { state },
        Finding { code }, NoFindings, Criteria { criteria, result }, Route { route, result }, Investigation { list,
        item, status }, Courses { count } }
}
