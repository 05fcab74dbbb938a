using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>Looks at the objects of a kind until they are as they should be: by watching, and never for ever.</summary>
internal static class Observation
{
    private static readonly TimeSpan WatchSlice = TimeSpan.FromMinutes(2);

    /// <param name="kubectl">The namespace to look in.</param>
    /// <param name="kind">The path below the API's root and the resource: <c>apis/batch/v1 jobs</c>.</param>
    /// <param name="find">Null as long as what is looked for is not among them.</param>
    /// <param name="limit">What is waited for, in words, and how long.</param>
    /// <param name="cancellationToken">Gives up before that.</param>
    /// <exception cref="TimeoutException">It did not happen in time.</exception>
    public static async Task<T> UntilAsync<T>(
        this Kubectl kubectl,
        Kind kind,
        Func<IReadOnlyCollection<JsonNode>, T?> find,
        Limit limit,
        CancellationToken cancellationToken)
        where T : class
    {
        using var alarm = new CancellationTokenSource(limit.Time, TimeProvider.System);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        try
        {
            while (true)
                if (await kubectl.WatchAsync(kind, find, deadline.Token) is { } found)
                    return found;
        }
        catch (OperationCanceledException) when (alarm.IsCancellationRequested)
        {
            throw new TimeoutException($"{limit.What}: not within {limit.Time}");
        }
    }

    public static async Task<IReadOnlyList<JsonNode>> ListAsync(
        this Kubectl kubectl, Kind kind, CancellationToken cancellationToken) =>
        [.. ItemsOf(await kubectl.GetRawAsync(kind.PathIn(kubectl.Namespace), cancellationToken))];

    /// <summary>One watch, from a list on; null when the server ended it.</summary>
    private static async Task<T?> WatchAsync<T>(
        this Kubectl kubectl,
        Kind kind,
        Func<IReadOnlyCollection<JsonNode>, T?> find,
        CancellationToken cancellationToken)
        where T : class
    {
        var path = kind.PathIn(kubectl.Namespace);
        var list = await kubectl.GetRawAsync(path, cancellationToken);
        var objects = ItemsOf(list).ToDictionary(UidOf);
        if (find(objects.Values) is { } already)
            return already;
        var watch = $"{path}?watch=true&timeoutSeconds={WatchSlice.TotalSeconds}"
            + $"&resourceVersion={list["metadata"]?["resourceVersion"]}";
        await foreach (var line in kubectl.ReadLinesAsync(["get", "--raw", watch], cancellationToken))
        {
            var change = JsonNode.Parse(line)!;
            if ((string?)change["type"] is "ERROR")
                return null;
            var one = change["object"]!;
            if ((string?)change["type"] is "DELETED")
                objects.Remove(UidOf(one));
            else
                objects[UidOf(one)] = one;
            if (find(objects.Values) is { } found)
                return found;
        }

        return null;
    }

    private static async Task<JsonNode> GetRawAsync(
        this Kubectl kubectl, string path, CancellationToken cancellationToken) =>
        JsonNode.Parse(await kubectl.RunAsync(["get", "--raw", path], cancellationToken))!;

    private static IEnumerable<JsonNode> ItemsOf(JsonNode list) =>
        (list["items"]?.AsArray() ?? []).OfType<JsonNode>().Select(item => item.DeepClone());

    private static string UidOf(JsonNode one) => (string?)one["metadata"]?["uid"] ?? "";
}

/// <summary>A resource of a namespace, by its place in the API.</summary>
internal sealed record Kind(string Group, string Resource)
{
    public static Kind Pods { get; } = new("api/v1", "pods");

    public static Kind Jobs { get; } = new("apis/batch/v1", "jobs");

    public static Kind Deployments { get; } = new("apis/apps/v1", "deployments");

    public static Kind Secrets { get; } = new("api/v1", "secrets");

    public string PathIn(string space) => $"/{Group}/namespaces/{space}/{Resource}";
}

/// <summary>How long something may take.</summary>
internal sealed record Limit(string What, TimeSpan Time);
