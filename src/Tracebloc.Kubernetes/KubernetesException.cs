using System.Net;

namespace Tracebloc.Kubernetes;

/// <summary>A request to the API server that failed: what, where, and whether to try again.</summary>
public sealed class KubernetesException : Exception
{
    internal KubernetesException(string request, string message, Exception? inner = null)
        : base($"{request}: {message}", inner) => Request = request;

    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Code { get; internal init; }

    /// <summary>The server's word for it (<c>NotFound</c>, <c>Conflict</c>, …); null when it gave none.</summary>
    public string? Reason { get; internal init; }

    /// <summary>For example <c>GET deployments/web in tracebloc</c>.</summary>
    public string Request { get; }

    /// <summary>The same request may succeed later with nothing changed: overload, a restart, the network.</summary>
    public bool IsTransient { get; internal init; }

    /// <summary>A write was sent and its answer is unknown: read the object before trying again.</summary>
    public bool IsOutcomeUnknown { get; internal init; }

    /// <summary>The pause that the server asks for; null when it gave none.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>There is no such object (or no such resource type); 404.</summary>
    public bool IsNotFound => Code == (int)HttpStatusCode.NotFound;

    /// <summary>The server does not serve the resource type in this version; 404 that names no object.</summary>
    public bool IsTypeNotServed { get; internal init; }

    /// <summary>The object has changed since it was read, or exists already; 409.</summary>
    public bool IsConflict => Code == (int)HttpStatusCode.Conflict;

    /// <summary>A Role is missing; 403.</summary>
    public bool IsForbidden => Code == (int)HttpStatusCode.Forbidden;

    /// <summary>The credentials were not accepted; 401.</summary>
    public bool IsUnauthorized => Code == (int)HttpStatusCode.Unauthorized;

    /// <summary>The resource version is too old: read or list again, then watch from there; 410.</summary>
    public bool IsGone => Code == (int)HttpStatusCode.Gone;

    /// <summary>The answer was longer than the client accepts.</summary>
    internal bool IsTooLong { get; init; }

    /// <summary>The server has not come to the resource version yet, or never will: list again.</summary>
    internal bool IsVersionTooLarge { get; init; }

    /// <summary>The request certainly never reached the server.</summary>
    internal bool IsNotSent { get; init; }
}
