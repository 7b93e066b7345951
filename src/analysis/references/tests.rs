use super::*;
use crate::finding::FileRef;

/// A package of format 8 around the given members.
fn package(members: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:refId="Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Load">
<DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>{members}</DTS:Executable>"#
    )
}

fn variable(namespace: &str, name: &str, more: &str) -> String {
    format!(
        r#"<DTS:Variable DTS:Namespace="{namespace}" DTS:ObjectName="{name}" {more}><DTS:VariableValue DTS:DataType="8">x</DTS:VariableValue></DTS:Variable>"#
    )
}

/// Every mention as `object property name access → what it comes to`.
fn mentions(text: &str) -> Vec<String> {
    let tree = crate::dtsx::parse(text, &crate::xml::Limits::default()).expect("well-formed");
    let document = crate::dtsx::read(&tree, FileRef { file: "Load.dtsx".into(), member: None }, true).expect("a package");
    let project = Project::new(vec![document], false, false);
    let found = References::new(&project, &project.documents[0], |_| true);
    let word = |resolution: &Resolution<'_, '_>| match resolution {
        Resolution::Variable(variable) => variable.path.clone(),
        Resolution::Parameter(parameter) => parameter.path.clone(),
        Resolution::System => "system".to_owned(),
        Resolution::CaseDiffers(name) => format!("case {name}"),
        Resolution::Ambiguous => "ambiguous".to_owned(),
        Resolution::Missing => "missing".to_owned(),
        Resolution::Unknown => "unknown".to_owned(),
    };
    let entries = found.entries.iter();
    entries.map(|entry| format!("{} {} {} {} → {}", entry.object, entry.property, entry.name, entry.access.as_str(), word(&entry.resolution))).collect()
}

fn expression_task(name: &str, own: &str, expression: &str) -> String {
    format!(
        r#"<DTS:Executable DTS:refId="Package\{name}" DTS:ExecutableType="Microsoft.ExpressionTask" DTS:ObjectName="{name}"><DTS:Variables>{own}</DTS:Variables>
<DTS:ObjectData><ExpressionTask Expression="{expression}" /></DTS:ObjectData></DTS:Executable>"#
    )
}

#[test]
fn the_nearest_scope_wins_and_letter_case_counts() {
    let outer = variable("User", "Folder", "") + &variable("User", "Rows", "") + &variable("Load", "Rows", "");
    let task = expression_task("T", &variable("User", "Folder", ""), "@[User::Folder] = @[User::folder] + @[User::Gone] + @Rows + @[System::PackageName]");
    let text = package(&format!("<DTS:Variables>{outer}</DTS:Variables><DTS:Executables>{task}</DTS:Executables>"));
    assert_eq!(
        mentions(&text),
        [
            r"Package\T Expression User::Folder write → Package\T.Variables[User::Folder]",
            r"Package\T Expression User::folder read → case User::Folder",
            r"Package\T Expression User::Gone read → missing",
            r"Package\T Expression Rows read → ambiguous",
            r"Package\T Expression System::PackageName read → system",
        ]
    );
}

#[test]
fn parameters_of_a_project_that_is_not_at_hand_are_unknown() {
    let parameter = r#"<DTS:PackageParameters><DTS:PackageParameter DTS:DataType="8" DTS:ObjectName="Day"><DTS:Property DTS:DataType="8" DTS:Name="ParameterValue">1</DTS:Property></DTS:PackageParameter></DTS:PackageParameters>"#;
    let variable = variable(
        "User",
        "A",
        r#"DTS:EvaluateAsExpression="True" DTS:Expression="@[$Package::Day] + @[$Package::day] + @[$Package::Week] + @[$Project::Host]""#,
    );
    let text = package(&format!("{parameter}<DTS:Variables>{variable}</DTS:Variables>"));
    let found: Vec<_> = mentions(&text).into_iter().filter_map(|line| line.split_once(" → ").map(|(_, end)| end.to_owned())).collect();
    assert_eq!(found, ["Package.Parameters[Day]", "case $Package::Day", "missing", "unknown"]);
}

#[test]
fn an_expression_that_is_switched_off_reads_nothing() {
    let variable = variable("User", "A", r#"DTS:Expression="@[User::Gone]""#);
    assert!(mentions(&package(&format!("<DTS:Variables>{variable}</DTS:Variables>"))).is_empty());
}

#[test]
fn the_span_of_a_part_is_exact_unless_the_file_writes_entities() {
    let task = expression_task("T", "", "@[User::A] = @[User::B]");
    let text = package(&format!("<DTS:Executables>{task}</DTS:Executables>"));
    let tree = crate::dtsx::parse(&text, &crate::xml::Limits::default()).expect("well-formed");
    let document = crate::dtsx::read(&tree, FileRef::default(), true).expect("a package");
    let project = Project::new(vec![document], false, false);
    let found = References::new(&project, &project.documents[0], |_| true);
    let spelled: Vec<_> = found.entries.iter().map(|entry| &text[entry.span.start as usize..entry.span.end as usize]).collect();
    assert_eq!(spelled, ["@[User::A]", "@[User::B]"]);
}
