namespace Tracebloc.ModelUpload.Options;

/// <summary>Long options by an unambiguous beginning of their names, as Python's argparse takes them.</summary>
internal static class OptionPrefixes
{
    /// <summary>The arguments with whole names; unknown words stay for the parser to reject.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="names">The names of all options, with dashes.</param>
    /// <param name="fault">A whole sentence about the first beginning that several options have.</param>
    public static IReadOnlyList<string> Expand(
        IReadOnlyList<string> args, IReadOnlyCollection<string> names, out string? fault)
    {
        fault = null;
        var expanded = new List<string>(args.Count);
        foreach (var (index, arg) in args.Index())
        {
            if (arg == "--") return [.. expanded, .. args.Skip(index)];
            var whole = arg.StartsWith("--", StringComparison.Ordinal) ? Whole(arg, names, ref fault) : arg;
            // The parser takes an option that ends in an equals sign for one without a value.
            var isEmpty = whole.EndsWith('=') && names.Contains(whole[..^1]);
            expanded.AddRange(isEmpty ? [whole[..^1], ""] : (string[])[whole]);
        }
        return expanded;
    }

    private static string Whole(string arg, IReadOnlyCollection<string> names, ref string? fault)
    {
        var (name, rest) = arg.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
            ? (arg[..at], arg[at..])
            : (arg, "");
        if (names.Contains(name)) return arg;
        var candidates = names.Where(each => each.StartsWith(name, StringComparison.Ordinal)).Take(4).ToList();
        if (candidates.Count > 1)
            fault ??= $"option {name} is ambiguous; write one of {string.Join(", ", candidates)}.";
        return candidates.Count == 1 ? candidates[0] + rest : arg;
    }
}
