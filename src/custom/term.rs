//! A condition after its types have been checked: nothing in it can go wrong any more but what depends on values.

use regex::Regex;

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Self>),
    /// A name by its depth: what the rule looks at, its package, its project, then the names of loops from the outside in.
    Name(usize),
    Field(Box<Self>, String),
    /// An entry of a map or an element of a list.
    Entry(Box<Self>, Box<Self>),
    /// Whether a value is there: not null, or in the map.
    Present(Box<Self>),
    Not(Box<Self>),
    Negative(Box<Self>),
    And(Box<[Self; 2]>),
    Or(Box<[Self; 2]>),
    Choice(Box<[Self; 3]>),
    Compare(Comparison, Box<[Self; 2]>),
    Calculate(Operation, Box<[Self; 2]>),
    /// Whether a list has an element or a map a key.
    In(Box<[Self; 2]>),
    Search(Search, Box<[Self; 2]>),
    Matches(Box<Self>, Regex),
    Size(Box<Self>),
    /// What is done with each element, which has a name inside.
    Each(Each, Box<[Self; 2]>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    /// Of numbers, and of texts one after the other.
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Search {
    Contains,
    StartsWith,
    EndsWith,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Each {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

impl Each {
    pub(super) const NAMES: [(&'static str, Self); 5] =
        [("all", Self::All), ("exists", Self::Exists), ("exists_one", Self::ExistsOne), ("filter", Self::Filter), ("map", Self::Map)];
}

impl Search {
    pub(super) const NAMES: [(&'static str, Self); 3] = [("contains", Self::Contains), ("startsWith", Self::StartsWith), ("endsWith", Self::EndsWith)];
}
