using Tracebloc.Database;

namespace Tracebloc.Ingestor.Tables;

/// <summary>
/// The names of the tables that a run which replaces a data set needs for a while, 64 characters each. No data set has
/// such a name: those of the ingestor's own tables are reserved.
/// </summary>
internal static class ReplacementNames
{
    /// <summary>The table that the run loads.</summary>
    public static string Shadow(string table, string runKey) =>
        LockName.Of($"{JournalSchema.Prefix}_new_", table, runKey);

    /// <summary>The name of the former table until it is dropped.</summary>
    public static string Former(string table, string runKey) =>
        LockName.Of($"{JournalSchema.Prefix}_old_", table, runKey);
}
