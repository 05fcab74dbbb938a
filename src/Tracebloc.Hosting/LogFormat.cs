namespace Tracebloc.Hosting;

/// <summary>The format of log events.</summary>
public enum LogFormat
{
    /// <summary>For people: time, level, message.</summary>
    Text,

    /// <summary>For collectors: one compact JSON object per line, see compact JSON (CLEF).</summary>
    Json,
}
