namespace Tracebloc.Kubernetes;

/// <summary>The remedy for an answer, as the end of its message.</summary>
internal static class KubernetesRemedy
{
    internal static string For(KubernetesRequest request, int code, V1Status status, string credential) => code switch
    {
        400 or 422 => Causes(status),
        401 => $"; the server does not accept {credential}: is it of this cluster, and not expired?",
        403 when request.Upgrade is { } upgrade && status.Reason is null =>
            $"; the server, or a proxy before it, refuses WebSockets of {upgrade.Names}",
        403 when IsByAdmission(status) => "",
        403 => $"; {Grant(request)}",
        404 when request.Name is not null && status.Details?.Name is not null => "; check the name and the namespace",
        404 => $"; the server knows no {request.Type.ApiVersion} {request.Resource}",
        409 when request.Verb == "patch" => "; it changed since it was read: read it again, then decide again",
        410 => "; too much has happened since: list again and go on from there",
        _ => "",
    };

    // No Role changes what admission refuses, and its text has the reason.
    private static bool IsByAdmission(V1Status status) => status.Message is { } text
        && (text.Contains("violates PodSecurity", StringComparison.Ordinal)
            || text.Contains("exceeded quota", StringComparison.Ordinal)
            || text.Contains("denied the request", StringComparison.Ordinal)
            || text.Contains("error looking up service account", StringComparison.Ordinal));

    private static string Grant(KubernetesRequest request)
    {
        var group = request.Type.Group.Length == 0 ? "the core API group" : $"API group \"{request.Type.Group}\"";
        var role = request.Namespace is null ? "a ClusterRole" : $"a Role in namespace {request.Namespace}";
        var only = request.Name is null || request.Verb == "create" ? ""
            : $" (resourceNames may name just \"{request.Name}\")";
        return $"grant {Verbs(request)} on \"{request.Resource}\" of {group} in {role}{only}";
    }

    // A WebSocket begins with GET; since 1.35 its user must also have what a POST asks for (feature
    // AuthorizePodWebsocketUpgradeCreatePermission).
    private static string Verbs(KubernetesRequest request) =>
        request.Upgrade is null ? $"verb \"{request.Verb}\"" : "verbs \"get\" and \"create\"";

    private static string Causes(V1Status status) =>
        status.Details?.Causes is not { Count: > 0 } causes ? ""
            : $"; see {string.Join(", ", causes.Select(c => c.Field).Distinct())}";
}
