using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>A list that a request asks for.</summary>
/// <param name="Selection">The objects.</param>
/// <param name="Limit">The most objects of the page.</param>
internal sealed record ListRequest(Selection Selection, int Limit)
{
    public const int DefaultLimit = 100, MostObjects = 1000;

    private const string Labels = "labelSelector", Fields = "fieldSelector", Size = "limit", Continue = "continue";

    private static readonly string[] Names = [Labels, Fields, Size, Continue, .. ReadParameters.Names];

    /// <summary>The last row of the page before; null for the first page.</summary>
    public RowPosition? After { get; private init; }

    /// <summary>The parts of the request that a token belongs to.</summary>
    public required IReadOnlyList<string?> Identity { get; init; }

    /// <exception cref="QueryException">A parameter is unknown or malformed, or cannot be had.</exception>
    public static ListRequest Read(Kind kind, string? ns, IQueryCollection query)
    {
        var parameters = new QueryParameters(query, Names);
        ReadParameters.Check(parameters);
        var selection = Selected(kind, ns, parameters);
        string?[] identity =
        [
            kind.Group, kind.Plural, ns, parameters.Text(Labels), parameters.Text(Fields),
            ((int)selection.States).ToString(CultureInfo.InvariantCulture),
        ];
        return new ListRequest(selection, LimitOf(parameters.Number(Size)))
        {
            Identity = identity,
            After = parameters.Text(Continue) is { } token ? ContinueToken.Read(token, identity) : null,
        };
    }

    /// <exception cref="QueryException">A selector or the state is malformed.</exception>
    public static Selection Selected(Kind kind, string? ns, QueryParameters parameters) => new(kind, ns)
    {
        Labels = SelectorText.Labels(parameters.Text(Labels)),
        Fields = SelectorText.Fields(parameters.Text(Fields)),
        States = StateFilter.Read(parameters.Text(ReadParameters.State)),
    };

    /// <summary>Kubernetes' limit is the most that may come, and 0 is none: a page may be shorter.</summary>
    private static int LimitOf(int? asked) => asked is null or 0 ? DefaultLimit : Math.Min(asked.Value, MostObjects);
}
