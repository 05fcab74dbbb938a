using Microsoft.Extensions.Logging;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The options of <c>ingestor validate</c>.</summary>
internal sealed record ValidateOptions(string File, LogLevel LogLevel);
