using Tracebloc.Configuration;
using Tracebloc.JobsManager.Access;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Access;

public sealed class PolicyFileTests : IDisposable
{
    private const string Good = "allowed: [{service_account: a, table_prefixes: [b_]}]";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policy-");
    private readonly RecordingLogger _log = new();

    private string FilePath => Path.Combine(_folder.FullName, "ingestion-authz.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("allowed: 7")]
    [InlineData("allowed: [")]
    [InlineData("")]
    public void A_file_that_cannot_be_used_ends_the_start(string? text)
    {
        if (text is not null) File.WriteAllText(FilePath, text);

        var error = Assert.Throws<ConfigurationException>(Open);

        Assert.Contains(FilePath, error.Message);
        Assert.Equal(JobsManagerExit.Usage, Fault.ExitCodeOf(error));
    }

    [Fact]
    public void A_file_that_the_kubelet_swaps_is_read_anew()
    {
        Swap("..2026_1", Good);
        File.CreateSymbolicLink(FilePath, Path.Combine("..data", "policy"));
        var file = Open();
        Assert.Single(file.Current().Rules);

        Swap("..2026_2", "allowed: []");

        Assert.Empty(file.Current().Rules);
        Assert.Empty(file.Current().Rules);
        Assert.Equal([$"Information: Policy {FilePath} was read anew: 0 entries"], _log.Lines);
    }

    [Fact]
    public void A_broken_file_leaves_the_earlier_policy_in_force_and_is_logged_once()
    {
        File.WriteAllText(FilePath, Good);
        var file = Open();
        File.WriteAllText(FilePath, "allowed: 7");

        Assert.Single(file.Current().Rules);
        Assert.Single(file.Current().Rules);
        Assert.False(file.IsCurrent);
        Assert.Equal(
            $"Error: Policy cannot be used, the earlier one stays in force: {FilePath}:1: allowed: must be a list "
            + "(- item), but is the number 7",
            Assert.Single(_log.Lines));

        File.Delete(FilePath);
        Assert.Single(file.Current().Rules);
        Assert.Equal(2, _log.Lines.Count);

        File.WriteAllText(FilePath, Good);
        Assert.Single(file.Current().Rules);
        Assert.True(file.IsCurrent);
    }

    private PolicyFile Open() => PolicyFile.Open(FilePath, "tracebloc", _log);

    // A ConfigMap's volume: ..data is a link to the folder of the newest version.
    private void Swap(string version, string text)
    {
        var folder = _folder.CreateSubdirectory(version);
        File.WriteAllText(Path.Combine(folder.FullName, "policy"), text);
        var data = Path.Combine(_folder.FullName, "..data");
        File.Delete(data);
        File.CreateSymbolicLink(data, version);
    }
}
