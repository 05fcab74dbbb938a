using Microsoft.AspNetCore.Http;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Serving;

/// <summary>The probes and the metrics, which need no token.</summary>
/// <param name="readiness">The state of the services.</param>
/// <param name="metrics">The page of metrics; null where there are none.</param>
/// <param name="rules">The form of a fault.</param>
internal sealed class ProbeRoutes(Recent<Readiness> readiness, MetricsPage? metrics, HandlerRules rules)
{
    private const string Text = "text/plain; charset=utf-8";

    public IReadOnlyList<Route> All =>
    [
        new("GET", "/healthz", (_, _) => Task.FromResult(Answer.Text(Text, "ok\n"))),
        new("GET", "/readyz", ReadyAsync),
        .. metrics is null ? (IReadOnlyList<Route>)[] :
        [
            new Route("GET", "/metrics", (_, _) => Task.FromResult(Answer.Text(MetricsPage.Type, metrics.Write()))),
        ],
    ];

    private async Task<Answer> ReadyAsync(Call call, CancellationToken token) =>
        (await readiness.GetAsync(token)).Fault is { } fault
            ? rules.Form(new WebFault(StatusCodes.Status503ServiceUnavailable, fault)) with
            {
                RetryAfter = rules.RetryAfter,
            }
            : Answer.Text(Text, "ready\n");
}
