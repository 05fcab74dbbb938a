namespace Tracebloc.ImageRefresh.Notices;

/// <summary>Takes what one tick has to tell. What goes wrong with that is logged, and never the tick's fault.</summary>
internal interface INoticeSink
{
    /// <summary>Who is told, for the log.</summary>
    string Name { get; }

    Task TellAsync(TickReport report, CancellationToken token);
}
