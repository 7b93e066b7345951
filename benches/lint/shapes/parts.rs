//! What packages are written with.

use std::fmt::Write;

/// Parts of a package, each as it stands in the file.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) connections: String,
    pub(super) configurations: String,
    pub(super) parameters: String,
    pub(super) variables: String,
    pub(super) executables: String,
    pub(super) constraints: String,
    pub(super) handlers: String,
    /// Further attributes of the package.
    pub(super) attributes: String,
}

impl Parts {
    pub(super) fn package(self) -> String {
        let Self { connections, configurations, parameters, variables, executables, constraints, handlers, attributes } = self;
        let enable = if configurations.is_empty() { "" } else { " DTS:EnableConfig=\"True\"" };
        format!(
            "<DTS:Executable xmlns:DTS=\"www.microsoft.com/SqlServer/Dts\" xmlns:SQLTask=\"www.microsoft.com/sqlserver/dts/tasks/sqltask\" DTS:refId=\"Package\" \
             DTS:CreationName=\"Microsoft.Package\" DTS:ExecutableType=\"Microsoft.Package\" DTS:DTSID=\"{{00000001-0000-0000-0000-000000000000}}\" \
             DTS:ObjectName=\"Package\" DTS:ProtectionLevel=\"0\"{enable}{attributes}>\n<DTS:Property DTS:Name=\"PackageFormatVersion\">8</DTS:Property>\n\
             <DTS:ConnectionManagers>\n{connections}</DTS:ConnectionManagers>\n<DTS:Configurations>\n{configurations}</DTS:Configurations>\n\
             <DTS:PackageParameters>\n{parameters}</DTS:PackageParameters>\n<DTS:Variables>\n{variables}</DTS:Variables>\n\
             <DTS:Executables>\n{executables}</DTS:Executables>\n<DTS:PrecedenceConstraints>\n{constraints}</DTS:PrecedenceConstraints>\n\
             <DTS:EventHandlers>\n{handlers}</DTS:EventHandlers>\n</DTS:Executable>\n"
        )
    }

    pub(super) fn connection(&mut self, number: usize, kind: &str, string: &str) {
        let expression = format!("<DTS:PropertyExpression DTS:Name=\"ConnectionString\">{string}</DTS:PropertyExpression>");
        let expression = if string.starts_with('"') || string.starts_with('@') { expression.as_str() } else { "" };
        add(
            &mut self.connections,
            format_args!(
                "<DTS:ConnectionManager DTS:refId=\"Package.ConnectionManagers[Manager {number}]\" DTS:CreationName=\"{kind}\" DTS:DTSID=\"{}\" \
                 DTS:ObjectName=\"Manager {number}\">{expression}<DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString='{string}' />\
                 </DTS:ObjectData></DTS:ConnectionManager>\n",
                guid(1, number)
            ),
        );
    }

    pub(super) fn database(&mut self, number: usize) {
        self.connection(number, "OLEDB", &format!("Data Source=sql{number:05};Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;"));
    }

    pub(super) fn workbook(&mut self) {
        self.connection(0, "EXCEL", "Provider=Microsoft.ACE.OLEDB.12.0;Data Source=\\\\files\\drop\\Orders.xlsx;Extended Properties=\"Excel 12.0\";");
    }

    pub(super) fn variable(&mut self, name: &str, kind: usize, value: &str, expression: &str) {
        let number = self.variables.len();
        let evaluated = if expression.is_empty() { String::new() } else { format!(" DTS:EvaluateAsExpression=\"True\" DTS:Expression='{expression}'") };
        add(
            &mut self.variables,
            format_args!(
                "<DTS:Variable DTS:CreationName=\"\" DTS:DTSID=\"{}\" DTS:Namespace=\"User\" DTS:ObjectName=\"{name}\"{evaluated}>\
                 <DTS:VariableValue DTS:DataType=\"{kind}\">{value}</DTS:VariableValue></DTS:Variable>\n",
                guid(2, number)
            ),
        );
    }

    pub(super) fn parameter(&mut self, number: usize) {
        add(
            &mut self.parameters,
            format_args!(
                "<DTS:PackageParameter DTS:DTSID=\"{}\" DTS:ObjectName=\"P{number}\" DTS:DataType=\"8\"><DTS:Property DTS:DataType=\"8\" \
                 DTS:Name=\"ParameterValue\">x{number}</DTS:Property></DTS:PackageParameter>\n",
                guid(5, number)
            ),
        );
    }

    pub(super) fn configuration(&mut self, number: usize, kind: u32, string: &str, target: &str) {
        add(
            &mut self.configurations,
            format_args!(
                "<DTS:Configuration DTS:ConfigurationString='{string}' DTS:ConfigurationType=\"{kind}\" DTS:ConfigurationVariable=\"{target}\" \
                 DTS:DTSID=\"{}\" DTS:ObjectName=\"Configuration {number}\" />\n",
                guid(6, number)
            ),
        );
    }

    pub(super) fn executable(&mut self, path: &str, kind: &str, content: &str) {
        executable(&mut self.executables, path, kind, content);
    }

    pub(super) fn constraint(&mut self, from: &str, to: &str, condition: &str) {
        let number = self.constraints.len();
        let condition = if condition.is_empty() { String::new() } else { format!(" DTS:EvalOp=\"3\" DTS:Expression='{condition}'") };
        add(
            &mut self.constraints,
            format_args!(
                "<DTS:PrecedenceConstraint DTS:refId=\"Package.PrecedenceConstraints[C{number}]\" DTS:From=\"{from}\" DTS:To=\"{to}\" \
                 DTS:LogicalAnd=\"True\" DTS:ObjectName=\"C{number}\"{condition} />\n"
            ),
        );
    }
}

/// Formatting into a string cannot fail.
pub(super) fn add(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("internal error: writing to a string fails");
}

pub(super) fn guid(kind: usize, number: usize) -> String {
    format!("{{{number:08X}-000{kind}-4000-8000-000000000000}}")
}

pub(super) fn executable(out: &mut String, path: &str, kind: &str, content: &str) {
    let name = path.rsplit('\\').next().unwrap_or(path);
    let number = out.len();
    add(
        out,
        format_args!(
            "<DTS:Executable DTS:refId=\"{path}\" DTS:CreationName=\"{kind}\" DTS:ExecutableType=\"{kind}\" DTS:DTSID=\"{}\" \
             DTS:ObjectName=\"{name}\">{content}</DTS:Executable>\n",
            guid(3, number)
        ),
    );
}

/// An Execute SQL Task on the manager of that number.
pub(super) fn sql(manager: usize, statement: &str) -> String {
    format!("<DTS:ObjectData><SQLTask:SqlTaskData SQLTask:Connection=\"{}\" SQLTask:SqlStatementSource=\"{statement}\" /></DTS:ObjectData>", guid(1, manager))
}

pub(super) const SQL_TASK: &str = "Microsoft.ExecuteSQLTask";

pub(super) fn task(number: usize) -> String {
    format!("Package\\Task {number}")
}
