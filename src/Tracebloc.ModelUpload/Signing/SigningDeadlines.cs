namespace Tracebloc.ModelUpload.Signing;

/// <summary>The deadlines of the signing room.</summary>
internal static class SigningDeadlines
{
    /// <summary>One signature with all its services and their retries.</summary>
    public static readonly TimeSpan Signature = TimeSpan.FromMinutes(3);

    /// <summary>The trusted root by TUF.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromMinutes(2);
}
