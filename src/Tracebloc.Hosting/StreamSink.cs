using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Tracebloc.Hosting;

/// <summary>Writes every event at once and whole, so that none is lost when the process is killed.</summary>
/// <remarks>
/// In place of Serilog.Sinks.Console, which opens the console, its encodings and its themes for this.
/// </remarks>
internal sealed class StreamSink(Stream output, ITextFormatter formatter) : ILogEventSink
{
    private readonly Lock _lock = new();

    public void Emit(LogEvent logEvent)
    {
        var line = new StringWriter();
        formatter.Format(logEvent, line);
        lock (_lock) output.Write(Encoding.UTF8.GetBytes(line.ToString()));
    }
}
