using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>The configuration file, read once and complete.</summary>
internal sealed record SyncSettings
{
    public required StorageGate Storage { get; init; }

    public required KindSet Kinds { get; init; }

    public ReconcileSettings Reconciling { get; init; } = new();

    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Versions of live rows are kept in memory: an unchanged object costs no look at the database.</summary>
    public bool CachesVersions { get; init; }

    /// <summary>Remarks for the log: stanzas that are ignored, keys without effect.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
