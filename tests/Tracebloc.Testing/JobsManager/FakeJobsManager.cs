using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.JobsManager;

/// <summary>
/// jobs-manager by its version and its calls for a submission and a run. It keeps the runs, answers a known key as the
/// contract has it, and refuses calls outside the contract with 501.
/// </summary>
public sealed class FakeJobsManager : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _submitted = [];
    private readonly ConcurrentQueue<JsonObject> _states = [];
    private readonly FakeListener _listener;
    private JsonObject _state = new() { ["state"] = "accepted" };

    private FakeJobsManager(FakeListener listener) => _listener = listener;

    public Uri Address => _listener.Address;

    public int Port => _listener.Port;

    /// <summary>The answer of <c>/v1/version</c>; null: there is no such path, as before 2.0.</summary>
    public JsonObject? Version { get; set; }

    /// <summary>The service that <c>/readyz</c> blames; null: it is ready.</summary>
    public string? Away { get; set; }

    /// <summary>The token that calls must carry.</summary>
    public string Token { get; set; } = "token-1";

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    /// <summary>Requests that are not in the contract.</summary>
    public ConcurrentQueue<FakeRequest> Unexpected => _listener.Unexpected;

    /// <summary>The keys of the runs that were started.</summary>
    public IReadOnlyList<string> Started => [.. _submitted.Keys];

    public static async Task<FakeJobsManager> StartAsync(
        FakeListenerOptions? options = null, CancellationToken cancellationToken = default)
    {
        FakeJobsManager? manager = null;
        var listener = await FakeListener.StartAsync(
            options ?? new(), (context, request) => manager!.ServeAsync(context, request), cancellationToken);
        return manager = new FakeJobsManager(listener);
    }

    /// <summary>Answers the next requests with a reply, in place of jobs-manager.</summary>
    public void Answer(FakeReply reply, int times = 1) => Answer(_ => reply, times);

    /// <summary>The same with a reply that is made for each request.</summary>
    public void Answer(Func<FakeRequest, FakeReply> reply, int times = 1) =>
        _listener.Add(new FakeRule(_ => true, reply, times));

    /// <summary>The states of the run in the answers that follow, the last one for ever.</summary>
    public void Report(params JsonObject[] states)
    {
        foreach (var state in states) _states.Enqueue(state);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private Task ServeAsync(HttpContext context, FakeRequest request) => Serve(request).SendAsync(context);

    private FakeReply Serve(FakeRequest request)
    {
        if (request is { Method: "GET", Path: "/v1/version", Query: "" })
            return Version is null ? Refuse(404, "Not Found") : FakeReply.Of(200, Version.ToJsonString());
        if (request is { Method: "GET", Path: "/readyz", Query: "" })
            return Away is null ? FakeReply.Of(200, """{"status":"ready"}""") : Refuse(503, Away);
        var (isSubmission, key) = (JobsManagerContract.IsSubmission(request), JobsManagerContract.KeyOf(request));
        if (!isSubmission && key is null)
        {
            _listener.Unexpected.Enqueue(request);
            return Refuse(501, "not in the contract");
        }

        if (request.Authorization != $"Bearer {Token}") return Refuse(401, "the token was not accepted");
        return key is null ? Submit(request.Body) : Find(key);
    }

    private FakeReply Submit(string body)
    {
        var key = (string)JsonNode.Parse(body)!["idempotency_key"]!;
        if (_submitted.TryAdd(key, body)) return Accepted(201, key);
        return _submitted[key] == body ? Accepted(200, key) : Refuse(409, $"key {key} has another content");
    }

    private FakeReply Find(string key)
    {
        if (!_submitted.ContainsKey(key)) return Refuse(404, $"there is no run {key}");
        if (_states.TryDequeue(out var next)) _state = next;
        var run = _state.DeepClone().AsObject();
        run["idempotency_key"] = key;
        run["job_name"] = JobOf(key);
        run["undo"] = "none";
        return FakeReply.Of(200, run.ToJsonString());
    }

    private static FakeReply Accepted(int status, string key) => FakeReply.Of(
        status,
        new JsonObject
        {
            ["job_name"] = JobOf(key),
            ["namespace"] = "tracebloc",
            ["replay"] = status == 200,
        }.ToJsonString());

    private static FakeReply Refuse(int status, string detail) =>
        FakeReply.Of(status, new JsonObject { ["detail"] = detail }.ToJsonString());

    private static string JobOf(string key) =>
        $"ingest-job-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12]}";
}
