namespace Tracebloc.Net.Files;

/// <summary>The kind of a file.</summary>
public enum FileKind
{
    /// <summary>There is no such file.</summary>
    Absent,

    /// <summary>A file with content.</summary>
    Regular,

    /// <summary>A link, wherever it leads.</summary>
    Link,

    /// <summary>A folder, a pipe, a socket or a device. Opening or reading one may never end.</summary>
    Other,
}
