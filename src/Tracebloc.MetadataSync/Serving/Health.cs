using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Serving;

/// <summary>The health of the controller: what it waits for, if anything. Safe for concurrent use.</summary>
/// <param name="client">The API server.</param>
/// <param name="time">The clock.</param>
internal sealed class Health(KubernetesClient client, TimeProvider time)
{
    /// <summary>The kubelet's probe gives up after a few seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private volatile SessionPool? _pool;
    private volatile Mirror? _mirror;
    private volatile bool _isDisabled, _isLeading;

    public bool IsLeading
    {
        get => _isLeading;
        set => _isLeading = value;
    }

    public Mirror? Mirror => _mirror;

    /// <summary>Nothing is mirrored, and so nothing is waited for.</summary>
    public void Disable() => _isDisabled = true;

    /// <summary>The database has answered.</summary>
    public void Connect(SessionPool pool, Mirror mirror) => (_pool, _mirror) = (pool, mirror);

    /// <summary>Asks the database and the API server, and the feeds where this replica leads.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<Readiness> ReadAsync(CancellationToken token)
    {
        if (_isDisabled) return new Readiness(null);
        if (_pool is not { } pool) return new Readiness("MySQL has given no answer yet");
        using var deadline = new Deadline(Patience, time, token);
        var asked = IsThereAsync(client.VersionAsync, deadline, token);
        var hasDatabase = await IsThereAsync(current => AskAsync(pool, current), deadline, token);
        var hasCluster = await asked;
        if (!hasDatabase) return new Readiness("MySQL gives no answer");
        if (!hasCluster) return new Readiness("The API server gives no answer");

        // A replica that stands by is ready to lead.
        string[] waiting = !IsLeading ? [] :
        [
            .. (_mirror?.States ?? []).Where(each => each.State is KindState.Starting or KindState.Lost)
                .Select(each => each.Kind.Name),
        ];
        return new Readiness(waiting.Length == 0 ? null : $"Not followed yet: {string.Join(", ", waiting)}");
    }

    private static Task<long> AskAsync(SessionPool pool, CancellationToken token) => pool.UseAsync(
        session => session.FindAsync(new SqlStatement("SELECT 1"), row => row.Number(0), token), token);

    private static async Task<bool> IsThereAsync<T>(
        Func<CancellationToken, Task<T>> ask, Deadline deadline, CancellationToken token)
    {
        try
        {
            await ask(deadline.Token);
            return true;
        }
        catch (Exception away) when (
            away is DatabaseException or KubernetesException
            || (away is OperationCanceledException && !token.IsCancellationRequested))
        {
            return false;
        }
    }
}

/// <summary>The state of the services.</summary>
/// <param name="Fault">The service that is waited for; null where there is none.</param>
internal sealed record Readiness(string? Fault);
