using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    private int _bookmarks;
    private int _ends;

    /// <summary>Every open watch that allows it is told the current version.</summary>
    public void SendBookmark() => Signal(() => _bookmarks++);

    /// <summary>Every open watch ends as the server ends them after a while.</summary>
    public void EndWatches() => Signal(() => _ends++);

    /// <summary>What happened so far is forgotten: older places in watches and lists are answered with 410.</summary>
    public void ForgetHistory() => Signal(_store.Forget);

    private void Signal(Action change)
    {
        lock (_store.Gate)
        {
            change();
            _store.Wake();
        }
    }

    private async Task WatchAsync(HttpContext http, FakeRequest request)
    {
        var seconds = int.Parse(request.Query("timeoutSeconds") ?? "1800", CultureInfo.InvariantCulture);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), _options.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            timeout.Token, _stopping.Token, http.RequestAborted);
        http.Response.ContentType = "application/json";
        var (cursor, frames) = Begin(request);
        Answered(request.Call, 200);
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
        lock (_store.Gate)
        {
            var asked = request.Query("resourceVersion");
            var fresh = string.IsNullOrEmpty(asked) || asked == "0";
            var version = fresh ? _store.Version : long.Parse(asked!, CultureInfo.InvariantCulture);
            var cursor = new Cursor(version, _bookmarks, _ends, _store.Changed);
            if (!fresh) return Next(request, cursor);
            return (cursor, [.. _store.List(request.Type, request.Call.Namespace).Where(request.Selector.Matches)
                .Select(item => Frame("ADDED", item.Json))]);
        }
    }

    private (Cursor, List<string>) Next(FakeRequest request, Cursor cursor)
    {
        lock (_store.Gate)
        {
            var next = new Cursor(_store.Version, _bookmarks, _ends, _store.Changed);
            if (cursor.Version < _store.Forgotten)
                return (next with { IsOver = true }, [Frame("ERROR", FakeStatusException.Expired(
                    $"too old resource version: {cursor.Version} ({_store.Forgotten})").Json)]);
            var frames = _store.Since(cursor.Version).Select(change => Frame(request, change)).OfType<string>()
                .ToList();
            if (_bookmarks > cursor.Bookmarks && request.Query("allowWatchBookmarks") is "true" or "1")
                frames.Add(Frame("BOOKMARK", Bookmark(request.Type)));
            return (next with { IsOver = _ends > cursor.Ends }, frames);
        }
    }

    private string Bookmark(FakeResourceType type) => new JsonObject
    {
        ["kind"] = type.Kind,
        ["apiVersion"] = type.ApiVersion,
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = _store.Version.ToString(CultureInfo.InvariantCulture),
            ["creationTimestamp"] = null,
        },
    }.ToJsonString();

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
