using System.Text.Json.Nodes;
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
        Authorize(request, request.Call.Verb);
        if (options.Version.AsksCreateOfUpgrades && http.WebSockets.IsWebSocketRequest) Authorize(request, "create");
    }

    /// <summary>True when a test took the permission away.</summary>
    internal bool IsDenied(string verb, string resource, string? name)
    {
        lock (_gate)
            return _denied.Exists(rule => rule.Verb == verb && rule.Resource == resource
                && (rule.Name is null || rule.Name == name));
    }

    /// <summary>The answer to a question for rights, which are the same for all users.</summary>
    internal string Review(JsonObject review)
    {
        var asked = review["spec"]?["resourceAttributes"] ?? throw FakeStatusException.BadRequest("no attributes");
        var part = (string?)asked["subresource"] is { Length: > 0 } subresource ? $"/{subresource}" : "";
        var denied = IsDenied((string?)asked["verb"] ?? "", $"{asked["resource"]}{part}", (string?)asked["name"]);
        review["metadata"] = new JsonObject { ["creationTimestamp"] = null };
        review["status"] = new JsonObject { ["allowed"] = !denied };
        if (!denied) review["status"]!["reason"] = "RBAC: allowed by ClusterRoleBinding \"test\"";
        else if (Undecided is { } error) review["status"]!["evaluationError"] = error;
        return review.ToJsonString();
    }

    /// <summary>The failure of an authorizer, beside which a "no" is not certain; null: none.</summary>
    internal string? Undecided { get; set; }

    private void Authorize(FakeRequest request, string verb)
    {
        if (IsDenied(verb, request.Call.Resource, request.Call.Name))
            throw FakeStatusException.Forbidden(options.User, request.Call, request.Type, verb);
    }
}
