namespace Tracebloc.Configuration;

/// <summary>The parts of YAML that a document may use, and the meaning of its values.</summary>
public sealed record YamlRules
{
    private YamlRules()
    {
    }

    /// <summary>
    /// For this product's own files: YAML 1.2's core schema, without anchors, aliases and tags, each key once.
    /// </summary>
    public static YamlRules Strict { get; } = new();

    /// <summary>
    /// For files that helm or kubectl read as well: anchors, aliases, merge keys, tags and the values of YAML 1.1, as
    /// go-yaml reads them for <c>sigs.k8s.io/yaml</c>. The tests hold the values that helm 4.1.4 renders.
    /// </summary>
    public static YamlRules Go { get; } = new() { IsGo = true };

    /// <summary>Accepts a key that is given twice: the last one counts, as in kubectl. Default: an error.</summary>
    public bool LastKeyWins { get; init; }

    /// <summary>Reads an empty file as an empty mapping, as kubectl does. Default: an error.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The deepest nesting of mappings and lists that is read.</summary>
    public int MaximumDepth { get; init; } = 32;

    internal bool IsGo { get; private init; }

    /// <summary>The type of a value that is written without quotes and without a tag.</summary>
    public ScalarType TypeOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsGo ? GoSchema.TypeOf(text) : CoreSchema.TypeOf(text);
    }
}
