namespace Tracebloc.Registry;

/// <summary>Options of the push of one blob.</summary>
public sealed record PushOptions
{
    /// <summary>
    /// Called with the number of bytes that went out since the last call; negative when the registry does not have the
    /// bytes of an attempt. Called on the thread that sends.
    /// </summary>
    public Action<long>? OnSent { get; init; }

    /// <summary>
    /// The address of an upload that an earlier process began, as <see cref="OnLocation"/> got it. It is continued
    /// where the registry still has it, and replaced by a new one where not.
    /// </summary>
    public string? ResumeLocation { get; init; }

    /// <summary>
    /// Called with each new address of the upload, so that the caller can keep it for another process. With it, a push
    /// that is cancelled or fails for now leaves its upload open; without it, every failure aborts the upload. The
    /// address can hold a key to the upload: treat it as a secret.
    /// </summary>
    public Action<string>? OnLocation { get; init; }

    /// <summary>Awaited with a number of bytes before they go out, to limit the bandwidth.</summary>
    public Func<int, CancellationToken, Task>? Throttle { get; init; }

    /// <summary>
    /// The bytes of one chunk where the registry takes chunks, within the registry's limits. A fault loses at most
    /// what one chunk holds.
    /// </summary>
    public long ChunkBytes { get; init; } = 64L << 20;

    /// <summary>The consecutive attempts that may fail without a byte of progress.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The time in which each piece of 64 KiB has to be taken by the connection.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The bytes for which the registry gets one more second to answer, beside
    /// <see cref="RegistryOptions.CallTimeout"/>: some read the whole blob again before they take it.
    /// </summary>
    public long BytesPerSecond { get; init; } = 32L << 20;
}
