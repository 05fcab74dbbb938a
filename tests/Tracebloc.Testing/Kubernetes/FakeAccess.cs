using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Authentication by token, and the permissions that tests take away.</summary>
internal sealed class FakeAccess(FakeKubernetesApiOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<(string Verb, string Resource, string? Name)> _denied = [];

    internal string Token { get; set; } = "fake-" + Guid.NewGuid().ToString("N");

    internal void Deny(string verb, string resource, string? name)
    {
        lock (_gate) _denied.Add((verb, resource, name));
    }

    internal void Allow(string verb, string resource, string? name)
    {
        lock (_gate) _denied.RemoveAll(rule => rule == (verb, resource, name));
    }

    // Over plain HTTP it is kubectl proxy: clients send no credentials there, and all are let in.
    internal void Authenticate(HttpContext http)
    {
        var shown = http.Request.Headers.Authorization;
        if (options.RequireClientCertificate || (options.Certificates is null && shown.Count == 0)) return;
        if (shown != $"Bearer {Token}") throw FakeStatusException.Unauthorized();
    }

    internal void Authorize(HttpContext http, FakeRequest request)
    {
        Authenticate(http);
        lock (_gate)
            if (_denied.Exists(rule => rule.Verb == request.Call.Verb && rule.Resource == request.Type.Plural
                && (rule.Name is null || rule.Name == request.Call.Name)))
                throw FakeStatusException.Forbidden(options.User, request.Call, request.Type);
    }
}
