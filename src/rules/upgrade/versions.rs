//! Versions of SQL Server, as projects and packages name them.

use crate::model::Project;
use crate::span::Span;

/// The year of `SQLServer2019`, or of `150` as a manifest writes it; none for anything else.
pub(super) fn year(written: &str) -> Option<u16> {
    let written = written.trim();
    let digits = written.get(.."SQLServer".len()).filter(|start| start.eq_ignore_ascii_case("SQLServer")).and_then(|start| written.get(start.len()..));
    match digits.unwrap_or(written).parse().ok()? {
        110 => Some(2012),
        120 => Some(2014),
        130 => Some(2016),
        140 => Some(2017),
        150 => Some(2019),
        160 => Some(2022),
        170 => Some(2025),
        year @ 2012..=2099 => Some(year),
        _ => None,
    }
}

/// The version that all configurations of the project are built for, with the document and the place that say so; none when they differ.
pub(super) fn of_project(project: &Project<'_>) -> Option<(u16, usize, Span)> {
    let (document, file) = project.file_with_index()?;
    let mut years = file.target_server_versions.iter().filter_map(|text| Some((year(text.as_str())?, text.span)));
    let (first, span) = years.next()?;
    years.all(|(other, _)| other == first).then_some((first, document, span))
}

#[cfg(test)]
mod tests {
    use super::year;

    #[test]
    fn years() {
        assert_eq!(year("SQLServer2019"), Some(2019));
        assert_eq!(year(" sqlserver2025 "), Some(2025));
        assert_eq!(year("150"), Some(2019));
        assert_eq!((year(""), year("é"), year("SQLServer"), year("Latest")), (None, None, None, None));
    }
}
