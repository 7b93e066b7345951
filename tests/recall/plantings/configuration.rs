//! Faults of configurations, variables and expressions.

use super::{INPUT, RESULT, computed, plain_sql};
use crate::recall::classes::SQL;
use crate::recall::plant::Plant;

pub(super) fn configuration_warning_suppressed(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    plant.set("SuppressConfigurationWarnings", on);
}

pub(super) fn variable_expression_readonly_write(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    plant.variable("Planted", "3", "0", &[("ReadOnly", on)]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, "SELECT 1", "SQLTask:ResultType=\"ResultSetType_SingleRow\"", RESULT);
}

pub(super) fn registry_configuration(plant: &mut Plant<'_>) {
    let target = "\\Package.Variables[User::Region].Properties[Value]";
    let kind = plant.one_of(&["3"]);
    plant.configuration(kind, "Contoso\\Region", target);
}

pub(super) fn configuration_path_absolute(plant: &mut Plant<'_>) {
    let path = plant.one_of(&["D:\\Config\\Load.dtsConfig", "c:/config/load.dtsConfig"]);
    plant.configuration("1", path, "");
}

pub(super) fn configuration_target_missing(plant: &mut Plant<'_>) {
    plant.configuration("2", "ETL_REGION", "\\Package.Variables[User::Regoin].Properties[Value]");
}

pub(super) fn configuration_in_project_model(plant: &mut Plant<'_>) {
    plant.configuration("2", "ETL_SALES", "\\Package.Connections[Sales].Properties[ConnectionString]");
}

pub(super) fn variable_reference_missing(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["\"EXEC dbo.\" + @[User::Tabel]", "\"EXEC dbo.\"+@Tabel", "@[User::tabel]"]);
    let connection = plant.database();
    let expression = Plant::property_expression("SqlStatementSource", expression);
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[], &expression, &data);
}

pub(super) fn variable_expression_recursion(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["@[User::Planted] + \"x\"", "@Planted", "UPPER( @[User::Planted] )"]);
    computed(plant, "8", expression, true);
}

pub(super) fn variable_expression_off(plant: &mut Plant<'_>) {
    computed(plant, "8", "\"Region \" + @[System::PackageName]", false);
}

pub(super) fn expression_syntax(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["\"C:\\temp\" + \"\\q\"", "1 +", "'x'", "@[User::", "(DT_WSTR 10) 1", "TRIM(\"a\"", "\"a\" & \"b\" &", "#"]);
    computed(plant, "8", expression, true);
}

pub(super) fn expression_type(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["\"a\" + 1", "1 + \"a\"", "TRUE + 1", "-\"x\""]);
    computed(plant, "8", expression, true);
}

pub(super) fn parameter_reference_missing(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["@[$Project::Missing]", "@[$Package::Missing]", "\"x\" + @[$Project::Missing]"]);
    computed(plant, "8", expression, true);
}

pub(super) fn variable_write_race(plant: &mut Plant<'_>) {
    plant.variable("Planted", "3", "0", &[]);
    let connection = plant.database();
    let writers =
        ["Planted A", "Planted B"].map(|name| plant.sql_task(name, &connection, "SELECT 1", "SQLTask:ResultType=\"ResultSetType_SingleRow\"", RESULT));
    let reader = plant.sql_task("Planted Use", &connection, "EXEC dbo.Refresh ?", "", INPUT);
    writers.iter().for_each(|writer| plant.constraint(writer, &reader, &[]));
}
