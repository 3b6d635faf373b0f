//! What a tree holds, a line for each thing.

use forlop::syntax::tree::{
    Condition, Content, CriteriaItem, CriteriaTest, ExampleLine, Expression, Extent, Item, ListHead, Outcome, Route,
    Statement, TemplateHead, TopItem, Tree,
};

pub fn outline(tree: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    for item in &tree.items {
        match item {
            TopItem::Import(path) => lines.push(format!("bruk {}", path.value)),
            TopItem::Template(template) => {
                let parent = |head: &TemplateHead| head.parent.as_ref().map(|parent| parent.value.clone());
                let head = template.head.as_ref().map(|head| (&head.name.value, parent(head)));
                lines.push(format!("mal {head:?}"));
                body("mal", &template.body, &mut lines);
            }
            TopItem::Pathway(pathway) => {
                lines.push(format!(
                    "pakkeforløp {:?}",
                    pathway.head.as_ref().map(|head| (&head.id.value, &head.template.value, head.prefix))
                ));
                body("pakkeforløp", &pathway.body, &mut lines);
            }
            TopItem::Broken(broken) => lines.push(format!("broken {:?}", broken.names)),
        }
    }
    lines
}

fn body(path: &str, statements: &[Statement], lines: &mut Vec<String>) {
    for statement in statements {
        let line = match statement {
            Statement::PhaseDecl { name, .. } => format!("fase {}", name.value),
            Statement::Code(code) => format!(
                "kode {} i {:?} {:?} {} {} {:?} {} {}",
                code.name.value,
                code.phase.as_ref().map(|name| &name.value),
                code.validity.to.as_ref().map(|date| date.value),
                code.former.len(),
                code.roles.len(),
                code.date.as_ref().map(|date| &date.value),
                code.occasions.len(),
                code.broken
            ),
            Statement::Group { name, codes } => format!("gruppe {} = {}", name.value, codes.len()),
            Statement::Interval(interval) => format!(
                "intervall {} fra {} til {} etter {} = {} {}",
                interval.name.value,
                interval.from.len(),
                interval.to.len(),
                interval.treatments.as_ref().map_or(0, |(_, each)| each.len()),
                interval.sum.len(),
                interval.repeats
            ),
            Statement::Rule(rule) => format!("regel {} {}", rule.name.value, rule.severity.value),
            Statement::Indicator(one) => format!("indikator {:?}", one.head.as_ref().map(|head| &head.name.value)),
            Statement::Withdrawn { name, .. } => format!("indikator {} utgår", name.value),
            Statement::Source(source) => {
                format!("kilde {} {} {}", source.name.value, source.publisher.is_some(), source.date.is_some())
            }
            Statement::Disease(label) => format!("sykdom {}", label.value),
            Statement::Status(name) => format!("status {}", name.value),
            Statement::Version(label) => format!("versjon {}", label.value),
            Statement::Validity(validity, _) => format!("gyldig {:?}", validity.from.as_ref().map(|date| date.value)),
            Statement::Former(former) => {
                format!("tidligere {} {:?}", former.name.value, former.until.as_ref().map(|date| date.value))
            }
            Statement::Fact(fact) => {
                let shown = format!("{:?}", fact.fact_type);
                let kind = shown.split('(').next().unwrap_or_default();
                let judge = fact.judged_by.as_ref().map(|who| &who.value);
                format!("opplysning {} {kind} {judge:?}", fact.name.value)
            }
            Statement::Computed(fact) => {
                let unit = fact.unit.as_ref().map(|unit| &unit.value);
                format!("beregnet {} {unit:?} = {}", fact.name.value, expression(&fact.expression))
            }
            Statement::Limits(limits) => {
                lines.push(format!(
                    "{path} > forløpstider {:?}",
                    limits.options.source.as_ref().map(|name| &name.value)
                ));
                for row in &limits.rows {
                    lines.push(format!(
                        "{path} > {} {:?} {} {}",
                        row.interval.value,
                        row.treatment.as_ref().map(|name| &name.value),
                        row.options.validity.from.is_some(),
                        row.options.note.is_some()
                    ));
                }
                for row in &limits.broken {
                    lines.push(format!("{path} > broken {:?}", row.names));
                }
                continue;
            }
            Statement::Variant(variant) => {
                let path = format!(
                    "{path} > variant {:?}",
                    variant.head.as_ref().map(|head| (&head.name.value, tests(&head.when)))
                );
                body(&path, &variant.body, lines);
                path
            }
            Statement::Phase(phase) => {
                let path = format!("{path} > fase {:?}", phase.name.as_ref().map(|name| &name.value));
                body(&path, &phase.body, lines);
                path
            }
            Statement::Example(example) => {
                lines.push(format!("eksempel {:?}", example.name.as_ref().map(|name| &name.value)));
                lines.extend(example.lines.iter().map(line));
                continue;
            }
            Statement::Content(content) => {
                self::content(content, lines);
                continue;
            }
            Statement::Broken(broken) => format!("broken {:?}", broken.names),
        };
        lines.push(format!("{path} > {line}"));
    }
}

fn tests(condition: &Condition) -> usize {
    match condition {
        Condition::Any(of) | Condition::All(of) => of.iter().map(tests).sum(),
        Condition::Not(of) => tests(of),
        Condition::Test { extent: None, .. } => 1,
        Condition::Test { extent: Some(Extent::Recent(_)), .. } => 10,
        Condition::Test { extent: Some(Extent::Repeated(_, spacing)), .. } => 100 + usize::from(spacing.is_some()),
        Condition::InCourse { pathway, .. } => 1000 + usize::from(pathway.is_some()),
    }
}

fn expression(whole: &Expression) -> String {
    match whole {
        Expression::Number(number) => number.value.to_string(),
        Expression::Fact(name) => name.value.clone(),
        Expression::Rise(name) => format!("stigning {}", name.value),
        Expression::Compute(operator, left, right) => {
            format!("({} {operator:?} {})", expression(left), expression(right))
        }
    }
}

fn head(head: Option<&ListHead>) -> String {
    format!("{:?}", head.map(|head| (&head.name.value, head.when.as_ref().map(tests))))
}

fn content(content: &Content, lines: &mut Vec<String>) {
    match content {
        Content::Text { markdown, .. } => lines.push(format!("tekst {markdown:?}")),
        Content::Criteria(criteria) => {
            lines.push(format!(
                "kriterier {:?}",
                criteria.head.as_ref().map(|head| (&head.name.value, head.when.is_some()))
            ));
            criteria.items.iter().for_each(|item| self::criteria(item, lines));
            lines.extend(criteria.broken.iter().map(|broken| format!("broken {:?}", broken.names)));
        }
        Content::List(list) => {
            lines.push(format!("{:?} {}", list.kind, head(list.head.as_ref())));
            list.items.iter().for_each(|item| self::item(item, lines));
            lines.extend(list.broken.iter().map(|broken| format!("broken {:?}", broken.names)));
        }
        Content::Responsibility { who, what, .. } => lines.push(format!("ansvarlig {} for {}", who.value, what.value)),
        Content::Referral(referral) => lines.push(format!(
            "henvis {:?} {} {}",
            referral.target.value,
            referral.when.is_some(),
            referral.note.is_some()
        )),
        Content::Routes(routes) => {
            lines.push(format!("veivalg {}", head(routes.head.as_ref())));
            lines.extend(routes.rows.iter().map(route));
            lines.extend(routes.broken.iter().map(|broken| format!("broken {:?}", broken.names)));
        }
        Content::Link { label, .. } => lines.push(format!("lenke {}", label.value)),
        Content::Open { text, .. } => lines.push(format!("uavklart {}", text.value)),
        Content::Missing { text, .. } => lines.push(format!("mangler {}", text.value)),
    }
}

fn criteria(item: &CriteriaItem, lines: &mut Vec<String>) {
    let test = match &item.test {
        CriteriaTest::Judgement => "skjønn".to_owned(),
        CriteriaTest::Condition(condition) => format!("betingelse {}", tests(condition)),
        CriteriaTest::Nested(_, items) => {
            items.iter().for_each(|item| criteria(item, lines));
            "flere".to_owned()
        }
    };
    lines.push(format!(
        "kriterium {} {} {} {:?} {test}",
        item.name.value,
        item.not_alone,
        item.does_not_exclude,
        item.judged_by.as_ref().map(|who| &who.value)
    ));
}

fn item(item: &Item, lines: &mut Vec<String>) {
    item.items.iter().for_each(|item| self::item(item, lines));
    lines.push(format!(
        "punkt {:?} {:?} {} {:?} {} {:?} {} {}",
        item.strength,
        item.text.value,
        item.name.is_some(),
        item.when.as_ref().map(tests),
        item.before.len(),
        item.max_age.as_ref().map(|age| (age.number.value, &age.unit.value)),
        item.by.is_some(),
        item.need.is_some()
    ));
}

fn route(row: &Route) -> String {
    let outcome = match &row.outcome {
        Outcome::Refer { target, optional } => format!("henvis {optional} {:?}", target.value),
        Outcome::Included => "inngår".to_owned(),
        Outcome::Outside(text) => format!("utenfor {}", text.value),
        Outcome::AtOnce(text) => format!("straks {}", text.value),
        Outcome::Onward(text) => format!("videre {}", text.value),
    };
    format!("rad {:?} {outcome} {}", row.when.as_ref().map(tests), row.note.is_some())
}

fn line(line: &ExampleLine) -> String {
    match line {
        ExampleLine::AsOf(date) => format!("per {}", date.value),
        ExampleLine::Fact { date, fact, .. } => format!("{:?} {} =", date.as_ref().map(|date| date.value), fact.value),
        ExampleLine::Event { date, code, institution } => {
            format!("{} {} {}", date.value, code.value, institution.is_some())
        }
        ExampleLine::Expect { expected, course, .. } => {
            let shown = format!("{expected:?}");
            let kind = shown.split(['(', ' ']).next().unwrap_or_default().to_owned();
            format!("forvent {kind} {}", course.is_some())
        }
        ExampleLine::Broken(broken) => format!("broken {:?}", broken.names),
    }
}
