namespace Tracebloc.Ingestion.Staging;

/// <summary>The rule by which a sender compresses: <c>--compress</c>.</summary>
public enum CompressionChoice
{
    /// <summary>While the connection is slower than the frames are made.</summary>
    Auto,

    /// <summary>Everything that gets smaller.</summary>
    Always,

    /// <summary>Nothing.</summary>
    Never,
}
