namespace Tracebloc.Net.Files;

/// <summary>The kind of a file.</summary>
internal enum FileKind
{
    Absent,

    Regular,

    Link,

    /// <summary>A folder, a pipe, a socket or a device. Opening or reading one may never end.</summary>
    Other,
}
