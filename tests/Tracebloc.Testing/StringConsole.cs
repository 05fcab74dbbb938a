namespace Tracebloc.Testing;

/// <summary>A console that keeps what a program writes to it.</summary>
/// <param name="program">The program's entry: arguments, standard output, standard error, token.</param>
public sealed class StringConsole(
    Func<IReadOnlyList<string>, TextWriter, TextWriter, CancellationToken, Task<int>> program) : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    /// <summary>Starts the program.</summary>
    public Task<int> InvokeAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        program(args, _output, _error, cancellationToken);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}
