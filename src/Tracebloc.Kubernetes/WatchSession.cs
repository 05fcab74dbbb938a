using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>One watch over as many requests as it takes; remembers the place reached.</summary>
internal sealed class WatchSession(
    KubernetesRequest request, WatchOptions options, KubernetesClientOptions client,
    Func<KubernetesRequest, CancellationToken, Task<Stream>> open, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private string? _place = options.ResourceVersion;

    // Without a version to begin with, the first events list what exists in no order of versions; should that be cut
    // short, only a new beginning misses nothing.
    private bool _anchored = options.ResourceVersion is not null;
    private Stream? _stream;
    private LineReader? _lines;
    private int _failures;
    private long _opened;

    /// <summary>The next frame that is not an error; null when the time is up.</summary>
    internal async ValueTask<WatchFrame?> NextAsync(CancellationToken cancellationToken)
    {
        while (Remaining > TimeSpan.Zero)
        {
            try
            {
                if (await ReadAsync(cancellationToken) is { } frame) return Remember(frame);
                (_anchored, _failures) = (true, 0);
                Close();
            }
            catch (KubernetesException e) when (e.IsTransient && ++_failures <= client.MaxRetries)
            {
                Close();
                if (!_anchored) _place = null;
            }
            catch (OperationCanceledException) when (
                !cancellationToken.IsCancellationRequested && Remaining <= TimeSpan.Zero)
            {
                return null;
            }

            await PauseAsync(cancellationToken);
        }

        return null;
    }

    public void Dispose() => Close();

    private TimeSpan Remaining =>
        options.Timeout is { } limit ? limit - time.GetElapsedTime(_start) : TimeSpan.MaxValue;

    private async ValueTask<WatchFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        var silence = client.WatchRequestTimeout + client.RequestTimeout;
        using var deadline = new Deadline(Shorter(Remaining, silence), time, cancellationToken);
        try
        {
            var lines = _lines ??= await OpenAsync(deadline.Token);
            if (await lines.ReadAsync(deadline.Token) is not { } line) return null;
            var frame = WatchFrame.Parse(line);
            return frame.Type == "ERROR" ? throw Error(frame) : frame;
        }
        catch (OperationCanceledException) when (deadline.HasPassed && Remaining > TimeSpan.Zero)
        {
            throw KubernetesError.Timeout(request, silence);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw KubernetesError.Broken(request, e);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw KubernetesError.Unreadable(request, "an event cannot be read", e);
        }
    }

    private async Task<LineReader> OpenAsync(CancellationToken cancellationToken)
    {
        _opened = time.GetTimestamp();
        _stream = await open(Request(), cancellationToken);
        return new LineReader(_stream, client.MaxResponseBytes);
    }

    private KubernetesRequest Request()
    {
        var window = Shorter(Remaining, client.WatchRequestTimeout);
        return request with
        {
            Query = new QueryString().Add("watch", "true").Add("allowWatchBookmarks", "true")
                .Add("fieldSelector", options.FieldSelector).Add("labelSelector", options.LabelSelector)
                .Add("resourceVersion", _place).Add("timeoutSeconds", Math.Max(1, (int)window.TotalSeconds)),
        };
    }

    private WatchFrame Remember(WatchFrame frame)
    {
        _failures = 0;
        _place = frame.ResourceVersion ?? _place;
        _anchored |= frame.Type == "BOOKMARK";
        return frame;
    }

    private KubernetesException Error(WatchFrame frame)
    {
        var status = JsonSerializer.Deserialize(frame.Object.Span, KubernetesJson.Default.V1Status) ?? new V1Status();
        return KubernetesError.FromStatus(request, status.Code ?? 500, status, "the credentials");
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        // A request that lasted was the server's own way to end it; one that did not must not become a busy loop.
        if (_failures > 0 || time.GetElapsedTime(_opened) < Pause)
            await Task.Delay(Shorter(Remaining, Pause), time, cancellationToken);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) =>
        left <= TimeSpan.Zero ? TimeSpan.Zero : left < right ? left : right;

    private void Close()
    {
        _stream?.Dispose();
        (_stream, _lines) = (null, null);
    }
}
