using System.Formats.Tar;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>
/// Stand-ins for the images that the product does not build: small HTTP servers by busybox, and a real database.
/// </summary>
internal sealed class StandIns(RealRegistry registry, string roots)
{
    public const string Ingestor = "tracebloc/ingestor", Manager = "tracebloc/jobs-manager",
        Monitor = "tracebloc/pods-monitor";

    private const string Database = "tracebloc/mysql-client";

    // What requests-proxy starts, in an image that jobs-manager starts otherwise.
    private const string Python = "usr/bin/python";

    // MariaDB takes mysqld's configuration. Names cannot be looked up where a container has none. Without an account
    // for other hosts it would turn `helm test` away as a stranger, where the real one asks for a password.
    private const string Store = """
        [ -d /var/lib/mysql/mysql ] || mariadb-install-db --no-defaults --datadir=/var/lib/mysql --force \
          --skip-name-resolve --skip-test-db --auth-root-authentication-method=normal > /dev/null || exit 1
        echo "CREATE USER IF NOT EXISTS 'edgeuser'@'%';" > /tmp/accounts.sql
        exec mariadbd --defaults-file=/etc/mysql/conf.d/mysql.cnf --datadir=/var/lib/mysql --skip-name-resolve \
          --socket=/tmp/mysqld.sock --init-file=/tmp/accounts.sql
        """;

    private readonly Lazy<byte[]> _busybox = new(() => Tar(WithPython(Path.Combine(roots, "http"))));

    /// <summary>The database, once and for all.</summary>
    public Task PushDatabaseAsync(CancellationToken cancellationToken) => registry.PushAsync(
        Database,
        "prod",
        new RunnableImage(Tar(Path.Combine(roots, "mysql")), "/bin/bash", "-c", Store),
        cancellationToken);

    /// <summary>A jobs-manager that serves, and requests-proxy with it: both run this image.</summary>
    public Task<string> PushManagerAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Manager, tag, version, Serve(8080), cancellationToken);

    /// <summary>A jobs-manager that dies at once.</summary>
    public Task<string> PushBrokenManagerAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Manager, tag, version, "echo broken >&2; exit 1", cancellationToken);

    public Task<string> PushMonitorAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Monitor, tag, version, Serve(8081), cancellationToken);

    /// <summary>Pushes an ingestor that never runs here: only its digest counts.</summary>
    public Task<string> PushIngestorAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Ingestor, tag, version, "exit 0", cancellationToken);

    private Task<string> PushAsync(
        string repository, string tag, string version, string script, CancellationToken cancellationToken) =>
        registry.PushAsync(
            repository,
            tag,
            new RunnableImage(_busybox.Value, "/bin/busybox", "sh", "-c", $"echo {repository} {version}; {script}"),
            cancellationToken);

    // The first process of a container ignores signals that it has no handler for, and would be waited for.
    private static string Serve(int port) => $"trap 'exit 0' TERM; httpd -f -p {port} -h /etc & wait";

    private static string WithPython(string root)
    {
        var file = Path.Combine(root, Python);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? root);
        File.WriteAllText(file, $"#!/bin/busybox sh\n{Serve(8888)}\n");
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        return root;
    }

    private static byte[] Tar(string folder)
    {
        using var tar = new MemoryStream();
        TarFile.CreateFromDirectory(folder, tar, includeBaseDirectory: false);
        return tar.ToArray();
    }
}
