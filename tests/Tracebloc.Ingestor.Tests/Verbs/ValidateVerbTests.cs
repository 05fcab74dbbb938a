using Tracebloc.Configuration;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Verbs;

public sealed class ValidateVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("validate-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_error_of_the_file_is_a_usage_error_with_file_and_line()
    {
        var file = Write("a: 1\nb: [\n");

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => ValidateAsync(file));

        Assert.StartsWith($"{file}:", error.Message);
        Assert.Equal(IngestorExit.Usage, Fault.ExitCodeOf(error));
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var file = Path.Combine(_folder.FullName, "none.yaml");

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => ValidateAsync(file));

        Assert.Equal($"{file}: does not exist; check the path and that it is mounted", error.Message);
    }

    private static Task<int> ValidateAsync(string file)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        return console.InvokeAsync(["validate", file], Cancelled);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "ingest.yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
