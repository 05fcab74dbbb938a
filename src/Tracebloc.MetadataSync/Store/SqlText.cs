namespace Tracebloc.MetadataSync.Store;

/// <summary>Parts of statements.</summary>
internal static class SqlText
{
    /// <summary>A value of bytes that are UTF-8, which no text of .NET has to be made of.</summary>
    public const string OfBytes = "CONVERT(? USING utf8mb4)";

    /// <summary>Question marks with commas between.</summary>
    public static string Marks(int count) => string.Join(',', Enumerable.Repeat('?', count));

    /// <summary>A time as DATETIME(6) keeps it.</summary>
    public static DateTime? Time(DateTimeOffset? time) => time?.UtcDateTime is { } utc
        ? utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond)) : null;
}
