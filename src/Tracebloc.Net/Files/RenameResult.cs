namespace Tracebloc.Net.Files;

/// <summary>The result of renaming a file or a folder.</summary>
public enum RenameResult
{
    /// <summary>It has its new name.</summary>
    Done,

    /// <summary>There is no such file, or no folder for the new name.</summary>
    Absent,

    /// <summary>The new name is a folder that is not empty, a folder in the way of a file, or the reverse.</summary>
    Occupied,

    /// <summary>The two names are in different file systems, or in different mounts of one.</summary>
    OtherFileSystem,
}
