//! Circles in what leads to what.

use std::collections::{BTreeMap, BTreeSet};

/// Takes away, again and again, what nothing precedes and what precedes nothing; what is left are the circles and the ways between them.
#[must_use]
pub fn of<T: Ord + Copy>(edges: &BTreeSet<(T, T)>) -> BTreeSet<(T, T)> {
    let forwards = peel(edges.iter().copied());
    peel(forwards.into_iter().map(|(from, to)| (to, from))).into_iter().map(|(to, from)| (from, to)).collect()
}

/// The edges that cannot be reached by starting where nothing comes in.
fn peel<T: Ord + Copy>(edges: impl Iterator<Item = (T, T)>) -> BTreeSet<(T, T)> {
    let mut next: BTreeMap<T, Vec<T>> = BTreeMap::new();
    let mut waiting: BTreeMap<T, usize> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(from).or_default().push(to);
        waiting.entry(from).or_default();
        *waiting.entry(to).or_default() += 1;
    }
    let mut ready: Vec<_> = waiting.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    while let Some(id) = ready.pop() {
        for to in next.remove(&id).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(&to) {
                *count -= 1;
                if *count == 0 {
                    ready.push(to);
                }
            }
        }
    }
    next.into_iter().flat_map(|(from, ends)| ends.into_iter().map(move |to| (from, to))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_circles_are_left() {
        let edges = BTreeSet::from([(1, 2), (2, 3), (3, 2), (3, 4), (5, 5)]);
        assert_eq!(of(&edges), BTreeSet::from([(2, 3), (3, 2), (5, 5)]));
        assert!(of(&BTreeSet::from([(1, 2), (1, 3), (2, 3)])).is_empty());
    }
}
