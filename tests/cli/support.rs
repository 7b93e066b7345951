//! Runs the program in a folder.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A package that has nothing wrong with it.
pub(crate) const GOOD: &str = r#"<?xml version="1.0"?>
<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:refId="Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Good" DTS:ProtectionLevel="0">
<DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>
</DTS:Executable>"#;

/// A package with one finding, `server-storage-in-file`, an error.
pub(crate) fn bad() -> String {
    GOOD.replace("DTS:ProtectionLevel=\"0\"", "DTS:ProtectionLevel=\"5\"")
}

/// A package with one finding, `user-key-level`, an info.
pub(crate) fn advised() -> String {
    GOOD.replace("DTS:ProtectionLevel=\"0\"", "DTS:ProtectionLevel=\"1\"")
}

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// Names of the rules of the findings, in the order of the report; for `--format json`.
    pub(crate) fn rules(&self) -> Vec<String> {
        let report = self.json();
        let findings = report["findings"].as_array().expect("findings");
        findings.iter().map(|finding| finding["rule"].as_str().expect("a name").to_owned()).collect()
    }
}

/// A command in a folder. Variables of the environment that change the output are not passed on.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("ssislint").expect("the program");
    for variable in ["NO_COLOR", "COLUMNS", "GITHUB_ACTIONS", "RAYON_NUM_THREADS"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).args(arguments);
    command
}

/// Runs to the end.
pub(crate) fn finish(mut command: Command) -> Run {
    let output = command.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code().expect("an exit code"), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    finish(command(folder, arguments))
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    folder
}

/// The demo project.
pub(crate) fn demo() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/demo"))
}
