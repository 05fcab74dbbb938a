using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The validators of columns, by category.</summary>
internal static class TableValidators
{
    private const string Timestamp = "timestamp", SequenceId = "sequence_id";

    /// <summary>The validators in the order of the report.</summary>
    /// <param name="specification">The specification.</param>
    /// <param name="scratch">The folder of scratch files.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<IRowValidator> Of(
        IngestSpecification specification, string scratch, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(specification);
        var nulls = RecordSource.NullsOf(specification);
        var sequences = Declared(specification, SequenceId) is { } id ? new SequenceRows(id, nulls) : null;
        var validators = specification.Rules.Validators.Select(name => name switch
        {
            ValidatorName.Data when specification.Schema.Count > 0 =>
                new DataValidator(DataColumns(specification), nulls),
            ValidatorName.NumericColumns => new NumericColumnsValidator(NumericColumns(specification)),
            ValidatorName.TimeToEvent => TimeToEvent(specification, nulls),
            ValidatorName.Label or ValidatorName.NumericLabel or ValidatorName.SequenceLabel
                when LabelOf(specification) is { } label => OfLabel(name, label, specification, sequences, scratch),
            _ when Declared(specification, Timestamp) is { } timestamp =>
                OfTime(name, new(timestamp, nulls, sequences, time)),
            _ => null,
        });
        return
        [
            .. validators.OfType<IRowValidator>(),
            .. specification.DataId.Column is { } column ? [new DataIdValidator(column, nulls, scratch)]
                : Array.Empty<IRowValidator>(),
        ];
    }

    private static IRowValidator? OfLabel(
        ValidatorName name, Column label, IngestSpecification specification, SequenceRows? sequences, string scratch)
    {
        var nulls = RecordSource.NullsOf(specification);
        return name switch
        {
            ValidatorName.Label => new LabelValidator(
                label,
                nulls,
                specification.Rules.Label == LabelRule.Required,
                Declared(specification, label.Name) is not null),
            ValidatorName.NumericLabel when specification is { Label.Bucket: { } bins, Intent: Intent.Train } =>
                new NumericLabelValidator(label, nulls, bins, scratch),
            ValidatorName.SequenceLabel when sequences is not null =>
                new SequenceLabelValidator(sequences, label, nulls),
            _ => null,
        };
    }

    private static IRowValidator? OfTime(ValidatorName name, Times times) => name switch
    {
        ValidatorName.TimeFormat => new TimeFormatValidator(times.Column, times.Nulls),
        ValidatorName.TimeOrdered => new TimeOrderedValidator(times.Column, times.Nulls),
        ValidatorName.TimeBeforeToday => new TimeBeforeTodayValidator(times.Column, times.Nulls, times.Clock),
        ValidatorName.SequenceId when times.Sequences is { } sequences => new SequenceIdValidator(sequences),
        ValidatorName.SequenceOrder when times.Sequences is { } sequences =>
            new SequenceOrderValidator(sequences, times.Column, times.Nulls),
        _ => null,
    };

    private static TimeToEventValidator? TimeToEvent(IngestSpecification specification, NullWords nulls)
    {
        if (specification.TimeColumn is not { } name) return null;
        var declared = Declared(specification, name);
        return new(declared ?? new(name, new SqlType(SqlBase.Double)), nulls, declared is not null);
    }

    // Times of a forecast are checked by their own validators.
    private static List<Column> DataColumns(IngestSpecification specification) =>
    [
        .. specification.Schema.Where(column =>
            !(specification.Rules.Validators.Contains(ValidatorName.TimeFormat) && column.Name == Timestamp)),
    ];

    private static List<Column> NumericColumns(IngestSpecification specification) =>
        [.. specification.Features.Where(column => column.Name is not (Timestamp or SequenceId))];

    private static Column? LabelOf(IngestSpecification specification) =>
        specification.Label is { } label && LabelColumn.TypeOf(specification) is { } type
            ? new(label.Column, type)
            : null;

    private static Column? Declared(IngestSpecification specification, string name) =>
        specification.Schema.FirstOrDefault(column => ColumnName.AreSame(column.Name, name));

    private sealed record Times(Column Column, NullWords Nulls, SequenceRows? Sequences, TimeProvider Clock);
}
