using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary><c>metadata-sync status</c> and <c>verify</c> by files, on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class CheckVerbTests(RealDatabases databases) : IDisposable
{
    private static readonly FakeResourceType[] Types =
    [
        .. KindTable.All.Select(kind =>
            new FakeResourceType(kind.Group, kind.Version, kind.Plural, kind.Name) { IsCustom = true }),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly RecordingLogger _log = new();
    private readonly MemoryStream _output = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_exit_code_is_that_of_the_comparison_and_of_what_cannot_be_asked(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token);
        await using var api = await FakeKubernetesApi.StartAsync(
            new FakeKubernetesApiOptions { Types = [.. FakeResourceType.Known, .. Types] }, Token);
        foreach (var absent in Types.Where(type => type.Kind != "Project")) api.Uninstall(absent);
        await MigrateAsync(options);
        var target = await WriteAsync(options, api);

        Assert.Equal(0, await StatusAsync(target));
        Assert.Equal(0, await VerifyAsync(target));
        api.Add("""
            {"apiVersion":"michelangelo.api/v2","kind":"Project","metadata":{"name":"one","namespace":"team-a"}}
            """);
        _output.SetLength(0);
        Assert.Equal(1, await StatusAsync(target, OutputFormat.Json));
        var status = JsonNode.Parse(_output.ToArray());
        Assert.Equal("true", status?["differs"]?.ToJsonString());
        Assert.Equal(13, status?["kinds"]?.AsArray().Count);
        Assert.Equal(
            1,
            (int?)status?["kinds"]?.AsArray().Single(each => (string?)each?["kind"] == "Project")?
                ["differences"]?["withoutRow"]);
        Assert.Equal(1, await VerifyAsync(target, "Project"));
        _output.SetLength(0);
        Assert.Equal(0, await VerifyAsync(target, "Model"));
        Assert.Equal("Model: not installed\n", Encoding.UTF8.GetString(_output.ToArray()));
        Assert.Equal(2, await VerifyAsync(target, "model"));

        api.Deny("list", "projects");
        Assert.Equal((11, 11), (await StatusAsync(target), await VerifyAsync(target)));
        api.Allow("list", "projects");
        await databases[kind].RunAsync($"ALTER USER {options.User}@'%' IDENTIFIED BY 'another'", Token);
        Assert.Equal((12, 12), (await StatusAsync(target), await VerifyAsync(target)));
    }

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task MigrateAsync(DatabaseOptions options) => await new SchemaMigration(
        await RealDatabase.OpenAsync(options, Token), KindSet.Platform,
        new DatabaseRetry(TimeProvider.System, () => 0.5), _log).RunAsync(Token);

    private async Task<CheckTarget> WriteAsync(DatabaseOptions options, FakeKubernetesApi api)
    {
        string Place(string name) => Path.Combine(_folder, name);
        await File.WriteAllTextAsync(Place("kubeconfig"), api.Kubeconfig, Token);
        await File.WriteAllTextAsync(Place("password"), options.Password, Token);
        await File.WriteAllTextAsync(
            Place("config.yaml"),
            $$"""
            metadataStorage: {enableMetadataStorage: true}
            mysql:
              host: {{options.Host}}
              port: {{options.Port}}
              user: {{options.User}}
              database: {{options.Database}}
              passwordFile: {{Place("password")}}
              tls: {caFile: {{options.CaFile}}}
            """,
            Token);
        return new CheckTarget(Place("config.yaml"), new(Place("kubeconfig"), null), LogLevel.Information);
    }

    private Task<int> StatusAsync(CheckTarget target, OutputFormat output = OutputFormat.Text) => CodeOfAsync(
        () => new StatusVerb(Program, terminal: null).ExecuteAsync(new StatusOptions(target, output), Token));

    private Task<int> VerifyAsync(CheckTarget target, params IReadOnlyList<string> kinds) => CodeOfAsync(
        () => new VerifyVerb(Program, terminal: null).ExecuteAsync(new VerifyOptions(target, kinds), Token));

    private static async Task<int> CodeOfAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            return Fault.ExitCodeOf(failed);
        }
    }

    private ProgramContext Program(LogLevel level) => new(
        TimeProvider.System, _ => null, _log, new ResultWriter(() => new Kept(_output)));

    /// <summary>Takes what is written and stays open.</summary>
    private sealed class Kept(MemoryStream stream) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => stream.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => stream.Write(buffer, offset, count);
    }
}
