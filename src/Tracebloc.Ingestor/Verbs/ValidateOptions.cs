using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The options of <c>ingestor validate</c>.</summary>
/// <param name="File">The specification.</param>
/// <param name="Data">The folder of the data; null: the specification alone is validated.</param>
/// <param name="Output">The format of the result.</param>
/// <param name="LogLevel">The least level that is logged.</param>
internal sealed record ValidateOptions(string File, string? Data, OutputFormat Output, LogLevel LogLevel);
