namespace Tracebloc.Ingestion.Staging;

/// <summary>A file that is to be sent.</summary>
/// <param name="Index">Its place in the source.</param>
/// <param name="Size">Its length.</param>
/// <param name="Part">The bytes that the far side has of it; null for none.</param>
internal readonly record struct SendItem(int Index, long Size, HeldFile? Part)
{
    /// <summary>The bytes that are to be sent, if the part is one of this file.</summary>
    public long Missing => Size - (Part?.Length ?? 0);
}
