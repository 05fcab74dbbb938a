using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The parameters of a request: unknown ones, and those that come twice, are refused.</summary>
internal sealed class QueryParameters
{
    private readonly Dictionary<string, string> _values = [];

    /// <param name="query">The query of the address.</param>
    /// <param name="known">The names that the request may have.</param>
    /// <exception cref="QueryException">There is another one.</exception>
    public QueryParameters(IQueryCollection query, params IReadOnlyList<string> known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
                throw QueryException.BadRequest(
                    $"parameter \"{name}\" is not known here; the parameters are {string.Join(", ", known)}");
            if (values is not [{ } value])
                throw QueryException.BadRequest($"parameter {name} is there {values.Count} times; write it once");
            _values[name] = value;
        }
    }

    /// <returns>Null where it is absent or empty, which means the same to Kubernetes.</returns>
    public string? Text(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    /// <exception cref="QueryException">It is neither true nor false.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        { } text => throw QueryException.BadRequest($"{name} \"{text}\" is neither true nor false"),
    };

    /// <exception cref="QueryException">It is no whole number from 0 on.</exception>
    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw QueryException.BadRequest($"{name} \"{text}\" is not a whole number from 0 to {int.MaxValue}");
}
