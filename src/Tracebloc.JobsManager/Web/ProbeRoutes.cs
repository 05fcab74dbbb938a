using Microsoft.AspNetCore.Http;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>Everything that needs no token: probes, metrics and the version.</summary>
/// <param name="version">The version of this program.</param>
/// <param name="readiness">The state of the services.</param>
/// <param name="metrics">The page of metrics.</param>
/// <param name="deadlines">The wait that a client is asked for.</param>
internal sealed class ProbeRoutes(
    string version, Recent<Readiness> readiness, MetricsPage metrics, Deadlines deadlines)
{
    // The calls and members that came after the first version with this one.
    private static readonly string[] Features = ["replay_state", "datasets", "delete_datasets", "overwrite"];

    public IReadOnlyList<Route> All =>
    [
        new("GET", "/healthz", (_, _) => Task.FromResult(Status("ok"))),
        new("GET", "/readyz", ReadyAsync),
        new("GET", "/metrics", async (_, token) => Answer.Text(MetricsPage.Type, await metrics.WriteAsync(token))),
        new("GET", "/v1/version", (_, _) => Task.FromResult(Version())),
    ];

    private static Answer Status(string status) => JsonAnswer.Of(StatusCodes.Status200OK, new StatusJson(status));

    private async Task<Answer> ReadyAsync(Call call, CancellationToken token) =>
        (await readiness.GetAsync(token)).Fault is { } fault
            ? JsonAnswer.Unavailable(fault, deadlines)
            : Status("ready");

    private Answer Version() => JsonAnswer.Of(StatusCodes.Status200OK, new VersionJson(
        version,
        [new SchemaJson("ingest.v1", $"sha256:{IngestSchema.Sha256}")],
        [.. Categories.All.Select(category => category.Name)],
        Features));
}
