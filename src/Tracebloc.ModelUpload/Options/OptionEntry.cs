namespace Tracebloc.ModelUpload.Options;

/// <summary>An option: by argument, by variable, and perhaps by a file of a mounted Secret.</summary>
/// <param name="Name">The name in kebab case, without dashes before it.</param>
/// <param name="ValueName">The word for its value in the help.</param>
/// <param name="Meaning">One sentence.</param>
internal sealed record OptionEntry(string Name, string ValueName, string Meaning)
{
    private const string Prefix = "MODEL_SYNC_";

    public OptionSection Section { get; init; }

    public string? Default { get; init; }

    /// <summary>The words that the value may be; empty: any text.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>True for a value that no message shows.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The option that names the folder of a mounted Secret with this value; null: it has none.</summary>
    public string? Folder { get; init; }

    /// <summary>The files in that folder, the preferred one first.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary><c>--source-aws-key</c>.</summary>
    public string Flag => $"--{Name}";

    /// <summary><c>MODEL_SYNC_SOURCE_AWS_KEY</c>.</summary>
    public string Variable => VariableOf(Name);

    public static string VariableOf(string name) => Prefix + name.Replace('-', '_').ToUpperInvariant();
}
