using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Tracebloc.Hosting;

/// <summary>
/// Loggers that write through Serilog. The pipeline is built when the first enabled event is written and not before: it
/// costs as much as the rest of start-up, and a run with nothing to say does not need it.
/// </summary>
/// <param name="options">What is logged, and how.</param>
/// <param name="output">Where it goes, standard error as a rule; it is not disposed.</param>
public sealed class ProgramLogging(LoggingOptions options, Stream output) : ILoggerFactory
{
    private readonly Lock _lock = new();
    private SerilogLoggerProvider? _provider;

    /// <summary>Whether an event was written, so that the pipeline exists.</summary>
    public bool IsStarted => Volatile.Read(ref _provider) is not null;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LazyLogger(this, categoryName);

    /// <summary>There is one provider, Serilog.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Serilog is the only provider.");

    /// <summary>Closes the pipeline; every event is already written.</summary>
    public void Dispose() => _provider?.Dispose();

    internal bool IsEnabled(LogLevel level) => level >= options.MinimumLevel && level != LogLevel.None;

    internal ILogger Start(string category)
    {
        lock (_lock) return (_provider ??= Build()).CreateLogger(category);
    }

    private SerilogLoggerProvider Build()
    {
        ITextFormatter formatter = options.Format == LogFormat.Json ? new CompactJsonFormatter() : new TextFormatter();
        var pipeline = new LoggerConfiguration()
            .MinimumLevel.Is(LevelConvert.ToSerilogLevel(options.MinimumLevel))
            .WriteTo.Sink(new StreamSink(output, formatter))
            .CreateLogger();
        return new SerilogLoggerProvider(pipeline, dispose: true);
    }
}
