using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests.Verbs;

public sealed class CheckVerbTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly RecordingLogger _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_gate_closed_there_is_nothing_to_compare()
    {
        await File.WriteAllTextAsync(_file, "mysql: {host: db}", Token);

        Assert.Equal((0, 0), (await StatusAsync(), await VerifyAsync()));

        Assert.Equal(
            "Information: Metadata storage disabled, nothing to compare: "
                + "metadataStorage.enableMetadataStorage is not true",
            Assert.Single(_log.Lines.Distinct()));
    }

    [Fact]
    public async Task A_wrong_file_ends_the_verbs_before_anything_is_connected()
    {
        await File.WriteAllTextAsync(_file, "metadataStorage: {enableMetadataStorage: 1}", Token);

        foreach (var verb in (Func<Task<int>>[])[StatusAsync, VerifyAsync])
            Assert.Equal(2, Fault.ExitCodeOf(await Assert.ThrowsAsync<ConfigurationException>(verb)));
    }

    public void Dispose() => File.Delete(_file);

    private CheckTarget Target => new(_file, new(null, null), LogLevel.Information);

    private Task<int> StatusAsync() =>
        new StatusVerb(Program, terminal: null).ExecuteAsync(new StatusOptions(Target, OutputFormat.Text), Token);

    private Task<int> VerifyAsync() =>
        new VerifyVerb(Program, terminal: null).ExecuteAsync(new VerifyOptions(Target, []), Token);

    private ProgramContext Program(LogLevel level) =>
        new(TimeProvider.System, _ => null, _log, new ResultWriter(() => Stream.Null));
}
