namespace Tracebloc.Testing;

/// <summary>A folder on PATH with credential helpers in it.</summary>
public sealed class FakeHelper : IDisposable
{
    private readonly FakeProgram _programs = new();

    public string Folder => _programs.Folder;

    /// <summary>Name and arguments of every call.</summary>
    public IReadOnlyList<string> Calls => _programs.Calls;

    /// <summary>Its environment: PATH is the folder alone.</summary>
    public string? Variable(string name) => name == "PATH" ? $"/nowhere:{Folder}" : null;

    public void Says(string helper, string output) => _programs.Says(Program(helper), "get", output);

    /// <summary>Answers with these for one server, and for any other as a helper does that has none.</summary>
    public void Has(string helper, string server, string user, string secret) => Does(helper, $$"""
        [ "$(cat)" = '{{server}}' ] || { echo 'credentials not found in native keychain'; exit 1; }
        echo '{"ServerURL": "{{server}}", "Username": "{{user}}", "Secret": "{{secret}}"}'
        """);

    /// <summary>Runs with a child until both are killed.</summary>
    public void Hangs(string helper) => _programs.Hangs(Program(helper), "get", onTerm: "");

    /// <summary>Runs as shell script.</summary>
    public void Does(string helper, string script) => _programs.Does(Program(helper), "get", script);

    /// <inheritdoc cref="FakeProgram.StartedAsync"/>
    public Task StartedAsync(CancellationToken cancellationToken) => _programs.StartedAsync(cancellationToken);

    /// <inheritdoc cref="FakeProgram.GoneAsync"/>
    public Task GoneAsync(CancellationToken cancellationToken) => _programs.GoneAsync(cancellationToken);

    public void Dispose() => _programs.Dispose();

    private static string Program(string helper) => $"docker-credential-{helper}";
}
