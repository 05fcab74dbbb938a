using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestor.Loading;

/// <summary>Finds the columns of a table in a source, by the specification.</summary>
internal sealed class RowSource
{
    private readonly IngestSpecification _specification;
    private readonly RecordHeader _header;
    private readonly IReadOnlyDictionary<string, DateOrder> _dates;
    private readonly NullWords _nulls;

    /// <param name="specification">The data set.</param>
    /// <param name="header">The columns of the source.</param>
    /// <param name="dates">The order of day and month by column of the schema, as validation found it.</param>
    public RowSource(
        IngestSpecification specification, RecordHeader header, IReadOnlyDictionary<string, DateOrder> dates)
    {
        (_specification, _header, _dates) = (specification, header, dates);
        _nulls = RecordSource.NullsOf(specification);
        FileIndex = specification.Rules.Folders is [] ? -1 : header.Find("filename");
        IdIndex = specification.DataId.Column is { } column ? header.Find(column) : -1;
        Columns = [.. Standard(), .. specification.Features.Select(Feature)];
    }

    /// <summary>The columns of the table whose values come from the source, but for the id and the file.</summary>
    public IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>The column of the rows' files in the source; -1 where rows have none.</summary>
    public int FileIndex { get; }

    /// <summary>The column of the rows' ids in the source; -1 where ids are derived.</summary>
    public int IdIndex { get; }

    private IEnumerable<SourceColumn> Standard()
    {
        var rules = _specification.Rules;
        if (_specification.Label is { } label)
            yield return Of("label", label.Column, rules.LabelIsText ? SqlBase.Text : SqlBase.VarChar);
        if (rules.AnnotationColumn is { } annotation)
            yield return Of("annotation", annotation, SqlBase.Text);
        if (rules.HasMaskColumn)
            yield return Of("mask_id", "mask_id", SqlBase.VarChar);
    }

    private SourceColumn Feature(Column column) => new(column.Name, _header.Find(column.Name), ReaderOf(column));

    // A label that the schema declares is stored in that type's form.
    private SourceColumn Of(string name, string column, SqlBase otherwise)
    {
        const int longest = 255;
        var declared = _specification.Schema.FirstOrDefault(one => ColumnName.AreSame(one.Name, column));
        var type = otherwise == SqlBase.Text ? new SqlType(otherwise) : new SqlType(otherwise, longest);
        return new SourceColumn(
            name, _header.Find(column), declared is null ? ValueReader.For(type, _nulls) : ReaderOf(declared));
    }

    private ValueReader ReaderOf(Column column) =>
        ValueReader.For(column.Type, _nulls, _dates.GetValueOrDefault(column.Name, DateOrder.Unknown));
}
