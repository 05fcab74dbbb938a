using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>The options of a receiver.</summary>
internal sealed record ReceiverOptions
{
    /// <summary>The version of this program.</summary>
    public required string Version { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public StagingDeadlines Deadlines { get; init; } = new();

    public LockTimes Lock { get; init; } = new();

    /// <summary>The bytes that are free on the volume of a path.</summary>
    public Func<string, long> Free { get; init; } = path => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Writes to a file; a test has the disk full by it.</summary>
    public WriteBytes Write { get; init; } = RandomAccess.Write;

    internal delegate void WriteBytes(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);
}
