using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.JobsManager;

/// <summary>
/// jobs-manager by its version and its calls for runs and data sets. It keeps the runs, answers a known key as the
/// contract has it, and refuses calls outside the contract with 501.
/// </summary>
public sealed partial class FakeJobsManager : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _submitted = [];
    private readonly ConcurrentQueue<JsonObject> _states = [];
    private readonly FakeListener _listener;
    private readonly Lock _gate = new();
    private readonly List<string> _keys = [];
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

    /// <summary>True for a token that calls may carry; null: <see cref="Token"/> alone.</summary>
    public Func<string, bool>? Accepts { get; set; }

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    /// <summary>Requests that are not in the contract.</summary>
    public ConcurrentQueue<FakeRequest> Unexpected => _listener.Unexpected;

    /// <summary>Called with the Job of each run that is accepted.</summary>
    public Action<string>? Accepted { get; set; }

    /// <summary>The bodies of the submissions that were accepted.</summary>
    public IReadOnlyList<string> Bodies => [.. _keys.Select(key => _submitted[key])];

    /// <summary>The keys of the runs that were started.</summary>
    public IReadOnlyList<string> Started => [.. _keys];

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

    /// <summary>Answers the next submissions with a reply, in place of jobs-manager.</summary>
    public void AnswerSubmission(FakeReply reply, int times = 1) => AnswerSubmission(_ => reply, times);

    /// <summary>The same with a reply that is made for each submission.</summary>
    public void AnswerSubmission(Func<FakeRequest, FakeReply> reply, int times = 1) =>
        _listener.Add(new FakeRule(request => request.Method == "POST", reply, times));

    /// <summary>The states of the run in the answers that follow, the last one for ever.</summary>
    public void Report(params JsonObject[] states)
    {
        // As from a socket: a number of a test is no more of one type.
        foreach (var state in states) _states.Enqueue(JsonNode.Parse(state.ToJsonString())!.AsObject());
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private Task ServeAsync(HttpContext context, FakeRequest request) => Serve(request).SendAsync(context);

    private FakeReply Serve(FakeRequest request)
    {
        if (request is { Method: "GET", Path: "/v1/version", Query: "" })
            return Version is null ? Refuse(404, "Not Found") : FakeReply.Of(200, Version.ToJsonString());
        if (request is { Method: "GET", Path: "/readyz", Query: "" })
            return Away is null ? FakeReply.Of(200, """{"status":"ready"}""") : Refuse(503, Away);
        if (!IsInContract(request))
        {
            _listener.Unexpected.Enqueue(request);
            return Refuse(501, "not in the contract");
        }

        var token = (request.Authorization ?? "")["Bearer ".Length..];
        if (!(Accepts?.Invoke(token) ?? token == Token)) return Refuse(401, "the token was not accepted");
        lock (_gate) return Answer(request);
    }

    private static bool IsInContract(FakeRequest request) =>
        JobsManagerContract.IsSubmission(request) || JobsManagerContract.IsRunList(request)
        || JobsManagerContract.IsDatasetList(request) || JobsManagerContract.KeyOf(request) is not null
        || JobsManagerContract.DatasetOf(request) is not null;

    private FakeReply Answer(FakeRequest request)
    {
        if (JobsManagerContract.IsSubmission(request)) return Submit(request.Body);
        if (JobsManagerContract.IsRunList(request)) return Runs(request.Query);
        if (JobsManagerContract.IsDatasetList(request)) return AllDatasets();
        var isRemoval = request.Method == "DELETE";
        return JobsManagerContract.KeyOf(request) is { } key ? isRemoval ? Cancel(key) : Find(key)
            : JobsManagerContract.DatasetOf(request) is { } table
                ? isRemoval ? Delete(table, isTried: request.Query != "") : Dataset(table)
            : throw new InvalidOperationException(request.Path);
    }

    private FakeReply Submit(string body)
    {
        var key = (string)JsonNode.Parse(body)!["idempotency_key"]!;
        if (_submitted.TryAdd(key, body))
        {
            _keys.Add(key);
            Accepted?.Invoke(JobOf(key));
            return Taken(201, key);
        }

        return _submitted[key] == body ? Taken(200, key) : Refuse(409, $"key {key} has another content");
    }

    private FakeReply Find(string key)
    {
        if (!_submitted.ContainsKey(key)) return Refuse(404, $"there is no run {key}");
        if (_states.TryDequeue(out var next)) _state = next;
        if (!_ends.ContainsKey(key)) Become(key, _state);
        return FakeReply.Of(200, RunOf(key).ToJsonString());
    }

    private FakeReply Taken(int status, string key)
    {
        var taken = new JsonObject
        {
            ["job_name"] = JobOf(key),
            ["namespace"] = "tracebloc",
            ["replay"] = status == 200,
        };
        if (_ends.TryGetValue(key, out var end))
            foreach (var name in (string[])["state", "error", "deleted_at"])
                if (end[name] is { } value) taken[name] = value.DeepClone();
        return FakeReply.Of(status, taken.ToJsonString());
    }

    private static FakeReply Refuse(int status, string detail) =>
        FakeReply.Of(status, new JsonObject { ["detail"] = detail }.ToJsonString());

    private static string JobOf(string key) =>
        $"ingest-job-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12]}";
}
