using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.JobsManager.Tokens;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>
/// The rules of a query: the keys of the call, each once, the run's own table, intent and id, and words of ingest.v1.
/// Values are compared as they were sent, and none has a letter that a URL escapes. A text of the run's choice could
/// carry the values of features out of the cluster.
/// </summary>
internal static class QueryRules
{
    private static readonly string[] Formats =
        [.. Categories.All.Select(category => category.FormatName).Distinct()];

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
        "table_name" => OfOther(value, claims.Table, $"table {claims.Table}", claims),
        "data_intent" => OfOther(value, claims.Intent, $"the intent {claims.Intent}", claims),
        "injestor_id" => OfOther(value, claims.IngestorId, $"injestor_id {claims.IngestorId}", claims),
        "category" when Categories.Find(value) is null => new(400, "the value of category is none of ingest.v1"),
        "data_format" when !Formats.Contains(value) =>
            new(400, $"the value of data_format is none of {string.Join(", ", Formats)}"),
        "category" or "data_format" => null,
        _ => new(400, $"the value of {key} has no rule"),
    };

    private static Refusal? OfOther(string value, string own, string words, RunClaims claims) =>
        value == own ? null : new(403, $"the token of run {claims.Key} is for {words} alone");
}
