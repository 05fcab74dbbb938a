using System.Collections.Concurrent;
using CliWrap.Buffered;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>A chart, rendered once for each set of values.</summary>
/// <param name="folder">Where it is: absolute, or from the root of the working tree.</param>
internal sealed class Chart(string folder)
{
    private readonly ConcurrentDictionary<(Release, string), Lazy<Task<BufferedCommandResult>>> _answers = new();
    private readonly ConcurrentDictionary<Release, Lazy<Task<Rendering>>> _renderings = new();

    public static Chart Client { get; } = new("charts/client");

    public string Folder { get; } = Path.GetFullPath(
        Path.Combine("../../../../..", folder), AppContext.BaseDirectory);

    public string Version => Node.Parse(Read("Chart.yaml"))["version"].Text;

    public IReadOnlyList<string> Examples =>
        [.. Directory.GetFiles(PathOf("ci"), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    public string PathOf(string file) => Path.Combine(Folder, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The objects rendered with these values (YAML) and the required ones.</summary>
    public Task<Rendering> RenderAsync(string values = "") => RenderAsync(new Release { Values = values });

    public Task<Rendering> RenderExampleAsync(string file) =>
        RenderAsync(new Release { ValuesFile = PathOf($"ci/{file}") });

    public Task<Rendering> RenderAsync(Release release) =>
        _renderings.GetOrAdd(release, _ => new(() => ParseAsync(release))).Value;

    /// <summary>The error of helm for values that it must reject.</summary>
    public Task<string> RefusalAsync(string values) => RefusalAsync(new Release { Values = values });

    public async Task<string> RefusalAsync(Release release)
    {
        var answer = await AskAsync(release, release.Template(Folder));
        Assert.False(answer.IsSuccess, $"These values are accepted, and must not be:\n{release.Values}");
        return answer.StandardError;
    }

    /// <summary>The notes that helm prints after an installation with these values.</summary>
    public Task<string> NotesAsync(string values = "") => NotesAsync(new Release { Values = values });

    public async Task<string> NotesAsync(Release release)
    {
        var answer = await AskAsync(release, release.DryRun(Folder));
        Assert.True(answer.IsSuccess, answer.StandardError);
        return Node.Parse(answer.StandardOutput).At("info.notes").Text;
    }

    private async Task<Rendering> ParseAsync(Release release)
    {
        var answer = await AskAsync(release, release.Template(Folder));
        Assert.True(answer.IsSuccess, $"{answer.StandardError}\n{release.Values}");
        return new Rendering(answer.StandardOutput);
    }

    private Task<BufferedCommandResult> AskAsync(Release release, IReadOnlyList<string> arguments)
    {
        Helm.SkipWhenMissing();
        return _answers
            .GetOrAdd((release, arguments[0]), _ => new(() => Helm.RunAsync(arguments, release.Values)))
            .Value;
    }
}
