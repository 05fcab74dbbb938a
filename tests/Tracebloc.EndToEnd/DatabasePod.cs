using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>Asks the database of a release by the client in its pod.</summary>
internal sealed class DatabasePod(Kubectl kubectl)
{
    /// <summary>The rows of a query, a line each, their fields separated by tabs.</summary>
    public async Task<string> AskAsync(string sql, CancellationToken cancellationToken) => (await kubectl.RunAsync(
        [
            "exec", "deployment/mysql-client", "--", "mariadb", "--no-defaults", "--socket=/tmp/mysqld.sock",
            "--user=root", "--default-character-set=utf8mb4", "--batch", "--skip-column-names", $"--execute={sql}",
        ],
        cancellationToken)).Trim();

    public Task<string> CountAsync(string table, CancellationToken cancellationToken) => AskAsync(
        $"SELECT COUNT(*), COUNT(DISTINCT data_id) FROM training_test_datasets.{table}", cancellationToken);
}
