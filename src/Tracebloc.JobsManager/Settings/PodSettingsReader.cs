using System.Text.RegularExpressions;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Settings;

/// <summary>Reads what the environment of <c>jobs-manager serve</c> gives to every run's pod.</summary>
internal static partial class PodSettingsReader
{
    private static readonly Dictionary<string, string> Environments =
        CentralAddress.OfEnvironments.Keys.Append("local").ToDictionary(word => word);

    private static readonly IReadOnlyDictionary<string, string> DefaultRequests =
        new Dictionary<string, string> { ["cpu"] = "250m", ["memory"] = "512Mi" };

    private static readonly IReadOnlyDictionary<string, string> DefaultLimits =
        new Dictionary<string, string> { ["cpu"] = "2", ["memory"] = "1Gi" };

    private static readonly Dictionary<string, bool> Answers = new() { ["true"] = true, ["false"] = false };

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <param name="variables">The environment.</param>
    /// <param name="remedy">The remedy for a variable that is not set.</param>
    public static PodSettings Read(EnvironmentVariables variables, string remedy) => new()
    {
        MysqlHost = variables.Required("MYSQL_HOST", remedy),
        MysqlPort = Port(variables),
        DatabaseSecret = Name(variables, "INGEST_DB_SECRET", variables.Required("INGEST_DB_SECRET", remedy)) ?? "",
        DatabaseAuthorities = Name(variables, "INGEST_DB_CA", variables.Find("INGEST_DB_CA")),
        ProxyUrl = ProxyUrl(variables, remedy),
        Environment = variables.Word("CLIENT_ENV", "prod", Environments),
        Claim = Name(variables, "CLIENT_PVC", variables.Required("CLIENT_PVC", remedy)) ?? "",
        PullSecret = Name(variables, "IMAGE_PULL_SECRET_NAME", variables.Find("IMAGE_PULL_SECRET_NAME")),
        RuntimeClass = Name(variables, "RUNTIME_CLASS_NAME", variables.Find("RUNTIME_CLASS_NAME")),
        Requests = Resources(variables, "INGEST_REQUESTS", DefaultRequests),
        Limits = Resources(variables, "INGEST_LIMITS", DefaultLimits),
        NodeSelector = Pairs(variables, "INGEST_NODE_SELECTOR", Label(), "kubernetes.io/arch=amd64") ?? Nothing,
        HasFixedUser = variables.Word("INGEST_FIXED_USER", absent: true, Answers),
        User = Id(variables, "HOST_UID"),
        Group = Id(variables, "HOST_GID"),
    };

    private static int Port(EnvironmentVariables variables) =>
        variables.Number("MYSQL_PORT", absent: 3306, least: 1, most: 65_535);

    private static string ProxyUrl(EnvironmentVariables variables, string remedy)
    {
        const string Name = "REQUESTS_PROXY_URL";
        var text = variables.Required(Name, remedy);
        if (text != "" && (!HttpAddress.TryParse(text, out var address) || address.Query != ""))
            variables.Add(Name, "is not an address; write it as http://requests-proxy-service:8888");
        return text;
    }

    // The API server would refuse every Job.
    private static string? Name(EnvironmentVariables variables, string variable, string? name)
    {
        if (name is { Length: > 0 } && !KubernetesName.IsSubdomain(name))
            variables.Add(variable, $"is \"{name}\"; write the name of an object: small letters, digits, - and dots");
        return name;
    }

    private static IReadOnlyDictionary<string, string> Resources(
        EnvironmentVariables variables, string name, IReadOnlyDictionary<string, string> absent) =>
        Pairs(variables, name, Quantity(), "cpu=500m,memory=1Gi") ?? absent;

    private static Dictionary<string, string>? Pairs(
        EnvironmentVariables variables, string name, Regex form, string example)
    {
        if (variables.Find(name) is not { } text) return null;
        var pairs = new Dictionary<string, string>();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (form.Match(pair) is not { Success: true } match)
                variables.Add(name, $"has \"{pair}\"; write it like {example}");
            else if (!pairs.TryAdd(match.Groups["key"].Value, match.Groups["value"].Value))
                variables.Add(name, $"has {match.Groups["key"].Value} twice; keep one");
        return pairs;
    }

    // 0 is root, which the restricted profile of the pod forbids.
    private static int? Id(EnvironmentVariables variables, string name) =>
        variables.Find(name) is null ? null : variables.Number(name, absent: 65_534, least: 1, most: int.MaxValue);

    [GeneratedRegex(@"^(?<key>[a-z0-9][-a-z0-9./]*)=(?<value>[0-9]+(\.[0-9]+)?(m|[kKMGTP]i?)?)\z")]
    private static partial Regex Quantity();

    [GeneratedRegex(@"^(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)=(?<value>([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?)\z")]
    private static partial Regex Label();
}
