using Tracebloc.Testing;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>A <c>helm</c> that answers what it was given for a verb.</summary>
internal sealed class FakeHelm : IDisposable
{
    private const string Name = "helm";

    private readonly FakeProgram _program = new();

    public FakeHelm() => _program.Add(Name);

    public string Program => _program.At(Name);

    /// <summary>The arguments of every call in one line, the folder of that run taken out.</summary>
    public IReadOnlyList<string> Calls => [.. _program.Calls.Select(call => Untied(call[(Name.Length + 1)..]))];

    /// <inheritdoc cref="FakeProgram.Environment"/>
    public IReadOnlyList<string> Environment => _program.Environment;

    public FakeHelm Says(string verb, string output)
    {
        _program.Says(Name, verb, output);
        return this;
    }

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

    /// <inheritdoc cref="NamedPipe.Hanging"/>
    public FakeHelm Hangs(string verb, string onTerm)
    {
        _program.Hangs(Name, verb, onTerm);
        return this;
    }

    /// <inheritdoc cref="FakeProgram.Does"/>
    public FakeHelm Does(string verb, string script)
    {
        _program.Does(Name, verb, script);
        return this;
    }

    /// <inheritdoc cref="FakeProgram.StartedAsync"/>
    public Task StartedAsync(CancellationToken cancellationToken) => _program.StartedAsync(cancellationToken);

    /// <inheritdoc cref="FakeProgram.GoneAsync"/>
    public Task GoneAsync(CancellationToken cancellationToken) => _program.GoneAsync(cancellationToken);

    public void Dispose() => _program.Dispose();

    private static string Untied(string call) => string.Join(
        ' ', call.Split(' ').Select(word => word.Contains("chart-upgrade-") ? Path.GetFileName(word) : word));
}
