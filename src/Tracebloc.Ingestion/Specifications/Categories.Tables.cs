using static Tracebloc.Ingestion.Specifications.ValidatorName;

namespace Tracebloc.Ingestion.Specifications;

public static partial class Categories
{
    private static CategoryRules[] OfTables() =>
    [
        Table("tabular_classification", LabelRule.Required, Data, Label) with { AllowsFeatureModification = true },
        Table("tabular_regression", LabelRule.RequiredWithPolicy, Data, Label, NumericLabel),
        Table(
            "time_series_forecasting",
            LabelRule.RequiredWithPolicy,
            TimeFormat, TimeOrdered, TimeBeforeToday, NumericColumns, Data, Label, NumericLabel) with
        {
            Columns = [new("timestamp", IsTimestamp: true)],
        },
        Table(
            "time_series_classification",
            LabelRule.Required,
            SequenceId, SequenceOrder, SequenceLabel, NumericColumns, Data, Label) with
        {
            Columns = [new("sequence_id"), new("timestamp", IsTimestamp: true, MayBeNumeric: true)],
        },
        Table("time_to_event_prediction", LabelRule.RequiredWithPolicy, TimeToEvent, Data, Label, NumericLabel) with
        {
            HasTimeColumn = true,
        },
    ];

    private static CategoryRules Table(string name, LabelRule label, params IReadOnlyList<ValidatorName> validators) =>
        new(name, DataFormat.Tabular, label) { NeedsSchema = true, Validators = [.. validators, Duplicate] };
}
