using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>One <c>metadata-sync run</c>, or <c>serve</c>.</summary>
internal sealed class SyncReplica(string name, ChildProgram program, int port) : IDisposable
{
    private readonly HttpClient _client = new();

    /// <summary>The name of its pod, with which its identity begins.</summary>
    public string Name => name;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    public bool HasEnded => program.Result.IsCompleted;

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => program.KillAsync();

    /// <summary>SIGTERM, and the wait for the end.</summary>
    public async Task<ProgramResult> TerminateAsync()
    {
        await program.TerminateAsync();
        return await program.Result;
    }

    /// <returns>The status, 0 where it does not answer, and the text.</returns>
    public async Task<(int Status, string Text)> GetAsync(string path, CancellationToken token)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(Address, path), token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(token));
        }
        catch (HttpRequestException absent)
        {
            return (0, absent.Message);
        }
    }

    /// <summary>A sample of its metrics: those of the kind Gadget, where there is one for each kind.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<double?> NumberAsync(string metric, CancellationToken token)
    {
        var (status, text) = await GetAsync("/metrics", token);
        return status == 200 ? new SyncMetrics(text).Find(metric, "Gadget") : null;
    }

    /// <summary>True where it leads, follows the objects, and has nothing left to do.</summary>
    public async Task<bool> IsQuietAsync(CancellationToken token) =>
        await NumberAsync("following", token) == 1 && await NumberAsync("queue_depth", token) == 0
        && await NumberAsync("chores", token) == 0;

    public void Dispose() => _client.Dispose();
}
