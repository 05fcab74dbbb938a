namespace Tracebloc.CommandLine;

/// <summary>The format of results on standard output.</summary>
public enum OutputFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>JSON for programs.</summary>
    Json,
}
