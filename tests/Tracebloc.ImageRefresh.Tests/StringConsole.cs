namespace Tracebloc.ImageRefresh.Tests;

/// <summary>A console that keeps what is written to it.</summary>
internal sealed class StringConsole : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public Task<int> InvokeAsync(ICommands commands, params string[] args)
    {
        var console = CommandLine.Console;
        (console.Output, console.Error) = (_output, _error);
        return CommandLine.InvokeAsync(args, commands, console, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}
