using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

/// <summary>What a command takes from the process around it.</summary>
internal sealed record ProgramContext(
    TimeProvider Time, Func<string, string?> Variable, ILogger Logger, ResultWriter Out);
