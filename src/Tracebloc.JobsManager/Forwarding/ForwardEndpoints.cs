using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tracebloc.JobsManager.Web;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>
/// Probes, metrics, and the calls of runs. The target is compared as it was sent; no router decodes it before.
/// </summary>
internal sealed class ForwardEndpoints(RunCalls calls, ForwardMetrics metrics)
{
    /// <summary>Answers any request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">Cancelled when the client is gone.</param>
    public Task ServeAsync(HttpContext context, CancellationToken token)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method), target) switch
        {
            // Ready without the backend: while it is away, runs get its reason and the time to wait from here, where
            // a pod that is not ready would give them a refused connection. Every replica lacks the same backend.
            (true, "/healthz" or "/readyz") =>
                DetailAnswer.WriteAsync(context.Response, 200, ("status", "ok"), token),
            (true, "/metrics") => WriteMetricsAsync(context.Response, token),
            _ => calls.ServeAsync(context, target, token),
        };
    }

    private async Task WriteMetricsAsync(HttpResponse response, CancellationToken token)
    {
        var text = Encoding.UTF8.GetBytes(metrics.Text());
        response.ContentType = MetricsPage.Type;
        response.ContentLength = text.Length;
        await response.Body.WriteAsync(text, token);
    }
}
