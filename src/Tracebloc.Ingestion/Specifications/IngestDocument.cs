using Tracebloc.Configuration;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>
/// Reads an ingest.yaml, or the same as JSON. YAML is read as helm reads it: YAML 1.1, the last of two equal keys
/// counts, null counts as absent. All errors are found at once.
/// </summary>
public static class IngestDocument
{
    private static readonly YamlRules Rules = YamlRules.Go with { LastKeyWins = true };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; errors contain it as given.</param>
    /// <param name="errors">Receives every error; empty before.</param>
    /// <returns>Null when there is an error.</returns>
    public static IngestSpecification? Read(string path, ConfigurationErrors errors) =>
        ConfigurationDocument.ReadText(path, errors) is { } text ? Parse(text.TrimStart('\uFEFF'), errors) : null;

    /// <summary>Reads the text of a file; see <see cref="Read"/>.</summary>
    /// <param name="text">Without a byte order mark.</param>
    /// <param name="errors">Receives every error; empty before.</param>
    public static IngestSpecification? Parse(string text, ConfigurationErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (ConfigurationDocument.Parse(text, errors, Rules) is not { } root) return null;
        var repeated = Repeated(text, errors);
        return new SpecificationReader(new DocumentSection(root, errors)).Read() is { } specification
            ? specification with { Warnings = [.. repeated.Concat(specification.Warnings).OrderBy(each => each.Line)] }
            : null;
    }

    // The keys that a stricter reading refuses: helm takes the last of them without a word.
    private static List<ConfigurationError> Repeated(string text, ConfigurationErrors errors)
    {
        var strict = new ConfigurationErrors(errors.File);
        ConfigurationDocument.Parse(text, strict, YamlRules.Go);
        return [.. strict.InOrder().Except(errors.InOrder())];
    }
}
