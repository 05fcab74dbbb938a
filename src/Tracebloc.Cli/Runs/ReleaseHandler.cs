using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Runs;

/// <summary>
/// Sends requests to a ready pod of jobs-manager, and after a failure to the one that is ready then: in a rollout it is
/// another. Serves one request at a time.
/// </summary>
internal sealed class ReleaseHandler(ClusterSession session, Release release) : HttpMessageHandler
{
    private JobsManagerLink? _link;
    private bool _wasAllowed;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isAnswered = false;
        try
        {
            _link ??= await JobsManagerLink.OpenAsync(session, release, cancellationToken);
            var response = await _link.RelayAsync(request, cancellationToken);
            isAnswered = _wasAllowed = true;
            return response;
        }
        catch (CliException notReady) when (notReady.IsPassing)
        {
            throw new HttpRequestException(notReady.Message, notReady);
        }
        catch (KubernetesException away) when (away.IsTransient || IsPassing(away))
        {
            throw new HttpRequestException(away.Message, away);
        }
        catch (HttpRequestException e) when (e.InnerException is KubernetesException inner
            && IsRefusal(inner) && !IsPassing(inner))
        {
            // A repetition would be refused too.
            throw inner;
        }
        finally
        {
            if (!isAnswered) Drop();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Drop();
        base.Dispose(disposing);
    }

    private static bool IsRefusal(KubernetesException fault) => fault.IsForbidden || fault.IsUnauthorized;

    // An API server that has just started refuses calls until it has read its Roles.
    private bool IsPassing(KubernetesException fault) => _wasAllowed && fault.IsForbidden;

    private void Drop()
    {
        _link?.Dispose();
        _link = null;
    }
}
