//! Conditions over numbered variables, in a form in which those that differ in order only are equal.

/// A condition in a form in which those that differ in order only are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Expr {
    Is(Option<bool>),
    /// The truth by the variable's value.
    Leaf(usize, Vec<Option<bool>>),
    Not(Box<Expr>),
    /// Not true is unknown (`utelukker ikke`).
    Unless(Box<Expr>),
    /// So many of them are true.
    AtLeast(usize, Vec<Expr>),
}

pub(super) fn all(parts: Vec<Expr>) -> Expr {
    at_least_of_distinct(parts, true)
}

pub(super) fn any(parts: Vec<Expr>) -> Expr {
    at_least_of_distinct(parts, false)
}

/// All, or one, of the parts: those that are of the same kind are taken apart, and each counts once.
fn at_least_of_distinct(parts: Vec<Expr>, all: bool) -> Expr {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Expr::AtLeast(count, inner) if (all && count == inner.len()) || (!all && count == 1) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    flat.sort_unstable();
    flat.dedup();
    // Of none, all are met, and not one.
    let count = if all { flat.len() } else { 1 };
    at_least(count, flat)
}

pub(super) fn at_least(count: usize, parts: Vec<Expr>) -> Expr {
    let met = parts.iter().filter(|part| **part == Expr::Is(Some(true))).count();
    let Some(count) = count.checked_sub(met).filter(|count| *count > 0) else { return Expr::Is(Some(true)) };
    let mut rest: Vec<Expr> = parts.into_iter().filter(|part| !matches!(part, Expr::Is(Some(_)))).collect();
    rest.sort_unstable();
    if rest.len() < count {
        return Expr::Is(Some(false));
    }
    if rest.iter().all(|part| *part == Expr::Is(None)) {
        return Expr::Is(None);
    }
    match rest.pop() {
        Some(only) if rest.is_empty() => only,
        last => {
            rest.extend(last);
            Expr::AtLeast(count, rest)
        }
    }
}

pub(super) fn not(part: Expr) -> Expr {
    match part {
        Expr::Is(truth) => Expr::Is(truth.map(|truth| !truth)),
        Expr::Leaf(var, truths) => Expr::Leaf(var, truths.into_iter().map(|truth| truth.map(|truth| !truth)).collect()),
        Expr::Not(part) => *part,
        other => Expr::Not(Box::new(other)),
    }
}

pub(super) fn unless(part: Expr) -> Expr {
    match part {
        Expr::Is(truth) => Expr::Is(truth.filter(|truth| *truth)),
        other => Expr::Unless(Box::new(other)),
    }
}

impl Expr {
    /// What is left of it when a variable has a value.
    pub fn with(&self, var: usize, value: usize) -> Expr {
        match self {
            Expr::Leaf(own, truths) if *own == var => Expr::Is(truths.get(value).copied().flatten()),
            Expr::Is(_) | Expr::Leaf(..) => self.clone(),
            Expr::Not(part) => not(part.with(var, value)),
            Expr::Unless(part) => unless(part.with(var, value)),
            Expr::AtLeast(count, parts) => {
                let parts = parts.iter().map(|part| part.with(var, value)).collect();
                match *count {
                    1 => any(parts),
                    count if count == self.parts() => all(parts),
                    count => at_least(count, parts),
                }
            }
        }
    }

    fn parts(&self) -> usize {
        if let Expr::AtLeast(_, parts) = self { parts.len() } else { 1 }
    }

    /// A variable that it rests on.
    pub fn var(&self) -> Option<usize> {
        match self {
            Expr::Is(_) => None,
            Expr::Leaf(var, _) => Some(*var),
            Expr::Not(part) | Expr::Unless(part) => part.var(),
            Expr::AtLeast(_, parts) => parts.iter().find_map(Expr::var),
        }
    }

    /// A variable of the part in which two differ.
    pub fn differing(&self, other: &Expr) -> Option<usize> {
        match (self, other) {
            (Expr::Not(one), Expr::Not(other)) | (Expr::Unless(one), Expr::Unless(other)) => one.differing(other),
            (Expr::AtLeast(_, one), Expr::AtLeast(_, other)) => {
                let only = |parts: &[Expr], others: &[Expr]| parts.iter().find(|part| !others.contains(part)).cloned();
                match (only(one, other), only(other, one)) {
                    (Some(one), Some(other)) => one.differing(&other),
                    (one, other) => one.or(other).and_then(|part| part.var()).or_else(|| self.var()),
                }
            }
            _ => self.var().or_else(|| other.var()),
        }
    }
}
