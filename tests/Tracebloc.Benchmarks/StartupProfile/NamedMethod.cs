namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>
/// A method as a line of the JIT compiler's list names it
/// (<c>JitStdOutFile</c> and <c>JitDisasmSummary</c>, docs/design/coreclr/jit/viewing-jit-dumps.md in dotnet/runtime):
/// <c>  12: JIT compiled Owner`1[int]:Name[System.__Canon](int,System.String) [Tier0, IL size=9, code size=39]</c>.
/// </summary>
/// <param name="Owner">The type that has it.</param>
/// <param name="Name">As in metadata: <c>.ctor</c>, or with the interface's name before it.</param>
/// <param name="Arguments">What stands for its own type parameters.</param>
/// <param name="ParameterCount">Overloads are told apart by it alone: one more in a profile does no harm.</param>
internal sealed record NamedMethod(
    NamedType Owner, string Name, IReadOnlyList<NamedType> Arguments, int ParameterCount)
{
    private const string Before = "JIT compiled ", After = " [";

    /// <returns>Null for what is no whole line: the threads of a program write theirs as they come.</returns>
    public static NamedMethod? TryParse(string line)
    {
        var start = line.IndexOf(Before, StringComparison.Ordinal);
        var end = line.LastIndexOf(After, StringComparison.Ordinal);
        try
        {
            return start < 0 || end < start ? null : Parse(line[(start + Before.Length)..end]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static NamedMethod Parse(string text)
    {
        // The last parenthesis: a class that was made at run time is named in a pair of its own.
        var open = text.LastIndexOf('(');
        if (open < 0 || !text.EndsWith(')'))
            throw new FormatException($"no parameters: {text}");
        var names = new NameReader(text[..open]);
        var owner = names.ReadType();
        names.Skip(':');
        var name = names.ReadName();
        var arguments = names.ReadArguments();
        var parameters = new NameReader(text[(open + 1)..^1]);
        return new NamedMethod(owner, name, arguments, parameters.ReadTypes().Count);
    }
}
