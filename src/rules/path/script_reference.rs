//! `script-reference`: an assembly that the server may not have.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::script::{self, Kind};
use crate::model::{ExecutableId, Package, Script, ScriptItem};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0314",
    name: "script-reference",
    category: Category::Path,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "a script refers to an assembly that must be installed where it runs",
    page: include_str!("../../../rules/script-reference.md"),
    check: Check::Executable(check),
};

/// Folders whose assemblies come with Windows, .NET or SQL Server, in lower case.
const INSTALLED: [&str; 5] = ["\\gac", "\\assembly\\", "\\microsoft.net\\", "\\reference assemblies\\", "\\microsoft sql server\\"];

/// Beginnings of names of assemblies that come with desktop software.
const DESKTOP: [&str; 3] = ["Microsoft.Office.Interop", "office,", "ADODB"];

/// Assemblies that .NET Framework has had since 4.7.1 at the latest: older projects took them from a package.
const IN_FRAMEWORK: [&str; 3] = ["System.Net.Http", "System.Runtime.InteropServices.RuntimeInformation", "System.ValueTuple"];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let scripts = package.executable(id).scripts().filter(|_| package.is_enabled(id));
    for (object, script) in scripts.filter(|(_, script)| !loads_by_itself(script)) {
        if let Some((name, item)) = script.items.iter().find_map(|item| Some((far_reference(item)?, item))) {
            let message = format!(
                "the script refers to `{name}`: where it is not in the global assembly cache, the script throws an exception (0xC00291B1, \"Could not load file or assembly\")"
            );
            let report = Report::new(object, item.source.span, message).property("ScriptCode").confidence(Confidence::Medium).discriminator(name);
            sink.report(report.help("install the assembly into the cache of every server, or do without it"));
        }
    }
}

/// Whether the script finds assemblies outside of the cache by its own code.
fn loads_by_itself(script: &Script<'_>) -> bool {
    let loads = |source: &str| ["AssemblyResolve", "Assembly.Load"].iter().any(|call| source.contains(call));
    let mut sources = script.items.iter().filter(|item| item.is_code()).map(|item| item.source.as_str());
    sources.any(|source| loads(source) && loads(&script::only(source, &[Kind::Code])))
}

/// The first assembly of a project file that comes neither with .NET nor with SQL Server.
fn far_reference<'i>(item: &'i ScriptItem<'_>) -> Option<&'i str> {
    let project = [".csproj", ".vbproj"].iter().any(|end| item.name.to_ascii_lowercase().ends_with(end));
    let text = item.source.value.as_ref();
    let mut references = text.split("<Reference ").skip(1).filter(|_| project).map(|rest| rest.split("</Reference>").next().unwrap_or(rest));
    references.find_map(|reference| {
        let name = reference.split("Include=\"").nth(1)?.split('"').next()?;
        let hint = reference.split("<HintPath>").nth(1).and_then(|rest| rest.split('<').next()).map(str::to_ascii_lowercase);
        let by_path = hint.is_some_and(|hint| !INSTALLED.iter().any(|folder| hint.contains(folder)));
        let short = name.split(',').next().unwrap_or(name);
        let far = (by_path && !IN_FRAMEWORK.contains(&short)) || DESKTOP.iter().any(|start| name.starts_with(start));
        far.then_some(short)
    })
}
