using System.Runtime.Versioning;
using Tracebloc.Testing;

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

    [Fact]
    public async Task A_link_is_replaced_and_what_it_leads_to_stays()
    {
        var foreign = System.IO.Path.Combine(_folder.FullName, "foreign");
        File.WriteAllText(foreign, "ticks_total{namespace=\"ns\"} 41\n");
        File.CreateSymbolicLink(Path, foreign);

        Assert.True(await WriteAsync());

        Assert.EndsWith("} 1\n", File.ReadAllText(Path));
        Assert.EndsWith("} 41\n", File.ReadAllText(foreign));
        Assert.Null(new FileInfo(Path).LinkTarget);
    }

    [Fact]
    public async Task A_pipe_is_refused_and_does_not_hang()
    {
        using var pipe = new NamedPipe(Path);

        var error = await Assert.ThrowsAsync<IOException>(WriteAsync);

        Assert.Equal($"{Path} is no regular file; give another path", error.Message);
        Assert.Equal([Path], _folder.GetFiles().Select(file => file.FullName));
    }

    [Theory]
    [InlineData(0, true, 2)]
    [InlineData(1, false, 1)]
    public async Task A_file_over_a_megabyte_is_begun_anew(int over, bool isRead, int counter)
    {
        const string Counter = "ticks_total{namespace=\"ns\"} 1\n";
        File.WriteAllText(Path, Counter + new string('#', 1024 * 1024 - Counter.Length + over));

        Assert.Equal(isRead, await WriteAsync());

        Assert.EndsWith($"}} {counter}\n", File.ReadAllText(Path));
    }

    private Task<bool> WriteAsync() => MetricsFile.WriteAsync(
        Path, [new Metric(MetricType.Counter, "ticks_total", "Ticks.", [new(1)])], "ns",
        TestContext.Current.CancellationToken);
}
