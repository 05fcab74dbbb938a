namespace Tracebloc.Testing;

/// <summary>
/// A folder of programs that note how they are called. Each runs the answers that it was given for a verb, its first
/// argument, in turn, the last answer for ever, and fails on any other verb. See <c>fake-program.sh</c>.
/// </summary>
public sealed class FakeProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fake-program-");
    private readonly Dictionary<string, int> _turns = [];
    private readonly NamedPipe _pipe;

    public FakeProgram() => _pipe = new NamedPipe(At("pipe"));

    public string Folder => _folder.FullName;

    /// <summary>Every call in one line: the program's name and its arguments.</summary>
    public IReadOnlyList<string> Calls => Read("calls");

    /// <summary>The environment of all calls.</summary>
    public IReadOnlyList<string> Environment => Read("environment");

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>Adds a program that fails on every verb.</summary>
    public void Add(string program)
    {
        // A program that was written just now may be busy: another test's child can still hold it open.
        if (!File.Exists(At(program)))
            File.CreateSymbolicLink(At(program), Path.Combine(AppContext.BaseDirectory, "fake-program.sh"));
    }

    /// <summary>Runs as shell script; the arguments are <c>$1</c> and so on, the folder <c>$here</c>.</summary>
    public void Does(string program, string verb, string script)
    {
        Add(program);
        var key = $"{program}.{verb}";
        var turn = _turns[key] = _turns.GetValueOrDefault(key) + 1;
        File.WriteAllText(At($"{key}.{turn}"), script);
    }

    public void Says(string program, string verb, string output) =>
        Does(program, verb, $"cat <<'END'\n{output}\nEND\n");

    /// <summary>See <see cref="NamedPipe.Hanging"/>.</summary>
    public void Hangs(string program, string verb, string onTerm) => Does(program, verb, _pipe.Hanging(onTerm));

    /// <summary>Waits for the program that hangs to do so.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => _pipe.StartedAsync(cancellationToken);

    /// <summary>Waits until neither that program nor its child holds the pipe any more.</summary>
    public Task GoneAsync(CancellationToken cancellationToken) => _pipe.GoneAsync(cancellationToken);

    public void Dispose()
    {
        _pipe.Dispose();
        _folder.Delete(recursive: true);
    }

    private string[] Read(string name) => File.Exists(At(name)) ? File.ReadAllLines(At(name)) : [];
}
