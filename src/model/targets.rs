//! What configurations set, found by the property that they name.

use std::ops::Deref;

use foldhash::HashMap;

/// Things that each name a property of an object, in their order, and which of them name a certain one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByTarget<T> {
    all: Vec<T>,
    places: HashMap<String, Vec<usize>>,
}

impl<T> ByTarget<T> {
    /// `target` gives the text by which a thing names its property: `\Package.Connections[DW].Properties[ConnectionString]`, or the older
    /// `\Package.Connections[DW].ConnectionString`.
    #[must_use]
    pub fn new(all: Vec<T>, target: impl Fn(&T) -> &str) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::default();
        for (place, (path, property)) in all.iter().enumerate().filter_map(|(place, one)| Some((place, parts(target(one))?))) {
            places.entry(key(path, property)).or_default().push(place);
        }
        Self { all, places }
    }

    /// Those that name a property of the object of that path, with their places in the order.
    pub fn naming(&self, path: &str, property: &str) -> impl DoubleEndedIterator<Item = (usize, &T)> {
        let places = if self.places.is_empty() { None } else { self.places.get(&key(path, property)) };
        places.into_iter().flatten().map(|place| (*place, &self.all[*place]))
    }
}

impl<T> Default for ByTarget<T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: HashMap::default() }
    }
}

impl<T> Deref for ByTarget<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<'t, T> IntoIterator for &'t ByTarget<T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

/// The object and the property that a target names; no property has a dot in its name.
fn parts(target: &str) -> Option<(&str, &str)> {
    let target = target.trim();
    let newer = target.strip_suffix(']').and_then(|inner| inner.rsplit_once(".Properties["));
    newer.or_else(|| target.rsplit_once('.'))
}

fn key(path: &str, property: &str) -> String {
    format!("{path}.{property}")
}

#[cfg(test)]
mod tests {
    use super::ByTarget;

    #[test]
    fn both_spellings_of_a_target_are_known() {
        let targets = [
            "\\Package.Connections[DW].Properties[ConnectionString]",
            " \\Package.Connections[DW].ConnectionString ",
            "\\Package.Connections[DW2].Properties[ConnectionString]",
            "\\Package.Connections[DW].Properties[Password]",
            "\\Package.Variables[User::a.b].Properties[Value]",
            "\\Package.Variables[User::a.b].Value",
            "nothing",
        ];
        let targets = ByTarget::new(targets.to_vec(), |target| target);
        let places = |path, property| targets.naming(path, property).map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!(places("\\Package.Connections[DW]", "ConnectionString"), [0, 1]);
        assert_eq!(places("\\Package.Connections[DW]", "Password"), [3]);
        assert_eq!(places("\\Package.Variables[User::a.b]", "Value"), [4, 5]);
        assert_eq!(places("\\Package", "ConnectionString"), [0_usize; 0]);
        assert_eq!(targets.len(), 7);
    }
}
