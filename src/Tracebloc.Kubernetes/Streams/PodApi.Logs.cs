namespace Tracebloc.Kubernetes;

public sealed partial class PodApi
{
    /// <summary>
    /// Follows a container's log to its end; needs the verb <c>get</c> on <c>pods</c> and on <c>pods/log</c>.
    /// </summary>
    /// <remarks>
    /// Waits for a container that has not begun. Connections break, and servers end them: the log goes on after the
    /// last line, none missed and none repeated, as long as the node keeps the file. It ends when the container has
    /// ended and does not begin again, and fails when the pod is gone or the server is away for two minutes.
    /// </remarks>
    /// <param name="pod">The pod's name.</param>
    /// <param name="options">The container and the start.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KubernetesException">There is no such pod or container, or a Role is missing.</exception>
    public IAsyncEnumerable<LogLine> FollowLogsAsync(
        string pod, LogOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LogSession(client, Request(pod, "log", new QueryString()), options).ReadAsync(cancellationToken);
    }

    /// <summary>Reads the last lines of a container's log; needs the verb <c>get</c> on <c>pods/log</c>.</summary>
    /// <param name="pod">The pod's name.</param>
    /// <param name="options">The container and the start.</param>
    /// <param name="lines">The most lines to return.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">There is no such pod or container, or the container has not
    /// begun.</exception>
    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(
        string pod, LogOptions options, int lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var query = new QueryString().Add("container", options.Container).Add("timestamps", "true")
            .Add("sinceTime", LogQuery.Time(options.Since)).Add("tailLines", lines);
        var request = Request(pod, "log", query);
        return client.Requests.RetryAsync(
            request, token => ReadLogsAsync(request, options, lines, token), cancellationToken);
    }

    private async Task<IReadOnlyList<LogLine>> ReadLogsAsync(
        KubernetesRequest request, LogOptions options, int lines, CancellationToken cancellationToken)
    {
        using var log = new LogReader(await client.Requests.OpenStreamAsync(request, cancellationToken));
        var last = new Queue<LogLine>();
        try
        {
            while (await log.ReadAsync(cancellationToken) is { } line) Add(line);
            if (log.Unfinished is { } rest) Add(rest);
            return [.. last];
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw KubernetesError.Broken(request, e);
        }

        void Add(LogLine line)
        {
            if (line.Time is { } time && time < options.Since) return;
            last.Enqueue(line);
            if (last.Count > lines) last.Dequeue();
        }
    }
}
