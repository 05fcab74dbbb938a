using System.Diagnostics;

namespace Tracebloc.Testing;

/// <summary>A pipe that a child process opens when it has started and closes when it ends.</summary>
public sealed class NamedPipe : IDisposable
{
    /// <summary>
    /// Ends the child of a script that hangs. A shell that has forked its child and not yet started the program in it
    /// would take SIGTERM for itself, and forget it.
    /// </summary>
    public const string EndChild = "kill -KILL $!";

    /// <summary>In real time, and only so that a test that would hang fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private StreamReader? _reader;

    public NamedPipe(string path)
    {
        Path = path;
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
    }

    public string Path { get; }

    /// <summary>A shell script that writes its first line and runs with a child, which holds the pipe too.</summary>
    /// <param name="onTerm">Its reaction to SIGTERM.</param>
    public string Hanging(string onTerm) => $"""
        trap '{onTerm}' TERM
        exec 3> '{Path}'
        sleep 600 &
        echo started >&3
        while :; do wait $!; done
        """;

    /// <summary>Waits for the first line that a child writes.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // Opening waits for the other end.
        _reader = await Task.Run(() => new StreamReader(Path), cancellationToken)
            .WaitAsync(Patience, cancellationToken);
        await _reader.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
    }

    /// <summary>Waits until neither that child nor one of its own holds the pipe any more.</summary>
    public async Task GoneAsync(CancellationToken cancellationToken)
    {
        if (_reader is null)
            throw new InvalidOperationException("Wait for the start of the child first.");
        var rest = await _reader.ReadToEndAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        if (rest.Length > 0)
            throw new InvalidOperationException($"The child wrote \"{rest}\" where its end was expected.");
    }

    public void Dispose() => _reader?.Dispose();
}
