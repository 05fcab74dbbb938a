using System.Buffers;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.JobsManager.Tokens;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>The rules of a query: the keys of the call, each once, and the run's own table, intent and id.</summary>
internal static class QueryRules
{
    private const int LongestValue = 256;

    // No + and no ;, which servers read in different ways.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%");

    // A value of its own choice could carry the values of features out of the cluster.
    private static readonly IReadOnlyList<string> Formats =
        [.. Categories.All.Select(category => CentralReport.FormatOf(category.Format)).Distinct()];

    /// <param name="call">The call.</param>
    /// <param name="query">The query as it was sent; null without a question mark.</param>
    /// <param name="claims">The rights of the run.</param>
    /// <returns>Null for a query that may pass.</returns>
    public static Refusal? Refusal(CentralCall call, string? query, RunClaims claims)
    {
        if (query is null && call.QueryKeys.Count == 0) return null;
        string[][] pairs = [.. (query ?? "").Split('&').Select(pair => pair.Split('='))];
        if (pairs.Length != call.QueryKeys.Count || pairs.Any(pair => pair.Length != 2)
            || !call.QueryKeys.All(key => pairs.Count(pair => pair[0] == key) == 1))
            return new(400, call.QueryKeys.Count == 0
                ? $"the {call.Name} call has no query"
                : $"the query of the {call.Name} call has each of {string.Join(", ", call.QueryKeys)} once");
        return pairs.Select(pair => Refusal(pair[0], pair[1], claims)).FirstOrDefault(each => each is not null);
    }

    private static Refusal? Refusal(string key, string value, RunClaims claims) => key switch
    {
        _ when !IsPlain(value) => new(
            400, $"the value of {key} has other characters than a URL's, or none, or more than {LongestValue}"),
        "table_name" when value != claims.Table =>
            new(403, $"the token of run {claims.Key} is for table {claims.Table} alone"),
        "data_intent" when value != claims.Intent =>
            new(403, $"the token of run {claims.Key} is for the intent {claims.Intent} alone"),
        "injestor_id" when value != claims.IngestorId =>
            new(403, $"the token of run {claims.Key} is for injestor_id {claims.IngestorId} alone"),
        "category" when Categories.Find(value) is null => new(400, "the value of category is none of ingest.v1"),
        "data_format" when !Formats.Contains(value) =>
            new(400, $"the value of data_format is none of {string.Join(", ", Formats)}"),
        _ => null,
    };

    private static bool IsPlain(string value) => value.Length is > 0 and <= LongestValue
        && !value.AsSpan().ContainsAnyExcept(Allowed) && IsDecodable(value);

    private static bool IsDecodable(string value)
    {
        for (var at = value.IndexOf('%', StringComparison.Ordinal); at >= 0; at = value.IndexOf('%', at + 1))
            if (at + 2 >= value.Length || !char.IsAsciiHexDigit(value[at + 1]) || !char.IsAsciiHexDigit(value[at + 2]))
                return false;
        return true;
    }
}
