using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The objects that a request is about.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Namespace">Their namespace; null: all.</param>
internal sealed record Selection(Kind Kind, string? Namespace)
{
    public LabelSelector Labels { get; init; } = LabelSelector.Everything;

    /// <summary>The requirement of <see cref="Labels"/> that few objects keep; null: none is known.</summary>
    public LabelRequirement? Rare { get; init; }

    public FieldSelector Fields { get; init; } = FieldSelector.Everything;

    public ObjectStates States { get; init; } = StateFilter.Present;

    /// <summary>The selection as SQL.</summary>
    /// <exception cref="QueryException">It cannot be translated.</exception>
    public SqlFilter Filter()
    {
        var fields = FieldSet.Of(Kind);
        return SqlFilter.And(
        [
            .. Namespace is { } space ? [FieldMatch.Equal(fields.All[1], space)] : (SqlFilter[])[],
            StateFilter.Of(States),
            .. Labels.Requirements.Count > 0 ? [LabelFilter.Of(Labels, Kind, Rare)] : (SqlFilter[])[],
            .. Fields.Terms.Count > 0 ? [FieldFilter.Of(Fields, fields)] : (SqlFilter[])[],
        ]);
    }
}
