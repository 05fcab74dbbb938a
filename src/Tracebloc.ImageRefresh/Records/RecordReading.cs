namespace Tracebloc.ImageRefresh.Records;

/// <summary>The record of an image as it was observed on its workload.</summary>
internal abstract record RecordReading
{
    private RecordReading()
    {
    }

    /// <summary>The record; null where it cannot be read.</summary>
    public RefreshRecord? Record => (this as Ok)?.Value;

    /// <summary>A record; an empty one where nothing was recorded.</summary>
    public sealed record Ok(RefreshRecord Value) : RecordReading;

    /// <summary>An annotation holds what this worker never writes: an error, and never first sight.</summary>
    /// <param name="Message">The annotation, and the remedy.</param>
    public sealed record Unreadable(string Message) : RecordReading;
}
