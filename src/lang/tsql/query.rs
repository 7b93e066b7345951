//! What a query asks for: as much as rules on sources want to know, without parsing it.

use super::token::{Kind, Token, tokens};

/// The shape of a text that returns rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Whether its outermost select list has a `*`.
    pub selects_all: bool,
    /// Whether it has a `WHERE` of its own.
    pub is_filtered: bool,
    /// Whether its rows come in an order: `ORDER BY` outside of subqueries.
    pub is_ordered: bool,
    /// Whether a `?` stands inside a subquery.
    pub has_nested_marker: bool,
    /// Whether it begins with `EXEC`.
    pub calls_procedure: bool,
    /// Whether it says what comes back: `WITH RESULT SETS`.
    pub declares_results: bool,
}

impl Query {
    /// Reads a text. What is not understood is not there.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (tokens, _) = tokens(text);
        let mut query = Self { calls_procedure: tokens.first().is_some_and(|token| token.is("EXEC") || token.is("EXECUTE")), ..Self::default() };
        // Whether each open parenthesis holds a subquery, or stands in one.
        let mut open: Vec<bool> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1);
            match token.text {
                "(" => open.push(open.last() == Some(&true) || next.is_some_and(|next| next.is("SELECT") || next.is("WITH"))),
                ")" => drop(open.pop()),
                _ if token.kind == Kind::Marker => query.has_nested_marker |= open.last() == Some(&true),
                _ if open.is_empty() => query.outermost(token, next, tokens.get(at + 2)),
                _ => {}
            }
        }
        query
    }

    fn outermost(&mut self, token: &Token<'_>, next: Option<&Token<'_>>, after: Option<&Token<'_>>) {
        let is = |token: Option<&Token<'_>>, keyword: &str| token.is_some_and(|token| token.is(keyword));
        // An operand would follow a multiplication.
        self.selects_all |= token.text == "*" && next.is_none_or(|next| next.text == "," || next.is("FROM") || next.is("INTO"));
        self.is_filtered |= token.is("WHERE");
        self.is_ordered |= token.is("ORDER") && is(next, "BY");
        self.declares_results |= token.is("WITH") && is(next, "RESULT") && is(after, "SETS");
    }
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn only_the_outermost_list_and_order_count() {
        assert!(Query::read("select top 10 * from t").selects_all);
        assert!(Query::read("SELECT a.*, b.c FROM a JOIN b ON a.x = b.x").selects_all);
        assert!(!Query::read("SELECT COUNT(*), a * b FROM t WHERE EXISTS (SELECT * FROM u ORDER BY x)").selects_all);
        assert!(!Query::read("SELECT a, ROW_NUMBER() OVER (ORDER BY a) FROM t").is_ordered);
        assert!(Query::read("SELECT a FROM t -- ORDER BY b\nORDER BY a").is_ordered);
        assert!(Query::read("SELECT a FROM (SELECT * FROM t) x WHERE a > 1").is_filtered);
    }

    #[test]
    fn a_marker_is_nested_in_a_subquery_not_in_a_list() {
        assert!(Query::read("SELECT a FROM t WHERE a IN (SELECT b FROM u WHERE c = f(?))").has_nested_marker);
        assert!(!Query::read("SELECT a FROM t WHERE a IN (?, ?) AND f(?) = 1").has_nested_marker);
    }

    #[test]
    fn procedures() {
        let query = Query::read("EXEC dbo.p ? WITH RESULT SETS ((a int))");
        assert!(query.calls_procedure && query.declares_results);
        assert!(!Query::read("SELECT 1; EXEC p").calls_procedure);
    }
}
