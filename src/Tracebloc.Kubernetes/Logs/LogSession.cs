using System.Runtime.CompilerServices;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>One log over as many requests as it takes.</summary>
/// <param name="client">The API server.</param>
/// <param name="request">The request for the log, without its options.</param>
/// <param name="options">The container and the start.</param>
internal sealed class LogSession(KubernetesClient client, KubernetesRequest request, LogOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Failures in a row for longer than this are final: an API server restarts within it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time = client.Requests.Time;
    private readonly LogPlace _place = new(options.Since);
    private long? _failing;
    private bool _isWhole;
    private bool _hasOpened;

    internal async IAsyncEnumerable<LogLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // The state from before the request: what a container that has ended wrote is all there by then.
            var state = await StateAsync(cancellationToken);
            if (state is LogState.Running or LogState.Ended && await OpenAsync(cancellationToken) is { } opened)
            {
                using var log = opened;
                while (await NextAsync(log, cancellationToken) is { } line)
                    if (_place.Advance(line)) yield return line;
                if (_isWhole && state == LogState.Ended)
                {
                    if (log.Unfinished is { } rest && _place.Advance(rest)) yield return rest;
                    yield break;
                }
            }

            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    private async Task<LogState?> StateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pod = await client.GetAsync(
                request.Type, request.Namespace, request.Name ?? "", KubernetesJson.Default.LogPod, cancellationToken);
            return pod.StateOf(options.Container);
        }
        catch (KubernetesException e) when (IsTolerated(e))
        {
            return null;
        }
    }

    private async Task<LogReader?> OpenAsync(CancellationToken cancellationToken)
    {
        _isWhole = false;
        _place.Resume();
        try
        {
            var stream = await client.Requests.OpenStreamAsync(request with { Query = Query() }, cancellationToken);
            _hasOpened = true;
            return new LogReader(stream);
        }
        catch (KubernetesException e) when (IsTolerated(e))
        {
            return null;
        }
    }

    private QueryString Query() => new QueryString().Add("container", options.Container).Add("follow", "true")
        .Add("timestamps", "true").Add("sinceTime", LogQuery.Time(_place.From));

    /// <summary>The next line; null when the answer ended, or was cut short.</summary>
    private async Task<LogLine?> NextAsync(LogReader log, CancellationToken cancellationToken)
    {
        // A connection that died in silence looks like a quiet container: asking again costs nothing but a second.
        using var silence = new Deadline(client.Requests.Options.WatchRequestTimeout, _time, cancellationToken);
        try
        {
            var line = await log.ReadAsync(silence.Token);
            (_isWhole, _failing) = (line is null, null);
            return line;
        }
        catch (OperationCanceledException) when (silence.HasPassed)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            var broken = KubernetesError.Broken(request, e);
            return IsTolerated(broken) ? null : throw broken;
        }
    }

    // 400 later on: the container that ran a moment ago waits for its next begin.
    private bool IsTolerated(KubernetesException error)
    {
        _failing ??= _time.GetTimestamp();
        return (error.IsTransient || (_hasOpened && error.Code == 400))
            && _time.GetElapsedTime(_failing.Value) < Patience;
    }
}
