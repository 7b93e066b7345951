//! The variables, parameters and columns that an expression names.

use super::ast::{Ast, Column, NodeKind, Variable};
use crate::span::Span;

/// What an expression names, in the order in which it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct References<'a> {
    /// Variables and parameters.
    pub variables: Vec<VariableReference<'a>>,
    /// Columns.
    pub columns: Vec<ColumnReference<'a>>,
}

/// One mention of a variable or parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableReference<'a> {
    /// What is named.
    pub variable: Variable<'a>,
    /// Where, from the `@` on, in bytes of the expression's text.
    pub span: Span,
    /// Whether it is assigned to, not read.
    pub written: bool,
}

/// One mention of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnReference<'a> {
    /// What is named.
    pub column: Column<'a>,
    /// Where, in bytes of the expression's text.
    pub span: Span,
}

/// Collects what an expression names.
#[must_use]
pub fn references<'a>(ast: &Ast<'a>) -> References<'a> {
    let mut found = References::default();
    let written = written(ast);
    for (index, node) in ast.nodes.iter().enumerate() {
        match &node.kind {
            NodeKind::Variable(variable) => {
                let written = written.binary_search(&index).is_ok();
                found.variables.push(VariableReference { variable: *variable, span: node.span, written });
            }
            NodeKind::Column(column) => found.columns.push(ColumnReference { column: column.clone(), span: node.span }),
            _ => {}
        }
    }
    found
}

/// Indices of the variables that are assigned to, in order.
fn written(ast: &Ast<'_>) -> Vec<usize> {
    let assignments = ast.nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Assign);
    let mut targets: Vec<usize> = assignments.filter_map(|(index, _)| ast.operands(index).first().copied()).collect();
    targets.sort_unstable();
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_reading_from_writing_and_parameters_from_variables() {
        let ast =
            Ast::parse_assignment("@[User::N] = @N + @[$Project::Step] + (DT_I4)[Source].[Col ü] + #{Package\\DFT.Outputs[O].Columns[C]}").expect("parses");
        let found = references(&ast);
        let variables: Vec<_> = found.variables.iter().map(|found| (found.variable.qualified, found.variable.is_parameter(), found.written)).collect();
        assert_eq!(variables, [("User::N", false, true), ("N", false, false), ("$Project::Step", true, false)]);
        let spelled: Vec<_> = found.columns.iter().map(|found| &ast.text()[found.span.start as usize..found.span.end as usize]).collect();
        assert_eq!(spelled, ["[Source].[Col ü]", "#{Package\\DFT.Outputs[O].Columns[C]}"]);
        assert_eq!(found.variables[0].span, Span::new(0, 10));
    }

    #[test]
    fn finds_every_target_of_a_chain_of_assignments() {
        let ast = Ast::parse_assignment("@A = @B := @C").expect("parses");
        let written: Vec<_> = references(&ast).variables.iter().map(|found| found.written).collect();
        assert_eq!(written, [true, true, false]);
    }
}
