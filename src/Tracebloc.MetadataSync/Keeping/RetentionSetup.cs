using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Keeping;

/// <summary>The services of a retention, which are the same in every term.</summary>
internal sealed record RetentionSetup
{
    /// <summary>Connections of READ COMMITTED transactions.</summary>
    public required SessionPool Pool { get; init; }

    public required KindSet Kinds { get; init; }

    public required RetentionSettings Settings { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>From the end of one round to the start of the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Between two batches, so that other writers find the database free.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The rows of one transaction.</summary>
    public int BatchRows { get; init; } = 200;
}
