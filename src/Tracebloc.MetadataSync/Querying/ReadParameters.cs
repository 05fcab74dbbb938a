namespace Tracebloc.MetadataSync.Querying;

/// <summary>The parameters that all reads share, and what of Kubernetes' cannot be had here.</summary>
internal static class ReadParameters
{
    public const string State = "state", Include = "includeObject";

    private const string Version = "resourceVersion", Match = "resourceVersionMatch", Watch = "watch";

    /// <summary>The names. Timeouts are accepted: the server's own is shorter or the client gives up first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [State, Include, Version, Match, Watch, "allowWatchBookmarks", "timeout", "timeoutSeconds"];

    /// <exception cref="QueryException">The request asks for a watch or for a version.</exception>
    public static void Check(QueryParameters parameters)
    {
        if (parameters.Flag(Watch))
            throw QueryException.MethodNotAllowed(
                "watch is not supported: this server answers from a database; watch the API server of the cluster");
        if (parameters.Text(Version) is not (null or "0"))
            throw QueryException.BadRequest(
                $"{Version} cannot be chosen: answers are as new as the database; leave it out, or write 0");
        if (parameters.Text(Match) is not (null or "NotOlderThan"))
            throw QueryException.BadRequest($"{Match} cannot be chosen; leave it out");
    }
}
