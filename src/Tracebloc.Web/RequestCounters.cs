using System.Collections.Concurrent;

namespace Tracebloc.Web;

/// <summary>The number of answers, by route and status. Safe for concurrent use.</summary>
public sealed class RequestCounters
{
    private readonly ConcurrentDictionary<(string Route, int Status), long> _answers = [];

    /// <summary>The numbers so far.</summary>
    public IReadOnlyList<RequestCount> Counts =>
        [.. _answers.Select(answer => new RequestCount(answer.Key.Route, answer.Key.Status, answer.Value))];

    /// <summary>Counts an answer.</summary>
    public void Add(string route, int status) => _answers.AddOrUpdate((route, status), 1, (_, count) => count + 1);
}

/// <summary>The number of answers of a route with a status.</summary>
/// <param name="Route">The route's <see cref="Web.Route.Name"/>.</param>
/// <param name="Status">The status.</param>
/// <param name="Count">The number.</param>
public sealed record RequestCount(string Route, int Status, long Count);
