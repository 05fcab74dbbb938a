using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Verbs;

/// <summary>The process as the verbs see it.</summary>
/// <param name="Context">Clock, log and output, by the least level that is logged.</param>
/// <param name="Variables">The environment.</param>
/// <param name="Files">The mounted files.</param>
/// <param name="Progress">The lines of progress.</param>
/// <param name="Width">The columns of the terminal; null where there is none.</param>
internal sealed record UploadProcess(
    Func<LogLevel, ProgramContext> Context,
    IReadOnlyDictionary<string, string> Variables,
    IInputFiles Files,
    TextWriter Progress,
    int? Width);
