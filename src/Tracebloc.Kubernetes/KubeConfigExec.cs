using System.Globalization;
using System.Text.Json.Nodes;
using Tracebloc.Configuration;

namespace Tracebloc.Kubernetes;

/// <summary>Reads <c>exec</c> of a user: the program that hands out credentials.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#ExecConfig"/>
internal static class KubeConfigExec
{
    private const NumberStyles Sign = NumberStyles.AllowLeadingSign;
    private const NumberStyles Float = Sign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const string Group = "client.authentication.k8s.io/";

    internal static ExecCredentialPlugin Read(KubeConfigNode exec, KubeConfigNode cluster)
    {
        var version = Version(exec.Required("apiVersion"));
        RefuseTerminal(exec, version);
        return new ExecCredentialPlugin
        {
            Command = Command(exec.Required("command")),
            ApiVersion = version,
            Arguments = [.. exec["args"]?.Items().Select(a => a.Text()) ?? []],
            Environment = Variables(exec),
            InstallHint = exec["installHint"]?.Text(),
            ExecInfo = Info(version, exec["provideClusterInfo"]?.Flag() == true ? cluster : null),
        };
    }

    private static string Version(KubeConfigNode node) =>
        node.Text() is Group + "v1" or Group + "v1beta1"
            ? node.Text()
            : throw node.Error($"'{node.Text()}' is not supported: use {Group}v1, which every plugin offers today");

    private static string Command(KubeConfigNode node) =>
        node.Text().Contains('/', StringComparison.Ordinal) ? node.FullPath() : node.Text();

    // Nothing here passes a terminal on: what starts on its own cannot ask.
    private static void RefuseTerminal(KubeConfigNode exec, string version)
    {
        var mode = exec["interactiveMode"];
        switch (mode?.Text())
        {
            case null when version == Group + "v1":
                throw exec.Error("'interactiveMode' is missing: Never, or IfAvailable");
            case null or "Never" or "IfAvailable": return;
            case "Always": throw mode.Error("Always needs a terminal: use a plugin that works without one");
            default: throw mode.Error("is none of Never, IfAvailable, Always");
        }
    }

    private static Dictionary<string, string> Variables(KubeConfigNode exec)
    {
        var variables = new Dictionary<string, string>();
        foreach (var entry in exec["env"]?.Items() ?? [])
            variables[entry.Required("name").Text()] = entry["value"]?.Text() ?? "";
        return variables;
    }

    private static string Info(string version, KubeConfigNode? cluster)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (cluster is not null) spec["cluster"] = Cluster(cluster);
        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = version, ["spec"] = spec }.ToJsonString();
    }

    private static JsonObject Cluster(KubeConfigNode cluster)
    {
        var info = new JsonObject();
        foreach (var name in (string[])["server", "tls-server-name", "certificate-authority-data", "proxy-url"])
            if (cluster[name] is { } node) info[name] = node.Text();
        if (cluster["certificate-authority"] is { } file && cluster["certificate-authority-data"] is null)
            info["certificate-authority-data"] = Convert.ToBase64String(File.ReadAllBytes(file.FullPath()));
        if (cluster["insecure-skip-tls-verify"]?.Flag() == true) info["insecure-skip-tls-verify"] = true;
        if (Extension(cluster) is { } extension) info["config"] = Json(extension);
        return info;
    }

    private static KubeConfigNode? Extension(KubeConfigNode cluster) =>
        cluster["extensions"]?.Items().FirstOrDefault(e => e["name"]?.Text() == Group + "exec")?["extension"];

    private static JsonNode? Json(KubeConfigNode node) => node.Node switch
    {
        ConfigurationNode.Mapping =>
            new JsonObject(node.Members().Select(member => KeyValuePair.Create(member.Name, Json(member.Value)))),
        ConfigurationNode.Sequence => new JsonArray([.. node.Items().Select(Json)]),
        ConfigurationNode.Scalar { Type: ScalarType.Null } => null,
        ConfigurationNode.Scalar { Type: ScalarType.Number, Text: var number } => Number(node, number),
        ConfigurationNode.Scalar { Boolean: { } flag } => JsonValue.Create(flag),
        _ => JsonValue.Create(node.Text()),
    };

    // Go also reads octal, hexadecimal, binary, underscores and infinities; no plugin has needed one so far.
    private static JsonValue Number(KubeConfigNode node, string text)
    {
        var isDecimal = text is ['0'] or ['0', '.', ..] or ['-', not '0', ..] or [>= '1' and <= '9', ..];
        if (isDecimal && long.TryParse(text, Sign, CultureInfo.InvariantCulture, out var whole))
            return JsonValue.Create(whole);
        if (isDecimal && double.TryParse(text, Float, CultureInfo.InvariantCulture, out var real))
            return JsonValue.Create(real);
        throw node.Error("is a number of a kind that is not supported here: write it in decimal, or in quotes");
    }
}
