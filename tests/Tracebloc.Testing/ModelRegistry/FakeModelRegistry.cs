using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>
/// A Kubeflow Model Registry with the calls that model-upload needs. It holds each request and each of its own answers
/// against <see cref="RegistryOperation"/>, refuses others with 501, and can fail any call before or after its effect.
/// </summary>
public sealed partial class FakeModelRegistry : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly RegistryStore _models = new(""), _versions = new("registeredModelId"), _artifacts = new("");
    private readonly ConcurrentDictionary<int, CallFault> _faults = [];
    private readonly ConcurrentQueue<string> _deviations = [];
    private readonly FakeListener _listener;
    private int _calls;

    private FakeModelRegistry(FakeListener listener) => _listener = listener;

    public Uri Address => _listener.Address;

    /// <summary>The token that calls must carry; null: any or none.</summary>
    public string? Token { get; set; }

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    /// <summary>The calls so far.</summary>
    public int Calls => _calls;

    /// <summary>The requests outside the description.</summary>
    public ConcurrentQueue<FakeRequest> Unexpected => _listener.Unexpected;

    /// <summary>Runs after each call was carried out, before its answer; for what others do meanwhile.</summary>
    public Action<FakeRequest> After { get; set; } = _ => { };

    public static async Task<FakeModelRegistry> StartAsync(
        FakeListenerOptions? options = null, CancellationToken cancellationToken = default)
    {
        FakeModelRegistry? registry = null;
        var listener = await FakeListener.StartAsync(
            options ?? new(), (context, request) => registry!.ServeAsync(context, request), cancellationToken);
        return registry = new FakeModelRegistry(listener);
    }

    /// <summary>Fails a call.</summary>
    /// <param name="call">Its number, from 1 on, since the start.</param>
    /// <param name="fault">The fault.</param>
    public void FailAt(int call, CallFault fault) => _faults[call] = fault;

    /// <summary>Forgets the faults that were not reached.</summary>
    public void Heal() => _faults.Clear();

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        if (!_deviations.IsEmpty)
            throw new InvalidOperationException("Not as described: " + string.Join("; ", _deviations));
    }

    private async Task ServeAsync(HttpContext context, FakeRequest request)
    {
        var fault = _faults.GetValueOrDefault(Interlocked.Increment(ref _calls));
        if (fault is { IsAfterEffect: false })
        {
            fault.OnHit();
            await fault.Reply.SendAsync(context);
            return;
        }

        var (status, body) = Serve(request);
        After(request);
        fault?.OnHit();
        await (fault?.Reply ?? FakeReply.Of(status, body)).SendAsync(context);
    }

    private (int Status, string Body) Serve(FakeRequest request)
    {
        var operation = RegistryOperation.Of(request);
        if (operation?.FaultOf(request) is var deviation && (operation is null || deviation is not null))
        {
            if (deviation is not null)
                _deviations.Enqueue($"{request}: {deviation}");
            _listener.Unexpected.Enqueue(request);
            return Error(501, deviation ?? "no such call");
        }

        var (status, body) = Token is not null && request.Authorization != $"Bearer {Token}"
            ? Error(401, "the token is not valid")
            : Carry(operation!, request);
        if (operation!.FaultOf(status, body) is { } wrong)
            _deviations.Enqueue($"the answer to {request}: {wrong}");
        return (status, body);
    }

    private (int Status, string Body) Carry(RegistryOperation operation, FakeRequest request)
    {
        var body = RegistryOperation.Parse(request.Body) as JsonObject ?? [];
        if (operation.Body?.MissingIn(body) is [var missing, ..])
            return Error(
                operation == RegistryOperation.PostVersion ? 422 : 400, $"required field '{missing}' is missing");
        lock (_gate)
            return operation.Method switch
            {
                "POST" => Create(operation, request, body),
                "PATCH" => OfId(operation, request, (store, id) => store.Patch(id, body)),
                _ when operation == RegistryOperation.ListModels => List(_models.All, request),
                _ when operation == RegistryOperation.ListVersions =>
                    List(_versions.Below(operation.IdIn(request)), request),
                _ when operation.IdIn(request) != "" => OfId(operation, request, (store, id) => store.Get(id)),
                _ => Find(operation, request),
            };
    }

    private (int, string) Create(RegistryOperation operation, FakeRequest request, JsonObject body)
    {
        var parent = operation == RegistryOperation.PostVersion ? (string)body["registeredModelId"]!
            : operation.IdIn(request);
        if (operation == RegistryOperation.PostVersion && _models.Get(Number(parent) ?? 0) is null)
            return Error(400, $"no registered model found for id {parent}");
        if (operation == RegistryOperation.PostArtifact && _versions.Get(Number(parent) ?? 0) is null)
            return Error(404, $"no model version found for id {parent}");
        if (operation == RegistryOperation.PostArtifact)
            body["name"] ??= $"{Guid.NewGuid()}";
        return StoreOf(operation).Add(parent, body) is { } added ? (201, Text(added))
            : Error(409, $"{body["name"]} already exists");
    }

    private (int, string) OfId(
        RegistryOperation operation, FakeRequest request, Func<RegistryStore, int, JsonObject?> call)
    {
        var id = operation.IdIn(request);
        if (Number(id) is not { } number)
            return Error(400, $"invalid id {id}");
        return call(StoreOf(operation), number) is { } entry ? (200, Text(entry)) : Error(404, $"no entry for id {id}");
    }

    private (int, string) Find(RegistryOperation operation, FakeRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.Query);
        var parent = query.TryGetValue("parentResourceId", out var given) ? given.ToString() : "";
        return StoreOf(operation).Find(parent, query["name"].ToString()) is { } found ? (200, Text(found))
            : Error(404, $"no entry found for name={query["name"]}");
    }

    private static (int, string) List(IReadOnlyList<JsonObject> all, FakeRequest request)
    {
        var most = Number(QueryHelpers.ParseQuery(request.Query)["pageSize"].ToString()) ?? 100;
        return (200, Text(new JsonObject
        {
            ["items"] = new JsonArray([.. all.Take(most)]),
            ["nextPageToken"] = all.Count > most ? "more" : "",
            ["pageSize"] = most,
            ["size"] = Math.Min(most, all.Count),
        }));
    }

    private RegistryStore StoreOf(RegistryOperation operation) =>
        operation.Answer == RegistrySchema.Model ? _models
        : operation.Answer == RegistrySchema.Version ? _versions : _artifacts;

    private static int? Number(string id) =>
        int.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(JsonObject body) => body.ToJsonString(Plain);

    private static (int, string) Error(int status, string message) => (status, Text(new JsonObject
    {
        ["code"] = ReasonPhrases.GetReasonPhrase(status),
        ["message"] = message,
    }));
}
