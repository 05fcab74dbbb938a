using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tracebloc.Testing;

namespace Tracebloc.Security.Tests.Ingestor;

/// <summary>
/// A processor runs as the ingestor's user, as in its pod. It reads neither the environment nor the memory of the
/// ingestor, which hold passwords and a token.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProcessShieldTests : IDisposable
{
    private const string Nobody = "65534";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shield-");
    private readonly Canary _password = Canary.New("database-password"), _token = Canary.New("backend-token");

    private static string? Published => Environment.GetEnvironmentVariable("TRACEBLOC_TEST_INGESTOR");

    // shared/Microsoft.NETCore.App/10.0.0
    private static string Runtime =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("environ")]
    [InlineData("mem")]
    [InlineData("maps")]
    public async Task A_processor_cannot_read_the_ingestor_s_secrets(string file)
    {
        await WriteAsync(file);
        await using var server = FakeMySqlServer.Start(Answer);

        var result = await Start(server.Port).Guarding(_password, _token).Result;

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "PermissionError: [Errno 13] Permission denied: '/proc/", result.Error, StringComparison.Ordinal);
        Assert.Contains($"/{file}'", result.Error, StringComparison.Ordinal);
        Assert.Empty(server.Unknown);
    }

    /// <summary>The answers of a server without a journal and without the table.</summary>
    private static FakeSqlReply? Answer(string sql) => sql switch
    {
        _ when sql.StartsWith("SELECT VERSION()", StringComparison.Ordinal) => null,
        _ when sql.Contains("GET_LOCK", StringComparison.Ordinal) => FakeSqlReply.Row("1"),
        _ when sql.Contains("COUNT(*)", StringComparison.Ordinal) => FakeSqlReply.Row("0"),
        _ when sql.StartsWith("SELECT", StringComparison.Ordinal) => FakeSqlReply.Nothing(),
        _ => new FakeSqlReply.Ok(),
    };

    private ChildProgram Start(int port)
    {
        string[] program = Environment.UserName == "root"
            ? ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", At("program/ingestor"), "run"]
            : [At("program/ingestor"), "run"];
        // Where these tests run the other user may not be.
        return ChildProgram.Start(
            "env",
            ["--chdir", At("shared"), "setpriv", .. program],
            [
                ("DOTNET_ROOT", Runtime),
                ("PATH", "/usr/bin:/bin"),
                ("INGEST_CONFIG", At("shared/ingest.yaml")),
                ("MYSQL_HOST", "127.0.0.1"),
                ("MYSQL_PORT", $"{port}"),
                ("DB_USER", "ingestor"),
                ("DB_PASSWORD", _password.Value),
                ("BACKEND_TOKEN", _token.Value),
                ("STORAGE_PATH", At("shared")),
                ("TMPDIR", At("scratch")),
            ],
            TestContext.Current.CancellationToken);
    }

    // In a folder of its own: that of these tests need not be open to other users.
    private async Task WriteAsync(string file)
    {
        var token = TestContext.Current.CancellationToken;
        foreach (var name in new[] { "program", "shared", "scratch" }) Directory.CreateDirectory(At(name));
        IEnumerable<string> files = Published is { } published ? [published]
            : Directory.GetFiles(AppContext.BaseDirectory);
        foreach (var one in files) File.Copy(one, Path.Combine(At("program"), Path.GetFileName(one)));
        await File.WriteAllTextAsync(At("shared/rows.csv"), "rooms,kind\n1,a\n2,b\n", token);
        await File.WriteAllTextAsync(
            At("shared/clean.py"),
            $$"""
            import os
            class Clean:
                def process(self, row):
                    raise RuntimeError(open(f"/proc/{os.getppid()}/{{file}}", "rb").read(4096))
            """,
            token);
        await File.WriteAllTextAsync(
            At("shared/ingest.yaml"),
            """
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: tabular_classification
            table: houses
            intent: train
            csv: rows.csv
            label: kind
            schema: {rooms: INT}
            spec: {processors: [{script: clean.py, class: Clean}]}
            """,
            token);
        const UnixFileMode open = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var folder in _folder.GetDirectories().Append(_folder)) File.SetUnixFileMode(folder.FullName, open);
        File.SetUnixFileMode(At("program/ingestor"), open);
        File.SetUnixFileMode(
            At("scratch"), open | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
