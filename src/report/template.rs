//! The JSON document through a template of the user's own, in the language of minijinja.

use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, Output, State, Value, escape_formatter};

use super::{Report, escape, json};

/// Name under which the template shows up in its error messages.
const NAME: &str = "template";

/// Renders the template with the keys of the JSON document.
///
/// A text is written harmless for one line of a terminal or a log. `{% autoescape "html" %}`, for HTML and XML, escapes markup too; the filters
/// `markdown`, `github` and `azure` escape for their media, `tojson` writes a value as JSON; `safe` writes a text as it is.
///
/// # Errors
///
/// [`io::ErrorKind::InvalidInput`] when the template does not work; what `out` gives back.
pub fn write_template(source: &str, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut environment = Environment::new();
    environment.set_formatter(format);
    environment.add_filter("tojson", to_json);
    environment.add_filter("markdown", |text: &str| Value::from_safe_string(escape::markdown(text)));
    environment.add_filter("github", |text: &str| Value::from_safe_string(escape::github_property(text)));
    environment.add_filter("azure", |text: &str| Value::from_safe_string(escape::azure_property(text)));
    environment.add_template(NAME, source).map_err(invalid)?;
    let text = environment.get_template(NAME).and_then(|template| template.render(Value::from(Serde(json::document(report))))).map_err(invalid)?;
    out.write_all(text.as_bytes())
}

/// A value as JSON, harmless already.
fn to_json(value: &Value) -> Result<Value, Error> {
    let mut bytes = Vec::new();
    let error = |source: String| Error::new(ErrorKind::BadSerialization, source);
    escape::json(value, &mut bytes).map_err(|failure| error(failure.to_string()))?;
    String::from_utf8(bytes).map(Value::from_safe_string).map_err(|failure| error(failure.to_string()))
}

/// Writes one value: what is not marked safe goes through [`escape::line`] first.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_safe() || value.is_undefined() {
        return escape_formatter(out, state, value);
    }
    escape_formatter(out, state, &Value::from(escape::line(&value.to_string())))
}

/// The error with its line and reason, and what lies beneath it.
fn invalid(error: Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, Style, sample, write};

    fn render(source: &str) -> String {
        sample::render_with(Format::Template, &Style { template: Some(source.into()), ..Style::default() })
    }

    #[test]
    fn the_document_is_at_hand() {
        let text = render("{{ tool.name }} {{ summary.files }}{% for f in findings %} {{ f.id }}:{{ f.location.line }}{% endfor %}");
        assert_eq!(text, "ssislint 12 SSIS0101:1 SSIS0501:120");
    }

    #[test]
    fn the_examples_work() {
        insta::assert_snapshot!(render(include_str!("../../testdata/report/templates/per-rule.txt.jinja")));
        let page = render(include_str!("../../testdata/report/templates/page.html.jinja"));
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let page = roxmltree::Document::parse_with_options(&page, options).expect("the page is well-formed XML as well");
        assert_eq!(page.descendants().filter(|node| node.has_tag_name("article")).count(), 2);
    }

    #[test]
    fn hostile_text_is_harmless() {
        let lines = "{% for f in findings %}{{ f.object }}\n{{ f.object|markdown }}\n{{ f.object|github }}\n{{ f.object|azure }}\n{{ f|tojson }}\n{% endfor %}";
        let html = include_str!("../../testdata/report/templates/page.html.jinja");
        for source in [lines, html] {
            let text = sample::render_hostile_with(Format::Template, &Style { template: Some(source.into()), ..Style::default() });
            sample::assert_harmless(&text);
            assert!(source == lines || !text.contains("<script"), "{text}");
        }
    }

    #[test]
    fn a_template_that_does_not_work_is_an_error() {
        let report = Report { targets: vec![], summary: Default::default(), findings: &[], errors: &[], suppressed: &[] };
        for template in [None, Some("{{ unclosed"), Some("{% for x in 1 %}{% endfor %}"), Some("{{ 1|nofilter }}")] {
            let style = Style { template: template.map(str::to_owned), ..Style::default() };
            let error = write(Format::Template, &report, &style, &[], &mut Vec::new()).expect_err("it does not work");
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        }
    }
}
