using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests.Verbs;

public sealed class MigrateVerbTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task With_a_gate_closed_there_is_nothing_to_migrate()
    {
        Assert.Equal(0, await MigrateAsync("other: {}\nmysql: {host: db}"));

        Assert.Equal(
            [
                $"Warning: {_file}: ignored stanzas, which are not of metadata-sync: other",
                "Information: Metadata storage disabled, nothing to migrate: "
                    + "metadataStorage.enableMetadataStorage is not true",
            ],
            _log.Lines);
    }

    [Fact]
    public async Task A_wrong_file_ends_the_verb_before_anything_is_connected() =>
        Assert.Equal(2, Fault.ExitCodeOf(await Assert.ThrowsAsync<ConfigurationException>(
            () => MigrateAsync("metadataStorage: {enableMetadataStorage: 1}"))));

    public void Dispose() => File.Delete(_file);

    private async Task<int> MigrateAsync(string config)
    {
        await File.WriteAllTextAsync(_file, config, TestContext.Current.CancellationToken);
        var verb = new MigrateVerb(_ => new ProgramContext(
            TimeProvider.System, _ => null, _log, new ResultWriter(() => Stream.Null)));
        return await verb.ExecuteAsync(
            new MigrateOptions(_file, PlansOnly: false, default), TestContext.Current.CancellationToken);
    }
}
