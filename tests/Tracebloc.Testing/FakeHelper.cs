namespace Tracebloc.Testing;

/// <summary>A folder on PATH with credential helpers in it. See <c>fake-helper.sh</c>.</summary>
public sealed class FakeHelper : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fake-helper-");
    private readonly NamedPipe _pipe;

    public FakeHelper() => _pipe = new NamedPipe(At("pipe"));

    public string Folder => _folder.FullName;

    /// <summary>Name and arguments of every call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(At("calls")) ? File.ReadAllLines(At("calls")) : [];

    /// <summary>Its environment: PATH is the folder alone.</summary>
    public string? Variable(string name) => name == "PATH" ? $"/nowhere:{Folder}" : null;

    public FakeHelper Says(string helper, string output) => Does(helper, $"cat <<'END'\n{output}\nEND\n");

    /// <summary>Answers with these for one server, and for any other as a helper does that has none.</summary>
    public FakeHelper Has(string helper, string server, string user, string secret) => Does(helper, $$"""
        [ "$(cat)" = '{{server}}' ] || { echo 'credentials not found in native keychain'; exit 1; }
        echo '{"ServerURL": "{{server}}", "Username": "{{user}}", "Secret": "{{secret}}"}'
        """);

    /// <summary>Tells that it has started, and runs with a child until both are killed.</summary>
    public FakeHelper Hangs(string helper) => Does(helper, $"""
        trap '' TERM
        exec 3> '{_pipe.Path}'
        sleep 600 &
        echo started >&3
        while :; do wait $!; done
        """);

    /// <summary>Runs as shell script; the fake's folder is <c>$here</c>.</summary>
    public FakeHelper Does(string helper, string script)
    {
        // A program that was written just now may be busy: another test's child can still hold it open.
        var program = At($"docker-credential-{helper}");
        File.CreateSymbolicLink(program, Path.Combine(AppContext.BaseDirectory, "fake-helper.sh"));
        File.WriteAllText($"{program}.answer", script);
        return this;
    }

    /// <summary>Waits for the helper that hangs to do so.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => _pipe.StartedAsync(cancellationToken);

    /// <summary>Waits until neither that helper nor its child holds the pipe any more.</summary>
    public Task GoneAsync(CancellationToken cancellationToken) => _pipe.GoneAsync(cancellationToken);

    public void Dispose()
    {
        _pipe.Dispose();
        _folder.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(Folder, name);
}
