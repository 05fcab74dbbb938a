using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>The shell of an operator: kubectl and helm lead to the namespace of the release.</summary>
internal sealed class SyncShell : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracebloc-e2e-sync-");
    private readonly Dictionary<string, string?> _variables;

    public SyncShell(Kubectl kubectl, Helm helm)
    {
        var config = Path.Combine(_folder.FullName, "kubeconfig");
        File.Copy(kubectl.KubeConfig, config);
        _variables = helm.Variables.ToDictionary(one => one.Name, string? (one) => one.Value);
        _variables["KUBECONFIG"] = config;
        if (Path.GetDirectoryName(Helm.Program) is { Length: > 0 } programs)
            _variables["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    /// <summary>Its working folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Runs a script to its end.</summary>
    public async Task<ProgramResult> RunAsync(string script, CancellationToken cancellationToken, string input = "")
    {
        using var alarm = new CancellationTokenSource(Longest, TimeProvider.System);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        var end = await Bash(script)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .ExecuteBufferedAsync(deadline.Token);
        return new ProgramResult(end.ExitCode, end.StandardOutput, end.StandardError);
    }

    /// <summary>Starts a script, and goes on when it has written a line that is looked for.</summary>
    /// <returns>That line, and the end of the script, which comes with the token.</returns>
    public async Task<(string Line, Task End)> StartAsync(
        string script, string lookFor, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Bash(script)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                if (line.Contains(lookFor, StringComparison.Ordinal)) found.TrySetResult(line);
            }))
            .ExecuteAsync(cancellationToken);
        var first = await Task.WhenAny(found.Task, run.Task)
            .WaitAsync(Longest, TimeProvider.System, cancellationToken);
        if (first == run.Task)
            throw new InvalidOperationException($"{script}: ended before it said: {lookFor}");
        return (await found.Task, run.Task);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Command Bash(string script) => Cli.Wrap("bash")
        .WithArguments(["-c", script])
        .WithWorkingDirectory(Folder)
        .WithEnvironmentVariables(_variables)
        .WithValidation(CommandResultValidation.None);
}
