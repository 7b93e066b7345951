//! Whether of two conditions exactly one holds.

use super::ast::{Ast, BinaryOperator, NodeKind, UnaryOperator, Variable};

/// Whether one condition is the negation of the other: one is `!` of the other, or both compare the same operands with opposite operators. Space,
/// parentheses, `@X` for `@[User::X]` and the order of operands make no difference. False when either does not parse or reads the clock.
#[must_use]
pub fn are_complementary(left: &str, right: &str) -> bool {
    let (Ok(left), Ok(right)) = (Ast::parse(left), Ast::parse(right)) else { return false };
    if reads_clock(&left) || reads_clock(&right) {
        return false;
    }
    let (left, right) = (Condition::of(&left), Condition::of(&right));
    left.same_core(&right) && left.positive() != right.positive()
}

fn reads_clock(ast: &Ast<'_>) -> bool {
    ast.nodes.iter().any(|node| matches!(node.kind, NodeKind::Call { function, .. } if function.reads_clock()))
}

/// A condition without the negations around it.
struct Condition<'t, 'a> {
    ast: &'t Ast<'a>,
    core: usize,
    negated: bool,
}

impl<'t, 'a> Condition<'t, 'a> {
    fn of(ast: &'t Ast<'a>) -> Self {
        let mut condition = Self { ast, core: ast.root(), negated: false };
        while condition.unwrap_negation() {}
        condition
    }

    /// Takes off one `!`, `== TRUE` or `== FALSE`; false when there is none.
    fn unwrap_negation(&mut self) -> bool {
        let operands = self.ast.operands(self.core);
        let (inner, negates) = match (self.kind(), operands.as_slice()) {
            (Some(NodeKind::Unary(UnaryOperator::Not)), &[operand]) => (operand, true),
            (Some(NodeKind::Binary(operator @ (BinaryOperator::Equal | BinaryOperator::NotEqual))), &[left, right]) => {
                let (inner, value) = match (self.literal(left), self.literal(right)) {
                    (_, Some(value)) => (left, value),
                    (Some(value), _) => (right, value),
                    _ => return false,
                };
                (inner, value != (*operator == BinaryOperator::Equal))
            }
            _ => return false,
        };
        (self.core, self.negated) = (inner, self.negated != negates);
        true
    }

    fn kind(&self) -> Option<&'t NodeKind<'a>> {
        self.ast.nodes.get(self.core).map(|node| &node.kind)
    }

    fn literal(&self, index: usize) -> Option<bool> {
        match self.ast.nodes.get(index)?.kind {
            NodeKind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The comparison, if it is one, as one of `==`, `<`, `>`.
    fn comparison(&self) -> Option<(Basic, bool, [usize; 2])> {
        let Some(NodeKind::Binary(operator)) = self.kind() else { return None };
        let &[left, right] = self.ast.operands(self.core).as_slice() else { return None };
        let (basic, holds, operands) = match operator {
            BinaryOperator::Equal => (Basic::Equal, true, [left, right]),
            BinaryOperator::NotEqual => (Basic::Equal, false, [left, right]),
            BinaryOperator::Less => (Basic::Less, true, [left, right]),
            BinaryOperator::GreaterOrEqual => (Basic::Less, false, [left, right]),
            BinaryOperator::Greater => (Basic::Less, true, [right, left]),
            BinaryOperator::LessOrEqual => (Basic::Less, false, [right, left]),
            _ => return None,
        };
        Some((basic, holds, operands))
    }

    /// Whether the condition holds when its basic comparison does.
    fn positive(&self) -> bool {
        self.comparison().is_none_or(|(_, holds, _)| holds) != self.negated
    }

    fn same_core(&self, other: &Condition<'_, '_>) -> bool {
        let (Some((mine, _, [a, b])), Some((theirs, _, [c, d]))) = (self.comparison(), other.comparison()) else {
            return same(self.ast, self.core, other.ast, other.core);
        };
        let straight = || same(self.ast, a, other.ast, c) && same(self.ast, b, other.ast, d);
        let crossed = || mine == Basic::Equal && same(self.ast, a, other.ast, d) && same(self.ast, b, other.ast, c);
        mine == theirs && (straight() || crossed())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Basic {
    Equal,
    Less,
}

/// Whether two subtrees say the same.
fn same(left: &Ast<'_>, at: usize, right: &Ast<'_>, other: usize) -> bool {
    let (left, right) = (&left.nodes[left.subtree(at)], &right.nodes[right.subtree(other)]);
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_kind(&left.kind, &right.kind))
}

fn same_kind(left: &NodeKind<'_>, right: &NodeKind<'_>) -> bool {
    match (left, right) {
        (NodeKind::Variable(left), NodeKind::Variable(right)) => same_variable(left, right),
        _ => left == right,
    }
}

/// A variable without namespace is the only one of its name.
fn same_variable(left: &Variable<'_>, right: &Variable<'_>) -> bool {
    left.name == right.name && (left.namespace == right.namespace || left.namespace.is_none() || right.namespace.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposite_comparisons_are_complementary() {
        for (left, right) in [
            ("@x > 0", "@x <= 0"),
            ("@[User::x]>=1", "( @x  <  1 )"),
            ("@x == \"a\"", "@[User::x] != \"a\""),
            ("@x == \"a\"", "\"a\" != @x"),
            ("@x > 0", "0 >= @x"),
            ("@ok", "!@ok"),
            ("!(@a && @b)", "@a && @b"),
            ("!(@x > 0)", "@x > 0"),
            ("@ok == TRUE", "@ok == false"),
            ("@ok", "@ok != TRUE"),
            ("!!(LEN(TRIM(@s)) == 0)", "LEN(TRIM(@s)) != 0"),
        ] {
            assert!(are_complementary(left, right) && are_complementary(right, left), "{left} and {right}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for (left, right) in [
            ("@x > 0", "@x < 0"),
            ("@x > 0", "@x > 0"),
            ("@x > 0", "@x <= 1"),
            ("@x > @y", "@y > @x"),
            ("@x > 0", "@y <= 0"),
            ("@[User::x] > 0", "@[Other::x] <= 0"),
            ("@X", "!@x"),
            ("@a == 1", "@a == 2"),
            ("@s == \"a\"", "@s != \"A\""),
            ("GETDATE() > @d", "GETDATE() <= @d"),
            ("@x >", "@x"),
            ("", "!"),
        ] {
            assert!(!are_complementary(left, right), "{left} and {right}");
        }
    }
}
