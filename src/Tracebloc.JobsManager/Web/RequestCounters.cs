using System.Collections.Concurrent;
using System.Globalization;
using Tracebloc.Telemetry;

namespace Tracebloc.JobsManager.Web;

/// <summary>The number of answers, by route and status.</summary>
internal sealed class RequestCounters
{
    private readonly ConcurrentDictionary<(string Route, int Status), long> _answers = [];

    public void Add(string route, int status) =>
        _answers.AddOrUpdate((route, status), 1, (_, count) => count + 1);

    public IReadOnlyList<Sample> Samples() =>
    [
        .. _answers.Select(answer => new Sample(
            answer.Value,
            new Label("endpoint", answer.Key.Route),
            new Label("status", answer.Key.Status.ToString(CultureInfo.InvariantCulture)))),
    ];
}
