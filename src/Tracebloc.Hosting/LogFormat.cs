namespace Tracebloc.Hosting;

/// <summary>How log events are written.</summary>
public enum LogFormat
{
    /// <summary>For people: time, level, message.</summary>
    Text,

    /// <summary>For collectors: one compact JSON object per line, see compact JSON (CLEF).</summary>
    Json,
}
