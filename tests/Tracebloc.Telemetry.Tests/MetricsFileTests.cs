using System.Runtime.Versioning;

namespace Tracebloc.Telemetry.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class MetricsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("metrics-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "refresh.prom");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_run_creates_the_file_and_leaves_nothing_beside_it()
    {
        await WriteAsync();

        Assert.EndsWith("\nticks_total{namespace=\"ns\"} 1\n", File.ReadAllText(Path));
        Assert.Equal([Path], _folder.GetFiles().Select(file => file.FullName));
    }

    [Fact]
    public async Task A_later_run_adds_to_the_counters_of_the_file()
    {
        await WriteAsync();
        await WriteAsync();
        await WriteAsync();

        Assert.EndsWith("\nticks_total{namespace=\"ns\"} 3\n", File.ReadAllText(Path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task A_reader_that_has_begun_reads_the_old_file_to_its_end()
    {
        await WriteAsync();
        using var reader = new StreamReader(Path);

        await WriteAsync();

        Assert.EndsWith("} 1\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_user_may_read_what_the_collector_reads()
    {
        await WriteAsync();

        Assert.True(File.GetUnixFileMode(Path).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_an_error()
    {
        _folder.Delete();

        await Assert.ThrowsAnyAsync<IOException>(WriteAsync);

        _folder.Create();
    }

    [Fact]
    public async Task A_file_that_cannot_be_replaced_leaves_nothing_beside_it()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "inside"));

        await Assert.ThrowsAnyAsync<Exception>(WriteAsync);

        Assert.Empty(_folder.GetFiles());
    }

    private Task WriteAsync() => MetricsFile.WriteAsync(
        Path, [new Metric(MetricType.Counter, "ticks_total", "Ticks.", [new(1)])], "ns",
        TestContext.Current.CancellationToken);
}
