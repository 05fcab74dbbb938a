using Tracebloc.Configuration;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>
/// Reads an ingest.yaml. A file that is no YAML, or cannot be read, is a fault of this machine; one that is YAML and
/// breaks the rules of ingest.v1 is a fault of the description.
/// </summary>
/// <param name="Specification">Null where there are errors.</param>
/// <param name="Errors">The errors by line.</param>
/// <param name="ExitCode">Of <see cref="CliExit"/>.</param>
internal sealed record DescriptionFile(
    IngestSpecification? Specification, IReadOnlyList<ConfigurationError> Errors, int ExitCode)
{
    public static DescriptionFile Read(string path)
    {
        var unreadable = new ConfigurationErrors(path);
        if (ConfigurationDocument.ReadText(path, unreadable) is not { } read)
            return new(null, unreadable.InOrder(), CliExit.Local);
        var text = read.TrimStart('\uFEFF');
        ConfigurationDocument.Parse(text, unreadable, YamlRules.Go with { LastKeyWins = true });
        if (!unreadable.IsEmpty) return new(null, unreadable.InOrder(), CliExit.Local);
        var errors = new ConfigurationErrors(path);
        var specification = IngestDocument.Parse(text, errors);
        return new(specification, errors.InOrder(), errors.IsEmpty ? CliExit.Done : CliExit.Usage);
    }

    /// <summary>All errors, a line each.</summary>
    public string Text => string.Join('\n', Errors);
}
