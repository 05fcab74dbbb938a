using System.Formats.Tar;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>
/// What stands in for the images that the product does not build: small HTTP servers by busybox, and a real database.
/// </summary>
internal sealed class StandIns(RealRegistry registry, string roots)
{
    public const string Ingestor = "tracebloc/ingestor";

    private const string Manager = "tracebloc/jobs-manager", Monitor = "tracebloc/pods-monitor";
    private const string Database = "tracebloc/mysql-client";

    // The first process of a container ignores signals that it has no handler for, and would be waited for.
    private const string Serve = """
        trap 'exit 0' TERM; for port in 8080 8888; do httpd -f -p $port -h /etc & done; wait
        """;

    // MariaDB takes mysqld's configuration. Names cannot be looked up where a container has none.
    private const string Store = """
        [ -d /var/lib/mysql/mysql ] || mariadb-install-db --no-defaults --datadir=/var/lib/mysql --force \
          --skip-name-resolve --skip-test-db --auth-root-authentication-method=normal > /dev/null || exit 1
        exec mariadbd --defaults-file=/etc/mysql/conf.d/mysql.cnf --datadir=/var/lib/mysql --skip-name-resolve \
          --socket=/tmp/mysqld.sock
        """;

    private readonly Lazy<byte[]> _busybox = new(() => Tar(Path.Combine(roots, "http")));

    /// <summary>The database, once and for all.</summary>
    public Task PushDatabaseAsync(CancellationToken cancellationToken) => registry.PushAsync(
        Database,
        "prod",
        new RunnableImage(Tar(Path.Combine(roots, "mysql")), "/bin/bash", "-c", Store),
        cancellationToken);

    /// <summary>A jobs-manager that serves, and requests-proxy with it: both run this image.</summary>
    public Task<string> PushManagerAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Manager, tag, version, Serve, cancellationToken);

    /// <summary>A jobs-manager that dies at once.</summary>
    public Task<string> PushBrokenManagerAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Manager, tag, version, "echo broken >&2; exit 1", cancellationToken);

    public Task<string> PushMonitorAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Monitor, tag, version, Serve, cancellationToken);

    /// <summary>Nobody runs it here: its digest is what counts.</summary>
    public Task<string> PushIngestorAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Ingestor, tag, version, "exit 0", cancellationToken);

    private Task<string> PushAsync(
        string repository, string tag, string version, string script, CancellationToken cancellationToken) =>
        registry.PushAsync(
            repository,
            tag,
            new RunnableImage(_busybox.Value, "/bin/busybox", "sh", "-c", $"echo {repository} {version}; {script}"),
            cancellationToken);

    private static byte[] Tar(string folder)
    {
        using var tar = new MemoryStream();
        TarFile.CreateFromDirectory(folder, tar, includeBaseDirectory: false);
        return tar.ToArray();
    }
}
