namespace Tracebloc.ImageRefresh.Records;

/// <summary>The record of an image as it was observed on its workload.</summary>
internal abstract record RecordReading
{
    private RecordReading()
    {
    }

    /// <summary>The record as far as it is believed; null where it cannot be read.</summary>
    public RefreshRecord? Record => (this as Ok)?.Value;

    /// <summary>A record; an empty one where nothing was recorded.</summary>
    /// <param name="Written">As it stands on the workload: what differs from it is written.</param>
    /// <param name="Value">As far as <see cref="RecordBelief"/> confirms it: all that is planned by.</param>
    public sealed record Ok(RefreshRecord Written, RefreshRecord Value) : RecordReading;

    /// <summary>
    /// An annotation holds what this worker never writes, or what neither the configuration nor the workload confirms:
    /// an error, and never first sight.
    /// </summary>
    /// <param name="Message">The annotation, and the remedy.</param>
    public sealed record Unreadable(string Message) : RecordReading;
}
