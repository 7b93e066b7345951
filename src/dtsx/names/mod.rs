//! Canonical names: what the many spellings of task, enumerator, log provider and component types mean.

mod component_guids;
mod executables;

use std::borrow::Cow;

pub(super) use executables::{enumerator_kind, executable_kind, log_provider_kind};

/// Class that all managed components share; the component is named by its property `UserComponentTypeName`.
pub(super) const MANAGED_HOST: &str = "Microsoft.ManagedComponentHost";

/// Canonical class of a native component: the GUIDs of 2005 to 2012 and the ProgIDs of 2012 become the `Microsoft.…` names of later designers.
/// Anything else stays as written.
pub(super) fn component_class<'a>(written: &Cow<'a, str>) -> Cow<'a, str> {
    let known = if written.starts_with('{') { by_guid(written) } else { by_prog_id(written) };
    known.unwrap_or_else(|| written.clone())
}

fn by_guid<'a>(written: &str) -> Option<Cow<'a, str>> {
    let guid = written.trim().trim_matches(['{', '}']).to_ascii_uppercase();
    let index = component_guids::COMPONENT_CLASSES.binary_search_by(|(candidate, _)| (*candidate).cmp(&guid)).ok()?;
    Some(Cow::Borrowed(component_guids::COMPONENT_CLASSES[index].1))
}

/// Reads `DTSAdapter.OLEDBSource.3` as `Microsoft.OLEDBSource`: the middle part is the later name, but for a few.
fn by_prog_id<'a>(written: &str) -> Option<Cow<'a, str>> {
    let (stem, version) = written.rsplit_once('.')?;
    if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return (written.eq_ignore_ascii_case("Attunity.SSISODBCSrc").then_some("Microsoft.SSISODBCSrc"))
            .or_else(|| written.eq_ignore_ascii_case("Attunity.SSISODBCDst").then_some("Microsoft.SSISODBCDst"))
            .map(Cow::Borrowed);
    }
    let name = match stem {
        "DTSTransform.BestMatch" => "FuzzyLookup",
        "DTSTransform.GroupDups" => "FuzzyGrouping",
        "DTSTransform.BalancedDataDistributor" => "BDD",
        "AttunitySSISODBCSrc" => "SSISODBCSrc",
        "AttunitySSISODBCDst" => "SSISODBCDst",
        "DTS.ManagedComponentWrapper" => "ManagedComponentHost",
        _ => match stem.split_once('.')? {
            ("DTSAdapter" | "DTSTransform" | "TxFileInserter" | "TxFileExtractor" | "MSMDPP", name) => name,
            _ => return None,
        },
    };
    Some(Cow::Owned(format!("Microsoft.{name}")))
}

/// The type name of an assembly-qualified name: all before the first comma.
pub(super) fn type_name<'a>(written: &Cow<'a, str>) -> Cow<'a, str> {
    match written {
        Cow::Borrowed(text) => Cow::Borrowed(text.split(',').next().unwrap_or_default().trim()),
        Cow::Owned(text) => Cow::Owned(text.split(',').next().unwrap_or_default().trim().to_owned()),
    }
}

/// The name without the version that ProgIDs of the old designers end in: `DTS.Pipeline.1` as `DTS.Pipeline`.
fn without_version(written: &str) -> &str {
    match written.rsplit_once('.') {
        Some((stem, version)) if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) => stem,
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(written: &str) -> String {
        component_class(&Cow::Borrowed(written)).into_owned()
    }

    #[test]
    fn every_spelling_of_a_component_has_one_class() {
        assert_eq!(class("{b551fca8-23bd-4719-896f-d8f352a5283c}"), "Microsoft.ExcelSource");
        assert_eq!(class("DTSAdapter.ExcelSource.3"), "Microsoft.ExcelSource");
        assert_eq!(class("Microsoft.ExcelSource"), "Microsoft.ExcelSource");
        assert_eq!(class("DTSTransform.BestMatch.3"), "Microsoft.FuzzyLookup");
        assert_eq!(class("AttunitySSISODBCSrc.2"), "Microsoft.SSISODBCSrc");
        assert_eq!(class("Attunity.SSISODBCDst"), "Microsoft.SSISODBCDst");
        assert_eq!(class("{00000000-0000-0000-0000-000000000000}"), "{00000000-0000-0000-0000-000000000000}");
        assert_eq!(class("Acme.Source.7"), "Acme.Source.7");
    }

    #[test]
    fn every_class_of_the_guid_table_is_in_the_support_matrix() {
        use crate::support::{ClassKind, Standing, class};
        for (guid, name) in component_guids::COMPONENT_CLASSES {
            assert!(matches!(class(ClassKind::Component, name), Standing::Microsoft(_)), "{guid} {name}");
        }
    }

    #[test]
    fn the_guid_table_is_sorted() {
        assert!(component_guids::COMPONENT_CLASSES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
