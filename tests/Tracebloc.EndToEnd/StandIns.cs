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

    /// <summary>The version of jobs-manager that stand-ins claim, with a schema of its own.</summary>
    public const string OlderVersion = "1.9.0";

    private const string Database = "tracebloc/mysql-client";

    // MariaDB takes mysqld's configuration. Names cannot be looked up where a container has none. The account of 1.x is
    // there as in the real image: `helm test` asks for it, and so do ingestors of the old kind.
    private const string Store = """
        [ -d /var/lib/mysql/mysql ] || {
          mariadb-install-db --no-defaults --datadir=/var/lib/mysql --force \
            --skip-name-resolve --skip-test-db --auth-root-authentication-method=normal > /dev/null || exit 1
          printf '%s\n' 'FLUSH PRIVILEGES;' 'CREATE DATABASE IF NOT EXISTS training_test_datasets;' \
            "CREATE USER 'edgeuser'@'%';" "GRANT ALL ON training_test_datasets.* TO 'edgeuser'@'%';" |
            mariadbd --no-defaults --datadir=/var/lib/mysql --bootstrap || exit 1
        }
        exec mariadbd --defaults-file=/etc/mysql/conf.d/mysql.cnf --datadir=/var/lib/mysql --skip-name-resolve \
          --socket=/tmp/mysqld.sock
        """;

    private readonly Lazy<byte[]> _busybox = new(() => Tar(WithPages(Path.Combine(roots, "http"))));

    /// <summary>The name that the chart gives a repository: the product's own images are at GitHub.</summary>
    public static string NameOf(string repository) =>
        $"{(repository == Monitor ? "docker.io" : "ghcr.io")}/{repository}";

    /// <summary>The database, once and for all.</summary>
    public Task PushDatabaseAsync(CancellationToken cancellationToken) => registry.PushAsync(
        Database,
        "prod",
        new RunnableImage(Tar(Path.Combine(roots, "mysql")), "/bin/bash", "-c", Store),
        cancellationToken);

    /// <summary>A jobs-manager that serves; requests-proxy runs this image too, with another verb.</summary>
    public Task<string> PushManagerAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(
            Manager, tag, version, $"port=8080; [ \"$0\" = serve ] || port=8888; {Serve("$port")}", cancellationToken);

    /// <summary>A jobs-manager that dies at once.</summary>
    public Task<string> PushBrokenManagerAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Manager, tag, version, "echo broken >&2; exit 1", cancellationToken);

    public Task<string> PushMonitorAsync(string tag, string version, CancellationToken cancellationToken) =>
        PushAsync(Monitor, tag, version, Serve("8081"), cancellationToken);

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
    private static string Serve(string port) => $"trap 'exit 0' TERM; httpd -f -p {port} -h /pages & wait";

    /// <summary>The pages that the kubelet's probes and the command line ask for.</summary>
    private static string WithPages(string root)
    {
        var pages = Directory.CreateDirectory(Path.Combine(root, "pages")).FullName;
        foreach (var page in (string[])["healthz", "readyz"])
            File.WriteAllText(Path.Combine(pages, page), "ok\n");
        Directory.CreateDirectory(Path.Combine(pages, "v1"));
        File.WriteAllText(
            Path.Combine(pages, "v1", "version"),
            $$"""
            {"version":"{{OlderVersion}}","schemas":[{"name":"ingest.v1","digest":"sha256:{{new string('0', 64)}}"}]}

            """);
        return root;
    }

    private static byte[] Tar(string folder)
    {
        using var tar = new MemoryStream();
        TarFile.CreateFromDirectory(folder, tar, includeBaseDirectory: false);
        return tar.ToArray();
    }
}
