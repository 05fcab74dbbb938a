using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Tracebloc.Hosting;

/// <summary>Loggers that write through Serilog: each event at once and whole.</summary>
public sealed class ProgramLogging : ILoggerFactory
{
    private const string TextTemplate = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    private readonly SerilogLoggerFactory _factory;

    /// <summary>Builds the pipeline.</summary>
    /// <param name="options">The lowest level that is written, and the format.</param>
    /// <param name="output">The destination, standard error as a rule; it is not disposed.</param>
    public ProgramLogging(LoggingOptions options, Stream output)
    {
        ArgumentNullException.ThrowIfNull(options);
        ITextFormatter formatter = options.Format == LogFormat.Json
            ? new LiteralJsonFormatter()
            : new MessageTemplateTextFormatter(TextTemplate, CultureInfo.InvariantCulture);
        var pipeline = new LoggerConfiguration()
            .MinimumLevel.Is(LevelConvert.ToSerilogLevel(options.MinimumLevel))
            .WriteTo.Sink(new StreamSink(output, formatter));
        // JSON escapes control characters by itself.
        if (options.Format != LogFormat.Json)
            pipeline.Enrich.With<ControlCharacterEscaping>();
        _factory = new SerilogLoggerFactory(pipeline.CreateLogger(), dispose: true);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => _factory.CreateLogger(categoryName);

    /// <summary>There is one provider, Serilog.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Serilog is the only provider.");

    /// <summary>Closes the pipeline; every event is already written.</summary>
    public void Dispose() => _factory.Dispose();
}
