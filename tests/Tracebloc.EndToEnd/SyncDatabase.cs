using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>Asks the mirror's database by the client in its pod.</summary>
internal sealed class SyncDatabase(Kubectl kubectl)
{
    /// <summary>The rows of a query, a line each, their fields separated by tabs.</summary>
    public async Task<string> AskAsync(string sql, CancellationToken cancellationToken) => (await kubectl.RunAsync(
        [
            "exec", "pod/mysql", "--", "mysql", "-uroot", "-proot", "michelangelo",
            "--default-character-set=utf8mb4", "-sNr", "-e", sql,
        ],
        cancellationToken)).Trim();

    /// <summary>Asks until the answer is this, or patience ends.</summary>
    /// <returns>The last answer.</returns>
    public Task<string> UntilAsync(string sql, string expected, CancellationToken cancellationToken) =>
        Looking.UntilAsync(() => AskAsync(sql, cancellationToken), answer => answer == expected, cancellationToken);
}
