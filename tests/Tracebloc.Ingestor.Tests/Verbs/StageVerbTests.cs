using System.IO.Pipelines;
using System.Text;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Tests.Staging;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Verbs;

public sealed class StageVerbTests : IDisposable
{
    private readonly StagingScene _scene = new();
    private readonly RecordingLogger _logger = new();
    private readonly MemoryStream _output = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _output.Dispose();
        _scene.Dispose();
    }

    [Fact]
    public async Task An_upload_is_received_and_logged()
    {
        _scene.Write("labels.csv", 10);
        var (there, back) = (new Pipe(), new Pipe());
        var stage = StageAsync(
            new(StagingScene.Folder, _scene.Volume, false, false, default),
            new StagingStreams(there.Reader.AsStream(), back.Writer.AsStream()));

        await new StagingSender(_scene.Sender, TimeProvider.System).SendAsync(
            _scene.Source(),
            _ => Task.FromResult(new StagingStreams(back.Reader.AsStream(), there.Writer.AsStream())),
            _ => { },
            Cancelled);

        Assert.Equal(IngestorExit.Done, await stage);
        _scene.RequireSame();
        Assert.Equal(
            "Information: Folder cats_train-1f3a5c is complete: 1 files, 10 bytes", Assert.Single(_logger.Lines));
        Assert.Equal(0, _output.Length);
    }

    [Fact]
    public async Task A_terminal_in_place_of_a_sender_is_a_fault()
    {
        var code = await StageAsync(
            new(StagingScene.Folder, _scene.Volume, false, false, default),
            new StagingStreams(new MemoryStream("hello\n"u8.ToArray()), new MemoryStream()));

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Contains("does not speak the staging protocol; it sent: hello", Assert.Single(_logger.Lines));
    }

    [Fact]
    public async Task A_missing_volume_is_a_mistake()
    {
        Assert.Equal(IngestorExit.Usage, await StageAsync(new("cats", "/no/such/volume", false, false, default)));
        Assert.Contains("Volume /no/such/volume does not exist", Assert.Single(_logger.Lines));
    }

    [Fact]
    public async Task A_folder_is_removed_with_all_that_belongs_to_it()
    {
        _scene.Write("labels.csv", 10);
        await _scene.SendAsync();
        var options = new StageOptions(StagingScene.Folder, _scene.Volume, true, false, default);

        Assert.Equal(IngestorExit.Done, await StageAsync(options));
        Assert.Equal(IngestorExit.Done, await StageAsync(options));

        Assert.Equal("cats_train-1f3a5c: removed\ncats_train-1f3a5c: absent\n", Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scene.Place.Area));
    }

    [Fact]
    public async Task A_sweep_removes_old_uploads_and_nothing_else()
    {
        _scene.Write("labels.csv", 10);
        await _scene.SendAsync();
        var manual = Directory.CreateDirectory(Path.Combine(_scene.Place.Area, "manual")).FullName;
        Directory.SetLastWriteTimeUtc(manual, DateTime.UnixEpoch);
        var sweep = new StageOptions(null, _scene.Volume, false, true, default);

        Assert.Equal(IngestorExit.Done, await StageAsync(sweep));
        Assert.Equal("", Output);
        foreach (var path in _scene.Place.Works().Append(_scene.Place.Files))
            Directory.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.Equal(IngestorExit.Done, await StageAsync(sweep));

        Assert.Equal("cats_train-1f3a5c: removed\n", Output);
        Assert.Equal([manual], Directory.EnumerateFileSystemEntries(_scene.Place.Area));
    }

    [Theory]
    [InlineData("--folder is required; give the name of the staging folder.", "stage")]
    [InlineData("--sweep is for all folders; leave --folder and --remove out.", "stage", "--sweep", "--folder", "a")]
    [InlineData("--wait changes nothing; leave --remove and --sweep out.", "stage", "--wait", "--sweep")]
    [InlineData("--folder is required; give the name of the staging folder.", "stage", "--wait")]
    [InlineData(
        "\"../a\" is not a folder's name; use letters, digits, _ and -, at most 128.", "stage", "--folder", "../a")]
    public async Task A_mistake_is_one_line(string mistake, params string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);

        Assert.Equal(IngestorExit.Usage, await console.InvokeAsync(args, Cancelled));

        Assert.Equal($"{mistake} See ingestor stage --help\n", console.Error);
    }

    private string Output => Encoding.UTF8.GetString(_output.ToArray());

    private Task<int> StageAsync(StageOptions options, StagingStreams? streams = null) => new StageVerb(
        _ => new ProgramContext(TimeProvider.System, _ => null, _logger, new ResultWriter(() => new Kept(_output))),
        () => streams ?? throw new InvalidOperationException("No stream is needed.")).ExecuteAsync(options, Cancelled);

    /// <summary>A stream whose content stays when its writer closes it.</summary>
    private sealed class Kept(MemoryStream output) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => output.Write(buffer);
    }
}
