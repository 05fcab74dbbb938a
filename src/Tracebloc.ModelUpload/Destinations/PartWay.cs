namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The way in which a part comes to its destination.</summary>
internal enum PartWay
{
    /// <summary>Through this process.</summary>
    Streamed,

    /// <summary>The destination has it: nothing is read and nothing is sent.</summary>
    Present,

    /// <summary>Within one service, by its own copy or mount.</summary>
    Copied,
}
