//! Two lists of named things, matched by name.

/// What became of the things of a list.
pub(super) struct Matched<'t, T> {
    pub removed: Vec<&'t T>,
    pub added: Vec<&'t T>,
    /// Old and new, in the new order.
    pub kept: Vec<(&'t T, &'t T)>,
    /// Whether those that are kept stand in another order.
    pub reordered: bool,
}

/// Matches by what `key` gives; of several with one key the first matches the first, and so on.
pub(super) fn matched<'t, T, K: PartialEq>(old: &'t [T], new: &'t [T], key: impl Fn(&'t T) -> K) -> Matched<'t, T> {
    let mut left: Vec<(usize, &'t T)> = old.iter().enumerate().collect();
    let (mut added, mut kept, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for thing in new {
        match left.iter().position(|(_, other)| key(other) == key(thing)) {
            Some(at) => {
                let (place, other) = left.remove(at);
                places.push(place);
                kept.push((other, thing));
            }
            None => added.push(thing),
        }
    }
    Matched { removed: left.into_iter().map(|(_, thing)| thing).collect(), added, kept, reordered: !places.is_sorted() }
}

/// Names as a set: their order does not count.
pub(super) fn set(names: &[String]) -> String {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
