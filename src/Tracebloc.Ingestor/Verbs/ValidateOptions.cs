using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The options of <c>ingestor validate</c>.</summary>
internal sealed record ValidateOptions(string File, OutputFormat Output, LogLevel LogLevel);
