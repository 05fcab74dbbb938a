using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// Pod Security admission: namespaces say by labels which profile their pods must keep. The checks that charts meet.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/concepts/security/pod-security-standards/"/>
internal static class PodSecurity
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>Why a pod is refused; null when it is not, and for whatever is no pod.</summary>
    internal static string? Violation(
        FakeServerVersion version, JsonObject? ns, FakeResourceType type, JsonObject body) =>
        type != FakeResourceType.Pods ? null : Text(version, ns, "enforce", body["spec"], "violates");

    /// <summary>
    /// The server's warning for a stored workload: its pods would be refused, or break the profile of the namespace's
    /// <c>warn</c> label.
    /// </summary>
    internal static string? Warning(
        FakeServerVersion version, JsonObject? ns, FakeResourceType type, JsonObject body) =>
        Text(version, ns, "warn", PodSpec(type, body), "would violate");

    /// <summary>Why a workload's pods are refused; null when they are not.</summary>
    internal static string? ViolationOfTemplate(FakeServerVersion version, JsonObject? ns, JsonNode? template) =>
        Text(version, ns, "enforce", template?["spec"], "violates");

    private static JsonNode? PodSpec(FakeResourceType type, JsonObject body) => type.Kind switch
    {
        "Pod" => body["spec"],
        "CronJob" => body["spec"]?["jobTemplate"]?["spec"]?["template"]?["spec"],
        _ => body["spec"]?["template"]?["spec"],
    };

    private static string? Text(
        FakeServerVersion version, JsonObject? ns, string mode, JsonNode? spec, string verb)
    {
        if (!version.AdmitsPodSecurity || spec is not JsonObject pod) return null;
        var labels = ns?["metadata"]?["labels"];
        if ((string?)labels?[Prefix + mode] is not (("baseline" or "restricted") and var profile)) return null;
        var found = Baseline(pod).Concat(profile == "restricted" ? Restricted(pod) : []).ToList();
        var of = (string?)labels[$"{Prefix}{mode}-version"] ?? "latest";
        return found.Count == 0 ? null : $"{verb} PodSecurity \"{profile}:{of}\": {string.Join(", ", found)}";
    }

    private static IEnumerable<string> Baseline(JsonObject pod)
    {
        var namespaces = ((string[])["hostNetwork", "hostPID", "hostIPC"]).Where(name => (bool?)pod[name] == true)
            .ToList();
        if (namespaces.Count > 0)
            yield return $"host namespaces ({string.Join(", ", namespaces.Select(name => $"{name}=true"))})";
        var volumes = Items(pod["volumes"]).Where(v => v["hostPath"] is not null).Select(Name).ToList();
        if (volumes.Count > 0)
            yield return $"hostPath volumes ({Counted("volume", volumes)})";
        var ports = Containers(pod).Where(c => Items(c["ports"]).Any(p => ((int?)p["hostPort"] ?? 0) != 0)).ToList();
        if (ports.Count > 0)
            yield return $"hostPort ({Counted("container", [.. ports.Select(Name)])} uses hostPort "
                + $"{Items(ports[0]["ports"]).Select(p => (int?)p["hostPort"] ?? 0).First(port => port != 0)})";
        var privileged = Failing(pod, c => (bool?)c["securityContext"]?["privileged"] != true);
        if (privileged.Count > 0)
            yield return $"privileged ({Counted("container", privileged)} must not set "
                + "securityContext.privileged=true)";
    }

    private static IEnumerable<string> Restricted(JsonObject pod)
    {
        var escalating = Failing(pod, c => (bool?)c["securityContext"]?["allowPrivilegeEscalation"] == false);
        if (escalating.Count > 0)
            yield return $"allowPrivilegeEscalation != false ({Counted("container", escalating)} must set "
                + "securityContext.allowPrivilegeEscalation=false)";
        var capable = Failing(pod, c => (c["securityContext"]?["capabilities"]?["drop"] as JsonArray ?? [])
            .Any(one => (string?)one == "ALL"));
        if (capable.Count > 0)
            yield return $"unrestricted capabilities ({Counted("container", capable)} must set "
                + "securityContext.capabilities.drop=[\"ALL\"])";
        var root = Failing(pod, c => (bool?)Setting(pod, c, "runAsNonRoot") == true);
        if (root.Count > 0)
            yield return $"runAsNonRoot != true (pod or {Counted("container", root)} must set "
                + "securityContext.runAsNonRoot=true)";
        if (Containers(pod).Append(pod).Any(one => (long?)one["securityContext"]?["runAsUser"] == 0))
            yield return "runAsUser=0 (pod must not set runAsUser=0)";
        var unconfined = Failing(pod, c =>
            (string?)Setting(pod, c, "seccompProfile")?["type"] is "RuntimeDefault" or "Localhost");
        if (unconfined.Count > 0)
            yield return $"seccompProfile (pod or {Counted("container", unconfined)} must set "
                + "securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")";
    }

    // A container's own setting wins over the pod's.
    private static JsonNode? Setting(JsonObject pod, JsonNode container, string name) =>
        container["securityContext"]?[name] ?? pod["securityContext"]?[name];

    private static List<string> Failing(JsonObject pod, Func<JsonNode, bool> holds) =>
        [.. Containers(pod).Where(container => !holds(container)).Select(Name)];

    private static IEnumerable<JsonNode> Containers(JsonObject pod) =>
        ((string[])["initContainers", "containers", "ephemeralContainers"]).SelectMany(list => Items(pod[list]));

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();

    private static string Name(JsonNode item) => (string?)item["name"] ?? "";

    private static string Counted(string noun, List<string> names) =>
        $"{noun}{(names.Count > 1 ? "s" : "")} {string.Join(", ", names.Select(name => $"\"{name}\""))}";
}
