using Tracebloc.Testing;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>
/// A <c>helm</c> that takes down how it is called and answers what it was given for that verb, in turn, the last answer
/// for ever. To what nobody answers it fails. See <c>fake-helm.sh</c>.
/// </summary>
internal sealed class FakeHelm : IDisposable
{
    /// <summary>
    /// Of one that hangs. A shell that has forked its child and not yet started the program in it would take SIGTERM
    /// for itself, and forget it.
    /// </summary>
    public const string EndChild = "kill -KILL $!";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fake-helm-");
    private readonly Dictionary<string, int> _answers = [];
    private readonly NamedPipe _pipe;

    public FakeHelm()
    {
        // A program that was written just now may be busy: another test's child can still hold it open.
        File.CreateSymbolicLink(Program, Path.Combine(AppContext.BaseDirectory, "fake-helm.sh"));
        _pipe = new NamedPipe(At("pipe"));
    }

    public string Program => At("helm");

    /// <summary>Every call in one line, the folder of that run taken out.</summary>
    public IReadOnlyList<string> Calls => [.. Read("calls").Select(Untied)];

    /// <summary>The environment of all calls.</summary>
    public IReadOnlyList<string> Environment => Read("environment");

    public FakeHelm Says(string verb, string output) => Does(verb, $"cat <<'END'\n{output}\nEND\n");

    public FakeHelm Fails(string verb, string error) => Does(verb, $"cat >&2 <<'END'\nError: {error}\nEND\nexit 1\n");

    /// <summary>A revision a word, <c>deployed:client-1.0.0</c>; the last one is as old as given.</summary>
    public FakeHelm Remembers(DateTimeOffset last, params string[] revisions) => Says("history", "[" + string.Join(
        ',',
        revisions.Select((word, index) => $$"""
            {"revision": {{index + 1}}, "updated": "{{last:O}}", "app_version": "",
             "status": "{{word.Split(':')[0]}}", "chart": "{{word.Split(':')[1]}}", "description": "as it is"}
            """)) + "]");

    public FakeHelm Offers(params string[] versions) => Does("repo", "").Says("search", "[" + string.Join(
        ',', versions.Select(version => $$"""{"name": "charts/client", "version": "{{version}}"}""")) + "]");

    /// <summary>
    /// Tells that it has started, and runs until it is ended; <paramref name="onTerm"/> is what it does on SIGTERM.
    /// </summary>
    public FakeHelm Hangs(string verb, string onTerm) => Does(verb, $"""
        trap '{onTerm}' TERM
        exec 3> '{_pipe.Path}'
        sleep 600 > /dev/null 2>&1 &
        echo started >&3
        while :; do wait $!; done
        """);

    /// <summary>Runs as shell script; the arguments are <c>$1</c> and so on, the fake's folder <c>$here</c>.</summary>
    public FakeHelm Does(string verb, string script)
    {
        var turn = _answers[verb] = _answers.GetValueOrDefault(verb) + 1;
        File.WriteAllText(At($"{verb}.{turn}"), script);
        return this;
    }

    /// <summary>Waits for the helm that hangs to do so.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => _pipe.StartedAsync(cancellationToken);

    /// <summary>Waits until neither that helm nor its child holds the pipe any more.</summary>
    public Task GoneAsync(CancellationToken cancellationToken) => _pipe.GoneAsync(cancellationToken);

    public void Dispose()
    {
        _pipe.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Untied(string call) => string.Join(
        ' ', call.Split(' ').Select(word => word.Contains("chart-upgrade-") ? Path.GetFileName(word) : word));

    private string[] Read(string name) => File.Exists(At(name)) ? File.ReadAllLines(At(name)) : [];

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
