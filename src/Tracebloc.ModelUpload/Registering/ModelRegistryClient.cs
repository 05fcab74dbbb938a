using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>
/// The calls of the Kubeflow Model Registry's API v1alpha3. Reads and patches are repeated after transient faults;
/// creations are sent once, and their caller looks for the effect.
/// </summary>
internal sealed class ModelRegistryClient : IDisposable
{
    private const string Root = "/api/model_registry/v1alpha3";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly RegistryConnection _connection;
    private readonly TimeProvider _time;
    private readonly RetryPauses _pauses;

    private ModelRegistryClient(RegistryConnection connection, TimeProvider time, RetryPauses pauses) =>
        (_connection, _time, _pauses) = (connection, time, pauses);

    /// <summary>The attempts of one call, the first included.</summary>
    public const int Attempts = 5;

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <exception cref="UploadException">The file of authorities or the token cannot be used.</exception>
    public static ModelRegistryClient Open(
        ModelRegistrySettings settings,
        ProxySettings? proxy,
        string userAgent,
        TimeProvider time,
        RetryPauses pauses) =>
        new(RegistryConnection.Open(settings, proxy, userAgent, time), time, pauses);

    /// <summary>Scheme, host and port, for messages.</summary>
    public string Server => _connection.Server;

    /// <summary>Reads the least that proves connection and account.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var call = RegistryCall.Get($"{EntryKind.Model.Collection}?pageSize=1&sortOrder=ASC");
        var answer = await RepeatAsync(call, cancellationToken);
        if (answer.Status != 200)
            throw FaultOf(call, answer);
    }

    /// <summary>The entry; null where its id is unknown.</summary>
    public Task<RegistryEntry?> GetAsync(EntryKind kind, string id, CancellationToken cancellationToken) =>
        ReadAsync(RegistryCall.Get(kind.Of(id)), cancellationToken);

    /// <summary>The entry of a name below its parent; null where there is none.</summary>
    public Task<RegistryEntry?> FindAsync(
        EntryKind kind, string name, string? parentId, CancellationToken cancellationToken) =>
        ReadAsync(RegistryCall.Get(kind.Named(name, parentId)), cancellationToken);

    /// <summary>The first versions of a model.</summary>
    public async Task<RegistryPage> VersionsAsync(string modelId, CancellationToken cancellationToken)
    {
        var call = RegistryCall.Get($"{EntryKind.Model.Of(modelId)}/versions?pageSize=100");
        var answer = await RepeatAsync(call, cancellationToken);
        return answer.Status == 200
            ? Read(call, answer, RegistryJson.Default.RegistryPage)
            : throw FaultOf(call, answer);
    }

    /// <summary>Changes the members of the body and leaves all others.</summary>
    public async Task<RegistryEntry> PatchAsync(
        EntryKind kind, string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var call = new RegistryCall(HttpMethod.Patch, kind.Of(id)) { Body = body };
        var answer = await RepeatAsync(call, cancellationToken);
        return answer.Status == 200 ? EntryOf(call, answer) : throw FaultOf(call, answer);
    }

    /// <summary>Creates an entry in one attempt.</summary>
    /// <returns>The entry; null where its name is taken.</returns>
    /// <exception cref="UploadException">Transient where the entry may be there nevertheless.</exception>
    public async Task<RegistryEntry?> CreateAsync(
        string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var call = new RegistryCall(HttpMethod.Post, path) { Body = body };
        var answer = await SendAsync(call, cancellationToken);
        return answer.Status switch
        {
            200 or 201 => EntryOf(call, answer),
            409 => null,
            _ => throw FaultOf(call, answer),
        };
    }

    /// <summary>Waits before the attempt that follows.</summary>
    public Task PauseAsync(int attempt, TimeSpan? hint, CancellationToken cancellationToken)
    {
        var pause = _pauses.After(attempt);
        return Task.Delay(hint > pause ? hint.Value : pause, _time, cancellationToken);
    }

    public void Dispose() => _connection.Dispose();

    private async Task<RegistryEntry?> ReadAsync(RegistryCall call, CancellationToken cancellationToken)
    {
        var answer = await RepeatAsync(call, cancellationToken);
        return answer.Status switch
        {
            200 => EntryOf(call, answer),
            404 => null,
            _ => throw FaultOf(call, answer),
        };
    }

    private async Task<HttpAnswer> RepeatAsync(RegistryCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await SendAsync(call, cancellationToken);
            if (attempt == Attempts || !RegistryFault.IsTransient(answer))
                return answer;
            await PauseAsync(attempt, answer.RetryAfter, cancellationToken);
        }
    }

    private Task<HttpAnswer> SendAsync(RegistryCall call, CancellationToken cancellationToken) =>
        _connection.SendAsync(call with { Path = Root + call.Path }, Limit, cancellationToken);

    private RegistryEntry EntryOf(RegistryCall call, HttpAnswer answer) =>
        Read(call, answer, RegistryJson.Default.RegistryEntry) is { Id: not null } entry ? entry : throw Foreign(call);

    private T Read<T>(RegistryCall call, HttpAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Text, type) ?? throw Foreign(call);
        }
        catch (JsonException)
        {
            // Pages of sign-in proxies are no JSON.
            throw Foreign(call);
        }
    }

    private UploadException Foreign(RegistryCall call) => RegistryFault.Of(
        $"{NameOf(call)} failed: the answer is no entry of a Model Registry; correct --registry-server-address");

    private UploadException FaultOf(RegistryCall call, HttpAnswer answer) => RegistryFault.Of(NameOf(call), answer);

    private string NameOf(RegistryCall call) => $"Model Registry {Server}: {call.Method} {call.Path}";
}
