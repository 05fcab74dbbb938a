namespace Tracebloc.JobsManager.Tokens;

/// <summary>The rights of a run's token: one run, one table, one intent, until a time.</summary>
/// <param name="Key">The key of the run.</param>
/// <param name="Table">The only table that its calls may name.</param>
/// <param name="Intent"><c>train</c> or <c>test</c>.</param>
/// <param name="FirstIssuedAt">The time of the run's first token, which renewals keep.</param>
/// <param name="ExpiresAt">The end of its validity, in whole seconds.</param>
internal sealed record RunClaims(
    string Key, string Table, string Intent, DateTimeOffset FirstIssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The only <c>injestor_id</c> that its calls may name.</summary>
    public string IngestorId => Ingestion.Reporting.IngestorId.Of(Key, Table);
}
