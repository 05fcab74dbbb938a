using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>The traces of uploads in the cluster: staging pods, and folders on the volume.</summary>
/// <param name="kubectl">The namespace of the release.</param>
/// <param name="volume">The folder behind the claim of data sets on the node.</param>
internal sealed class StagingSigns(Kubectl kubectl, string volume)
{
    private const string Prefix = "tracebloc-stage-";

    // A pod has a second to end, and a busy kubelet needs up to a minute to notice it.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30), Removal = TimeSpan.FromMinutes(2);

    /// <summary>The staging pod that runs.</summary>
    public async Task<string> RunningAsync(CancellationToken cancellationToken) =>
        NameOf(await kubectl.UntilAsync(
            Kind.Pods,
            all => all.FirstOrDefault(pod => IsStaging(pod) && (string?)pod["status"]?["phase"] == "Running"),
            new Limit("a staging pod that runs", Start),
            cancellationToken));

    /// <summary>Waits until there is none.</summary>
    /// <returns>Those that are left; empty for none.</returns>
    public async Task<string> LeftAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await kubectl.UntilAsync(
                Kind.Pods, all => all.Any(IsStaging) ? null : "", new Limit("no pod", Removal), cancellationToken);
        }
        catch (TimeoutException)
        {
            var pods = await kubectl.ListAsync(Kind.Pods, cancellationToken);
            return string.Join(' ', pods.Where(IsStaging).Select(NameOf));
        }
    }

    /// <summary>The staging pods of a table so far, by their events.</summary>
    public async Task<IReadOnlyList<string>> EverAsync(string table, CancellationToken cancellationToken) =>
    [
        .. (await kubectl.ListAsync("events", cancellationToken))
            .Select(one => (string?)one["involvedObject"]?["name"] ?? "")
            .Where(name => name.StartsWith(Prefix + table.Replace('_', '-'), StringComparison.Ordinal))
            .Distinct(),
    ];

    /// <summary>The files of uploads that lie on the volume.</summary>
    public IReadOnlyList<string> Files(string table) => Folder.Exists
        ? [.. Folder.GetDirectories($"{table}-*").SelectMany(one => one.GetFiles("*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Folder.FullName, file.FullName))]
        : [];

    private DirectoryInfo Folder => new(Path.Combine(volume, ".tracebloc-staging"));

    private static bool IsStaging(JsonNode pod) => NameOf(pod).StartsWith(Prefix, StringComparison.Ordinal);

    private static string NameOf(JsonNode one) => (string?)one["metadata"]?["name"] ?? "";
}
