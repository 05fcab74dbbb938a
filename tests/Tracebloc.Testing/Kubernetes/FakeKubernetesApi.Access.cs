using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    private readonly List<(string Verb, string Resource, string? Name)> _denied = [];

    /// <summary>Takes a permission away: of one name, or of all when none is given.</summary>
    public void Deny(string verb, string resource, string? name = null)
    {
        lock (_denied) _denied.Add((verb, resource, name));
    }

    /// <summary>Gives back what <see cref="Deny"/> took with the same arguments.</summary>
    public void Allow(string verb, string resource, string? name = null)
    {
        lock (_denied) _denied.RemoveAll(rule => rule == (verb, resource, name));
    }

    // Over plain HTTP it is kubectl proxy: clients send no credentials there, and all are let in.
    private void Authenticate(HttpContext http)
    {
        var shown = http.Request.Headers.Authorization;
        if (_options.RequireClientCertificate || (_options.Certificates is null && shown.Count == 0)) return;
        if (shown != $"Bearer {Token}") throw FakeStatusException.Unauthorized();
    }

    private void Authorize(HttpContext http, FakeRequest request)
    {
        Authenticate(http);
        lock (_denied)
            if (_denied.Exists(rule => rule.Verb == request.Call.Verb && rule.Resource == request.Type.Plural
                && (rule.Name is null || rule.Name == request.Call.Name)))
                throw FakeStatusException.Forbidden(_options.User, request.Call, request.Type);
    }
}
