using System.Text.Json.Nodes;
using k8s;
using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>Looks at the objects of a kind until they are as they should be: by watching, and never for ever.</summary>
internal static class Observation
{
    private static readonly TimeSpan WatchSlice = TimeSpan.FromMinutes(2);

    /// <param name="kubectl">The namespace to look in.</param>
    /// <param name="kind">What to look at.</param>
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
                if (await kubectl.LookAsync(kind, find, deadline.Token) is { } found)
                    return found;
        }
        catch (OperationCanceledException) when (alarm.IsCancellationRequested)
        {
            throw new TimeoutException($"{limit.What}: not within {limit.Time}");
        }
    }

    /// <summary>The objects of a type in kubectl's namespace.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ListAsync(
        this Kubectl kubectl, string type, CancellationToken cancellationToken)
    {
        using var client = await Official.OpenAsync(kubectl.KubeConfig);
        return await client.ListObjectsAsync(type, kubectl.Namespace, cancellationToken);
    }

    /// <summary>The log of a pod with one container.</summary>
    public static async Task<string> LogAsync(this Kubectl kubectl, string pod, CancellationToken cancellationToken)
    {
        using var client = await Official.OpenAsync(kubectl.KubeConfig);
        await using var log = await client.CoreV1.ReadNamespacedPodLogAsync(
            pod, kubectl.Namespace, cancellationToken: cancellationToken);
        using var reader = new StreamReader(log);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    public static async Task<IReadOnlyList<JsonNode>> ListAsync(
        this Kubectl kubectl, Kind kind, CancellationToken cancellationToken)
    {
        using var client = await Official.OpenAsync(kubectl.KubeConfig);
        return [.. (await kind.List(client, kubectl.Namespace, cancellationToken)).Items];
    }

    /// <summary>One watch; null when it ended, which the official client calls a failure where no event came.</summary>
    private static async Task<T?> LookAsync<T>(
        this Kubectl kubectl,
        Kind kind,
        Func<IReadOnlyCollection<JsonNode>, T?> find,
        CancellationToken cancellationToken)
        where T : class
    {
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            return await kubectl.WatchAsync(kind, find, cancellationToken);
        }
        catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(begun) >= WatchSlice)
        {
            return null;
        }
    }

    /// <summary>One watch, from a list on; null when the server ended it.</summary>
    private static async Task<T?> WatchAsync<T>(
        this Kubectl kubectl,
        Kind kind,
        Func<IReadOnlyCollection<JsonNode>, T?> find,
        CancellationToken cancellationToken)
        where T : class
    {
        using var client = await Official.OpenAsync(kubectl.KubeConfig);
        var list = await kind.List(client, kubectl.Namespace, cancellationToken);
        var objects = list.Items.ToDictionary(UidOf);
        if (find(objects.Values) is { } already)
            return already;
        var place = new Place(list.Version, (int)WatchSlice.TotalSeconds);
        await foreach (var (type, one) in kind.Watch(client, kubectl.Namespace, place, cancellationToken))
        {
            if (type is WatchEventType.Error)
                return null;
            if (type is WatchEventType.Deleted)
                objects.Remove(UidOf(one));
            else
                objects[UidOf(one)] = one;
            if (find(objects.Values) is { } found)
                return found;
        }

        return null;
    }

    private static string UidOf(JsonNode one) => (string?)one["metadata"]?["uid"] ?? "";
}

/// <summary>How long something may take.</summary>
internal sealed record Limit(string What, TimeSpan Time);
