using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The open watches.</summary>
internal sealed class FakeWatches(FakeStore store, FakeKubernetesApiOptions options, FakeCallLog calls) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _bookmarks;
    private int _ends;

    internal void SendBookmark() => Signal(() => _bookmarks++);

    internal void End() => Signal(() => _ends++);

    internal void ForgetHistory() => Signal(store.Forget);

    /// <summary>Ends the open watches, and each that is asked for from now on.</summary>
    internal Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    private void Signal(Action change)
    {
        lock (store.Gate)
        {
            change();
            store.Wake();
        }
    }

    internal async Task ServeAsync(HttpContext http, FakeRequest request)
    {
        var seconds = int.Parse(request.Query("timeoutSeconds") ?? "1800", CultureInfo.InvariantCulture);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), options.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            timeout.Token, _stopping.Token, http.RequestAborted);
        CheckInitialEvents(request);
        http.Response.ContentType = "application/json";
        var (cursor, frames) = Begin(request);
        calls.Answered(request.Call, 200);
        while (true)
        {
            foreach (var frame in frames) await http.Response.WriteAsync(frame + "\n", end.Token);
            await http.Response.Body.FlushAsync(end.Token);
            if (cursor.IsOver) return;
            try
            {
                await cursor.Signal.WaitAsync(end.Token);
            }
            catch (OperationCanceledException) when (
                timeout.IsCancellationRequested || _stopping.IsCancellationRequested)
            {
                return;
            }

            (cursor, frames) = Next(request, cursor);
        }
    }

    /// <summary>Where a watch has come to, and what wakes it.</summary>
    private sealed record Cursor(long Version, int Bookmarks, int Ends, Task Signal, bool IsOver = false);

    private (Cursor, List<string>) Begin(FakeRequest request)
    {
        lock (store.Gate)
        {
            var asked = request.Query("resourceVersion");
            var streams = StreamsInitialEvents(request);
            var fresh = streams || string.IsNullOrEmpty(asked) || asked == "0";
            var version = fresh ? store.Version : long.Parse(asked!, CultureInfo.InvariantCulture);
            var cursor = new Cursor(version, _bookmarks, _ends, store.Changed);
            if (!fresh) return Next(request, cursor);
            List<string> frames = [.. store.List(request.Type, request.Call.Namespace).Where(request.Selector.Matches)
                .Select(item => Frame("ADDED", item.Json))];
            if (streams) frames.Add(Frame("BOOKMARK", Bookmark(request.Type, isEndOfInitialEvents: true)));
            return (cursor, frames);
        }
    }

    // ValidateListOptions of apimachinery; servers that do not stream lists refuse both or, before 1.27, the match.
    private void CheckInitialEvents(FakeRequest request)
    {
        var (asked, match) = (request.Query("sendInitialEvents"), request.Query("resourceVersionMatch"));
        if (options.Version.Minor < 27) asked = null;
        if (asked is not null && !options.Version.StreamsLists)
            throw Refused("sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList "
                + "feature gate is enabled");
        if (asked is null && match is not null)
            throw Refused("resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch"
                + (options.Version.Minor < 27 ? "" : " unless sendInitialEvents is provided"));
        if (asked is not null && match != "NotOlderThan")
            throw Refused("resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to "
                + "NotOlderThan");

        static FakeStatusException Refused(string message) =>
            new(422, "Invalid", $"ListOptions.meta.k8s.io \"\" is invalid: {message}");
    }

    private bool StreamsInitialEvents(FakeRequest request) =>
        options.Version.StreamsLists && request.Query("sendInitialEvents") is ("true" or "1");

    private (Cursor, List<string>) Next(FakeRequest request, Cursor cursor)
    {
        lock (store.Gate)
        {
            // A version that etcd has yet to come to again is waited for in silence.
            var next = new Cursor(Math.Max(store.Version, cursor.Version), _bookmarks, _ends, store.Changed);
            if (cursor.Version < store.Forgotten)
                return (next with { IsOver = true }, [Frame("ERROR", FakeStatusException.Expired(
                    $"too old resource version: {cursor.Version} ({store.Forgotten})").Json)]);
            var frames = store.Since(cursor.Version).Select(change => Frame(request, change)).OfType<string>()
                .ToList();
            if (_bookmarks > cursor.Bookmarks && request.Query("allowWatchBookmarks") is "true" or "1")
                frames.Add(Frame("BOOKMARK", Bookmark(request.Type)));
            return (next with { IsOver = _ends > cursor.Ends }, frames);
        }
    }

    private string Bookmark(FakeResourceType type, bool isEndOfInitialEvents = false)
    {
        var metadata = new JsonObject
        {
            ["resourceVersion"] = store.Version.ToString(CultureInfo.InvariantCulture),
            ["creationTimestamp"] = null,
        };
        if (isEndOfInitialEvents)
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        var bookmark = new JsonObject
        {
            ["kind"] = type.Kind,
            ["apiVersion"] = type.ApiVersion,
            ["metadata"] = metadata,
        };
        return bookmark.ToJsonString();
    }

    private static string? Frame(FakeRequest request, FakeChange change)
    {
        var subject = change.Subject;
        if (subject.Type != request.Type) return null;
        if (request.Call.Namespace is { } ns && subject.Namespace != ns) return null;
        var before = change.Before is { } old && request.Selector.Matches(old);
        var after = change.After is { } now && request.Selector.Matches(now);
        return (before, after) switch
        {
            (false, true) => Frame("ADDED", subject.Json),
            (true, true) => Frame("MODIFIED", subject.Json),
            (true, false) => Frame("DELETED", subject.Json),
            _ => null,
        };
    }

    private static string Frame(string type, string json) => $$"""{"type":"{{type}}","object":{{json}} }""";
}
