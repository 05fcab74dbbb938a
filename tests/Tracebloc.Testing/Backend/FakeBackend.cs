using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Backend;

/// <summary>
/// The central backend by its six calls. It records all requests, refuses those outside the contract with 501, and can
/// lose answers after it has carried a request out.
/// </summary>
public sealed class FakeBackend : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, JsonNode?> _labels = [];
    private readonly ConcurrentQueue<JsonObject> _metadata = [];
    private readonly ConcurrentQueue<string> _datasets = [];
    private readonly ConcurrentQueue<Func<FakeRequest, bool>> _lost = [];
    private readonly FakeListener _listener;

    private FakeBackend(FakeListener listener) => _listener = listener;

    public Uri Address => _listener.Address;

    /// <summary>The token that calls must carry.</summary>
    public string Token { get; private set; } = "token-1";

    /// <summary>The one that may log in by name and password; null: a login carries the token of before.</summary>
    public (string Name, string Password)? Account { get; set; }

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    /// <summary>Requests that are not in the contract.</summary>
    public ConcurrentQueue<FakeRequest> Unexpected => _listener.Unexpected;

    /// <summary>The labels that arrived, by the ids of their rows.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Labels => _labels;

    /// <summary>The bodies of <c>global_metadata</c>.</summary>
    public IReadOnlyList<JsonObject> Metadata => [.. _metadata];

    /// <summary>The titles of the data sets that are registered, in order.</summary>
    public IReadOnlyList<string> Datasets => [.. _datasets];

    /// <summary>Runs before each request is carried out; a test ends the client here.</summary>
    public Func<FakeRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after each request was carried out, before its answer; a test ends the client here.</summary>
    public Func<FakeRequest, Task> After { get; set; } = _ => Task.CompletedTask;

    public static async Task<FakeBackend> StartAsync(
        FakeListenerOptions? options = null, CancellationToken cancellationToken = default)
    {
        FakeBackend? backend = null;
        var listener = await FakeListener.StartAsync(
            options ?? new(), (context, request) => backend!.ServeAsync(context, request), cancellationToken);
        return backend = new FakeBackend(listener);
    }

    /// <summary>Answers the next requests to a path with a reply, in place of the backend.</summary>
    public void Answer(string path, FakeReply reply, int times = 1) => Answer(path, _ => reply, times);

    /// <summary>The same with a reply that is made for each request.</summary>
    public void Answer(string path, Func<FakeRequest, FakeReply> reply, int times = 1) => _listener.Add(new FakeRule(
        request => request.Path.Contains(path, StringComparison.Ordinal), reply, times));

    /// <summary>Carries the next request to a path out, and resets the connection in place of an answer.</summary>
    public void LoseAnswer(string path) => _lost.Enqueue(
        request => request.Path.Contains(path, StringComparison.Ordinal));

    /// <summary>Accepts the token no more; a login with it gets the next one.</summary>
    public void ExpireToken() => Token = $"token-{int.Parse(Token.Split('-')[1]) + 1}";

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(HttpContext context, FakeRequest request)
    {
        await Before(request);
        var reply = Serve(request);
        await After(request);
        if (_lost.TryPeek(out var isLost) && isLost(request) && _lost.TryDequeue(out _))
            reply = FakeReply.Abort;
        await reply.SendAsync(context);
    }

    private FakeReply Serve(FakeRequest request)
    {
        var call = BackendContract.Of(request);
        if (Account is { } account && call == BackendContract.Login && BackendContract.IsByName(request))
            return BackendContract.Names(request, account)
                ? FakeReply.Of(200, $$"""{"token":"{{Token}}"}""")
                : FakeReply.Of(400, """{"non_field_errors":["Unable to log in with provided credentials."]}""");
        if (call is null || !BackendContract.IsWellFormed(call, request))
        {
            _listener.Unexpected.Enqueue(request);
            return FakeReply.Of(501, """{"detail":"not in the contract"}""");
        }

        if (call == BackendContract.Login) return FakeReply.Of(200, $$"""{"token":"{{Token}}"}""");
        if (request.Authorization != $"TOKEN {Token}") return FakeReply.Of(401, """{"detail":"Invalid token."}""");
        return call switch
        {
            BackendContract.Batch => TakeRows(JsonNode.Parse(request.Body)!.AsArray()),
            BackendContract.Metadata => TakeMetadata(JsonNode.Parse(request.Body)!.AsObject()),
            BackendContract.Dataset => Register((string)JsonNode.Parse(request.Body)!["title"]!),
            _ => FakeReply.Of(200, """{"status":"ok"}"""),
        };
    }

    private FakeReply TakeRows(JsonArray rows)
    {
        lock (_labels)
        {
            if (rows.Any(row => _labels.ContainsKey((string)row!["data_id"]!)))
                return FakeReply.Of(409, """{"detail":"data_id exists"}""");
            foreach (var row in rows) _labels[(string)row!["data_id"]!] = row["label"]?.DeepClone();
        }

        return FakeReply.Of(201, $$"""{"created":{{rows.Count}}}""");
    }

    private FakeReply TakeMetadata(JsonObject body)
    {
        _metadata.Enqueue(body);
        return FakeReply.Of(201, "{}");
    }

    private FakeReply Register(string title)
    {
        if (_datasets.Contains(title)) return FakeReply.Of(409, """{"detail":"already registered"}""");
        _datasets.Enqueue(title);
        return FakeReply.Of(201, """{"id":7}""");
    }
}
