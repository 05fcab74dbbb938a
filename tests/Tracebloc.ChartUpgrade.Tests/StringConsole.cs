namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>A console that keeps what the program writes to it.</summary>
internal sealed class StringConsole : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    /// <summary>Starts the program with arguments.</summary>
    public Task<int> InvokeAsync(params IReadOnlyList<string> args) =>
        App.CommandLine().InvokeAsync(args, _output, _error, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}
