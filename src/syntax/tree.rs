//! The tree of one file: what the author wrote, with the span of every word, before any name is looked up.

use chrono::NaiveDate;

use crate::source::Span;

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A name (or a word that a later stage looks up) in NFC.
pub type Name = At<String>;
/// A text between quotes, without them.
pub type Label = At<String>;
/// A date that exists. One that does not is a finding, and the statement holds `None`.
pub type Date = At<NaiveDate>;

/// One file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// What it holds, in order.
    pub items: Vec<TopItem>,
}

/// One item at the top of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum TopItem {
    /// `bruk`
    Import(Label),
    /// `mal`
    Template(Template),
    /// `pakkeforløp`
    Pathway(Pathway),
    /// An item that could not be read.
    Broken(Broken),
}

/// A statement that could not be read and already has its finding. What it may have declared is kept, so that uses of the
/// name are not reported too.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// Its first words that could be names.
    pub names: Vec<String>,
    /// The whole of it.
    pub span: Span,
}

/// `mal`
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// What the opening line says, unless it could not be read.
    pub head: Option<TemplateHead>,
    /// Its statements.
    pub body: Vec<Statement>,
    /// The opening line.
    pub span: Span,
}

/// The opening line of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateHead {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// The template that it builds on: `etter name`.
    pub parent: Option<Name>,
}

/// `pakkeforløp`
#[derive(Clone, Debug, PartialEq)]
pub struct Pathway {
    /// What the opening line says, unless it could not be read.
    pub head: Option<PathwayHead>,
    /// Its statements.
    pub body: Vec<Statement>,
    /// The opening line.
    pub span: Span,
}

/// The opening line of a pathway.
#[derive(Clone, Debug, PartialEq)]
pub struct PathwayHead {
    /// `A39`
    pub id: Name,
    /// The name.
    pub title: Label,
    /// The template.
    pub template: Name,
    /// False for `uten kodeprefiks`: the id is then only a name.
    pub prefix: bool,
}

/// A statement of a template, a pathway, a variant or a phase; the grammar says which may stand where.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `fase name "…"` in a template.
    PhaseDecl {
        /// Name.
        name: Name,
        /// What a person reads.
        label: Label,
    },
    /// `kode`
    Code(Code),
    /// `gruppe`
    Group {
        /// Name.
        name: Name,
        /// Its codes.
        codes: Vec<Name>,
    },
    /// `intervall`
    Interval(Interval),
    /// `regel`
    Rule(Rule),
    /// `indikator`
    Indicator(Indicator),
    /// `indikator name utgår`
    Withdrawn {
        /// The indicator.
        name: Name,
        /// The first day without it; it is gone altogether if none is written.
        from: Option<Date>,
    },
    /// `kilde`
    Source(Source),
    /// `sykdom`
    Disease(Label),
    /// `status`
    Status(Name),
    /// `versjon`
    Version(Label),
    /// `gyldig`
    Validity(Validity, Span),
    /// `tidligere`
    Former(Former),
    /// `opplysning`
    Fact(Fact),
    /// `beregnet`
    Computed(Computed),
    /// `forløpstider`
    Limits(Limits),
    /// `variant`
    Variant(Variant),
    /// `fase name { … }` in a pathway.
    Phase(Phase),
    /// `eksempel`
    Example(Example),
    /// Prose, criteria, lists and the rest that a phase can hold.
    Content(Content),
    /// A statement that could not be read.
    Broken(Broken),
}

/// `kode`
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Suffix: `CK`.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// Phase.
    pub phase: Option<Name>,
    /// `gyldig`
    pub validity: Validity,
    /// `tidligere`
    pub former: Vec<Former>,
    /// Roles, to be looked up.
    pub roles: Vec<Name>,
    /// Which date the event carries.
    pub date: Option<Label>,
    /// `ved`
    pub occasions: Vec<Occasion>,
    /// Whether a part of it could not be read.
    pub broken: bool,
}

/// `ved`
#[derive(Clone, Debug, PartialEq)]
pub struct Occasion {
    /// Name.
    pub name: Name,
    /// What happens.
    pub text: Label,
    /// Which date the event then carries.
    pub date: Option<Label>,
}

/// `tidligere`
#[derive(Clone, Debug, PartialEq)]
pub struct Former {
    /// The earlier name.
    pub name: Label,
    /// `til`
    pub until: Option<Date>,
}

/// `intervall`
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// Codes or groups of the start.
    pub from: Vec<Name>,
    /// Codes or groups of the end.
    pub to: Vec<Name>,
    /// `etter`: the group, and each treatment with its codes.
    pub treatments: Option<(Name, Vec<Treatment>)>,
    /// The parts of a sum.
    pub sum: Vec<Name>,
    /// `gjentas`
    pub repeats: bool,
}

/// A treatment and the codes that pick it.
pub type Treatment = (Name, Vec<Name>);

/// `regel`
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Name.
    pub name: Name,
    /// `feil` or `advarsel`, to be looked up.
    pub severity: Name,
    /// What a person reads.
    pub label: Label,
    /// What it demands.
    pub body: RuleBody,
}

/// What a rule demands; names are codes or groups.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleBody {
    /// `A før B`
    Before(Vec<Name>, Vec<Name>),
    /// `A utløser B`
    Triggers(Vec<Name>, Vec<Name>),
    /// `høyst N av G`
    AtMost(Number, Vec<Name>),
    /// `nøyaktig N av G`
    Exactly(Number, Vec<Name>),
    /// `ingenting etter A`
    NothingAfter(Vec<Name>),
    /// `aldri A sammen med B`
    NeverTogether(Vec<Name>, Vec<Name>),
}

/// `indikator`
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// What the opening line says, unless it could not be read.
    pub head: Option<IndicatorHead>,
    /// `nevner`
    pub denominator: Option<Population>,
    /// `teller`
    pub numerator: Option<Population>,
    /// `unntatt forløp med`: codes or groups.
    pub excluded: Option<Vec<Name>>,
    /// `minst N prosent`
    pub target: Option<IndicatorTarget>,
    /// The opening line and the rows that could not be read.
    pub broken: Vec<Broken>,
    /// The opening line.
    pub span: Span,
}

/// The opening line of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorHead {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// `fra`, `til`: the days on which a course may start to count.
    pub validity: Validity,
    /// `kilde`
    pub source: Option<Name>,
}

/// What an indicator counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Population {
    /// `forløp`, `forløp med`: codes or groups; every course if there are none.
    Courses(At<Vec<Name>>),
    /// `OF4 kirurgi innenfor`
    Measured {
        /// The interval.
        interval: Name,
        /// The treatments; all if empty.
        treatments: Vec<Name>,
        /// `målt` or `innenfor`, to be looked up.
        kept: Name,
    },
}

/// `minst 70 prosent`
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorTarget {
    /// How much.
    pub amount: Number,
    /// The unit, to be looked up.
    pub unit: Name,
    /// `kilde`
    pub source: Option<Name>,
}

/// A number as written: `14`, `-3`, `0,75`; `én` is 1.
pub type Number = At<f64>;

/// `kilde`
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Name.
    pub name: Name,
    /// Title.
    pub title: Label,
    /// `utgiver`
    pub publisher: Option<Label>,
    /// `url`
    pub url: Option<Label>,
    /// `dato`
    pub date: Option<Date>,
    /// `merknad`
    pub note: Option<Label>,
}

/// `fra` and `til`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Validity {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// `opplysning`
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// Its values.
    pub fact_type: FactType,
    /// `vurderes av`
    pub judged_by: Option<Label>,
}

/// `beregnet`
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// `i …`
    pub unit: Option<Name>,
    /// How it is computed.
    pub expression: Expression,
}

/// An arithmetic expression over facts.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number.
    Number(Number),
    /// A fact.
    Fact(Name),
    /// `stigning av x per år`
    Rise(Name),
    /// Two expressions and what is done with them.
    Compute(Operator, Box<Expression>, Box<Expression>),
}

/// The values of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum FactType {
    /// `{ a, b "…" }`
    Choice(Vec<(Name, Option<Label>)>),
    /// `skala { a, b "…" }`, from the lowest.
    Scale(Vec<(Name, Option<Label>)>),
    /// `ja eller nei`
    YesNo,
    /// `tall i cm`
    Number(Option<Name>),
    /// `dato`
    Date,
    /// `hele år`
    Years,
}

/// `forløpstider`
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// What holds for every row that does not say otherwise.
    pub options: LimitOptions,
    /// The rows.
    pub rows: Vec<Limit>,
    /// The opening line and the rows that could not be read.
    pub broken: Vec<Broken>,
    /// The opening line.
    pub span: Span,
}

/// What can stand after a row or in the opening line of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LimitOptions {
    /// `fra`, `til`
    pub validity: Validity,
    /// `kilde`
    pub source: Option<Name>,
    /// `merknad`
    pub note: Option<Label>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Interval.
    pub interval: Name,
    /// Treatment.
    pub treatment: Option<Name>,
    /// Amount.
    pub form: At<LimitForm>,
    /// Validity, source and footnote.
    pub options: LimitOptions,
    /// The whole row.
    pub span: Span,
}

/// The amount of a row; units are to be looked up.
#[derive(Clone, Debug, PartialEq)]
pub enum LimitForm {
    /// `14 kalenderdager`
    AtMost(Number, Name),
    /// `minst 14 kalenderdager`
    AtLeast(Number, Name),
    /// `mellom 6 og 8 uker`
    Between(Number, Number, Name),
    /// `samme dag`
    SameDay,
    /// `ikke tallfestet`
    Unquantified,
    /// `utledet`
    Derived,
}

/// `variant`
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What the opening line says, unless it could not be read.
    pub head: Option<VariantHead>,
    /// Its limits.
    pub body: Vec<Statement>,
    /// The opening line.
    pub span: Span,
}

/// The opening line of a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantHead {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// `når`
    pub when: Condition,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `eller`, two or more.
    Any(Vec<Condition>),
    /// `og`, two or more.
    All(Vec<Condition>),
    /// `ikke`
    Not(Box<Condition>),
    /// One fact.
    Test {
        /// The fact.
        fact: Name,
        /// What is asked of it.
        test: Test,
        /// How often, or how lately.
        extent: Option<Extent>,
        /// All of it.
        span: Span,
    },
    /// `i forløp A12`
    InCourse {
        /// The pathway, or any.
        pathway: Option<Name>,
        /// All of it.
        span: Span,
    },
}

/// How often or how lately a fact must meet a test.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// `minst 3 ganger med minst 1 måned mellom`
    Repeated(Number, Option<Amount>),
    /// `siste 4 uker`
    Recent(Amount),
}

/// A number and its unit, to be looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// How many.
    pub number: Number,
    /// Of what.
    pub unit: Name,
}

/// What is asked of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The fact alone: a yes/no fact that is `ja`.
    Holds,
    /// `er kjent`
    Known,
    /// `er ukjent`
    Unknown,
    /// `er x`
    Is(At<Value>),
    /// `er ikke x`
    IsNot(At<Value>),
    /// `er over x`
    Above(At<Value>),
    /// `er under x`
    Below(At<Value>),
    /// `er minst x`
    AtLeast(At<Value>),
    /// `er høyst x`
    AtMost(At<Value>),
}

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A name.
    Name(String),
    /// `ja`, `nei`
    YesNo(bool),
    /// A number and its unit.
    Number(f64, Option<Name>),
    /// A date.
    Date(NaiveDate),
}

/// `fase` in a pathway.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Name, unless the opening line could not be read.
    pub name: Option<Name>,
    /// Its statements: content, or broken.
    pub body: Vec<Statement>,
    /// The opening line.
    pub span: Span,
}

/// What a phase or a pathway can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `tekst`
    Text {
        /// Heading.
        title: Option<Label>,
        /// Markdown, with the common indentation removed.
        markdown: String,
        /// All of it.
        span: Span,
    },
    /// `kriterier`
    Criteria(Criteria),
    /// `liste`, `sjekkliste`, `undersøkelser`
    List(List),
    /// `ansvarlig`
    Responsibility {
        /// Who.
        who: Label,
        /// For what.
        what: Label,
        /// All of it.
        span: Span,
    },
    /// `henvis`
    Referral(Referral),
    /// `veivalg`
    Routes(Routes),
    /// `lenke`
    Link {
        /// What a person reads.
        label: Label,
        /// Where it leads.
        url: Label,
        /// All of it.
        span: Span,
    },
    /// `uavklart`
    Open {
        /// What is open.
        text: Label,
        /// All of it.
        span: Span,
    },
    /// `mangler`
    Missing {
        /// What is missing.
        text: Label,
        /// All of it.
        span: Span,
    },
}

/// `kriterier`
#[derive(Clone, Debug, PartialEq)]
pub struct Criteria {
    /// What the opening line says, unless it could not be read.
    pub head: Option<CriteriaHead>,
    /// The items.
    pub items: Vec<CriteriaItem>,
    /// Items that could not be read.
    pub broken: Vec<Broken>,
    /// The opening line.
    pub span: Span,
}

/// The opening line of criteria.
#[derive(Clone, Debug, PartialEq)]
pub struct CriteriaHead {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// `når`
    pub when: Option<Condition>,
    /// How many.
    pub need: Need,
}

/// How many items must be met.
#[derive(Clone, Debug, PartialEq)]
pub enum Need {
    /// `alle av`
    All,
    /// `ingen av`
    None,
    /// `minst N av`
    AtLeast(Number),
}

/// One item of criteria.
#[derive(Clone, Debug, PartialEq)]
pub struct CriteriaItem {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// `ikke alene`
    pub not_alone: bool,
    /// `utelukker ikke`
    pub does_not_exclude: bool,
    /// `vurderes av`
    pub judged_by: Option<Label>,
    /// What meets it.
    pub test: CriteriaTest,
}

/// What meets an item of criteria.
#[derive(Clone, Debug, PartialEq)]
pub enum CriteriaTest {
    /// Text only: a clinician judges.
    Judgement,
    /// A condition.
    Condition(Condition),
    /// Nested items.
    Nested(Need, Vec<CriteriaItem>),
}

/// `liste`, `sjekkliste`, `undersøkelser`
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Which of them.
    pub kind: ListKind,
    /// What the opening line says, unless it could not be read.
    pub head: Option<ListHead>,
    /// The items.
    pub items: Vec<Item>,
    /// Items that could not be read.
    pub broken: Vec<Broken>,
    /// The opening line.
    pub span: Span,
}

pub use crate::tables::{ListKind, Operator, Strength};

/// The opening line of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListHead {
    /// Name.
    pub name: Name,
    /// What a person reads.
    pub label: Label,
    /// `når`
    pub when: Option<Condition>,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// How binding.
    pub strength: Option<Strength>,
    /// Name.
    pub name: Option<Name>,
    /// What a person reads.
    pub text: Label,
    /// `når`
    pub when: Option<Condition>,
    /// `før`
    pub before: Vec<Name>,
    /// `ikke eldre enn`
    pub max_age: Option<Amount>,
    /// `utføres av`
    pub by: Option<Label>,
    /// How many of `items` are enough, for alternatives.
    pub need: Option<Need>,
    /// What it consists of.
    pub items: Vec<Item>,
    /// All of it.
    pub span: Span,
}

/// `henvis`
#[derive(Clone, Debug, PartialEq)]
pub struct Referral {
    /// False for `henvis ikke til`.
    pub refer: bool,
    /// True for `henvis eventuelt til`.
    pub optional: bool,
    /// Where to.
    pub target: At<Target>,
    /// `når`
    pub when: Option<Condition>,
    /// `merknad`
    pub note: Option<Label>,
    /// All of it.
    pub span: Span,
}

/// Where a referral leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A pathway by id.
    Id(String),
    /// A pathway by name.
    Title(String),
    /// `nytt forløp`
    NewCourse,
}

/// `veivalg`
#[derive(Clone, Debug, PartialEq)]
pub struct Routes {
    /// What the opening line says, unless it could not be read.
    pub head: Option<ListHead>,
    /// The rows.
    pub rows: Vec<Route>,
    /// Rows that could not be read.
    pub broken: Vec<Broken>,
    /// The opening line.
    pub span: Span,
}

/// One row of `veivalg`.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// `når`; none is `ellers`.
    pub when: Option<Condition>,
    /// What then.
    pub outcome: Outcome,
    /// `merknad`
    pub note: Option<Label>,
    /// All of it.
    pub span: Span,
}

/// What a row of `veivalg` leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// `henvis til`, `henvis eventuelt til`
    Refer {
        /// Where to.
        target: At<Target>,
        /// True for `henvis eventuelt til`.
        optional: bool,
    },
    /// `inngår`
    Included,
    /// `utenfor`
    Outside(Label),
    /// `straks`
    AtOnce(Label),
    /// `videre`
    Onward(Label),
}

/// `eksempel`
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Name, unless the opening line could not be read.
    pub name: Option<Label>,
    /// Its lines.
    pub lines: Vec<ExampleLine>,
    /// The opening line.
    pub span: Span,
}

/// One line of an example.
#[derive(Clone, Debug, PartialEq)]
pub enum ExampleLine {
    /// `per`
    AsOf(Date),
    /// `gitt x = y`, or `2024-01-31 x = y`
    Fact {
        /// The day it became known.
        date: Option<Date>,
        /// The fact.
        fact: Name,
        /// Its value.
        value: At<Value>,
    },
    /// `2024-01-31 CK ved "…"`
    Event {
        /// Date.
        date: Date,
        /// Suffix.
        code: Name,
        /// Institution.
        institution: Option<Label>,
    },
    /// `forvent`
    Expect {
        /// What.
        expected: Expected,
        /// `i forløp N`
        course: Option<Number>,
        /// All of it.
        span: Span,
    },
    /// A line that could not be read.
    Broken(Broken),
}

/// What is expected; words are to be looked up.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// `ingen funn`
    NoFindings,
    /// `funn x`
    Finding(Name),
    /// `variant x antatt`
    Variant(Name, Option<Name>),
    /// `tilstand x`
    State(Name),
    /// `kriterier x oppfylt`
    Criteria(Name, Name),
    /// `veivalg x utenfor`
    Route(Name, Name),
    /// `undersøkelser x ct mangler`
    Investigation(Name, Name, Name),
    /// `N forløp`
    Courses(Number),
    /// `OF4 kirurgi innenfor 43 dager`: the names before the days.
    Interval(Vec<Name>, Option<Number>),
}
