using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Pin;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>A values file in a folder of its own, and a registry that mirrors docker.io and ghcr.io.</summary>
internal sealed class PinFixture : IAsyncDisposable
{
    private readonly ConfigurationFile _folder = new();

    private PinFixture(FakeRegistry registry)
    {
        Registry = registry;
        Values = _folder.With("values.yaml", "");
        Configure($"{{docker.io: {{mirror: \"{registry.Host}\"}}, ghcr.io: {{mirror: \"{registry.Host}\"}}}}");
    }

    public FakeRegistry Registry { get; }

    /// <summary>The path of the values file.</summary>
    public string Values { get; }

    public string Text
    {
        get => File.ReadAllText(Values);
        set => File.WriteAllText(Values, value, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<PinFixture> StartAsync(FakeRegistryOptions? options = null) =>
        new(await FakeRegistry.StartAsync(options, Cancelled));

    public void Configure(string registries) => File.WriteAllText(_folder.Path, $"registries: {registries}\n");

    public string With(string name, string content) => _folder.With(name, content);

    public Task<PinResult> PinAsync(PinMode mode = PinMode.Pin) =>
        PinAsync(new PinOptions { File = Values, Mode = mode });

    public async Task<PinResult> PinAsync(PinOptions options)
    {
        using var output = new MemoryStream();
        var context = new ProgramContext(
            TimeProvider.System, _ => null, NullLogger.Instance, new ResultWriter(() => output));
        var code = await new PinVerb(_ => context).ExecuteAsync(options with { Config = _folder.Path }, Cancelled);
        var text = Encoding.UTF8.GetString(output.ToArray());
        return new PinResult(code, text.Replace(Path.GetDirectoryName(Values) + "/", "", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The exit code, and what was written to standard output, the folder left away.</summary>
internal sealed record PinResult(int ExitCode, string Output);
