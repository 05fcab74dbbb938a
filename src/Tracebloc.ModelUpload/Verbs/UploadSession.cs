using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Reporting;

namespace Tracebloc.ModelUpload.Verbs;

/// <summary>A run's request, and the log and output that show none of its secrets.</summary>
internal sealed partial class UploadSession
{
    private readonly ReadResult _read;

    private UploadSession(ReadResult read, ProgramContext context, IReadOnlyDictionary<string, string> variables)
    {
        _read = read;
        Redaction = new Redaction(read.Secrets);
        Context = context with { Logger = new RedactingLogger(context.Logger, Redaction) };
        Variables = variables;
    }

    public Redaction Redaction { get; }

    public ProgramContext Context { get; }

    public IReadOnlyDictionary<string, string> Variables { get; }

    public static UploadSession Open(RawOptions options, UploadProcess process) => new(
        RequestReader.Read(options, process.Variables, process.Files),
        process.Context(LogLevels.OfProcess(process.Variables)),
        process.Variables);

    /// <summary>The request, and its warnings in the log.</summary>
    /// <exception cref="UploadException">All that is wrong with it, one a line.</exception>
    public UploadRequest Request()
    {
        foreach (var warning in _read.Warnings)
            LogWarning(Context.Logger, warning);
        return _read.Request
            ?? throw new UploadException(UploadExit.Usage, string.Join("; ", _read.Errors));
    }

    /// <summary>Logs the end of a verb that failed as was foreseen.</summary>
    /// <returns>Its exit code.</returns>
    public int Report(UploadException fault)
    {
        LogFailed(Context.Logger, fault.Message);
        return fault.ExitCode;
    }

    [LoggerMessage(970, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(971, LogLevel.Error, "{Failure}")]
    private static partial void LogFailed(ILogger logger, string failure);
}
