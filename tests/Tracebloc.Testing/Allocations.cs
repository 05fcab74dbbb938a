namespace Tracebloc.Testing;

/// <summary>
/// The memory that reading a text takes, as a measure of its work which depends on no clock: what is read over and over
/// is also copied over and over.
/// </summary>
public static class Allocations
{
    /// <summary>The bytes that one call allocates on this thread, after one that fills what is made once.</summary>
    public static long Of<T>(T text, Action<T> read)
    {
        read(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        read(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
