using System.Text.Json.Nodes;
using Tracebloc.Cli.Terminal;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests;

/// <summary>A terminal, or pipes, on which the program runs as its process does.</summary>
internal sealed class FakeTerminal : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    /// <summary>True for a terminal on which a person answers.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The lines that a person types.</summary>
    public string Answers { get; init; } = "";

    public Dictionary<string, string> Variables { get; } = [];

    public ManualTimeProvider Time { get; } = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    /// <summary>The one object on standard output.</summary>
    public JsonNode Json => JsonNode.Parse(Output) ?? throw new InvalidOperationException("null");

    public TerminalSetup Setup => field ??= new()
    {
        Input = new StringReader(Answers),
        Output = _output,
        Error = _error,
        IsInputTerminal = IsTerminal,
        IsOutputTerminal = IsTerminal,
        IsErrorTerminal = IsTerminal,
        Variable = name => Variables.GetValueOrDefault(name),
        Time = Time,
    };

    public Screen Screen(ScreenOptions? options = null) => new(Setup, options ?? new());

    /// <summary>Runs the program to its exit code.</summary>
    public async Task<int> RunAsync(params IReadOnlyList<string> args)
    {
        try
        {
            return await App.CommandLine(Screen).InvokeAsync(
                args, _output, _error, TestContext.Current.CancellationToken);
        }
        catch (Exception fault)
        {
            var code = Fault.ExitCodeOf(fault);
            App.Report(args, fault, code, _output);
            await _error.WriteLineAsync(fault.Message);
            return code;
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}
