namespace Tracebloc.Testing.Registry;

/// <summary>The registry's way with a blob of no bytes.</summary>
public enum FakeEmptyBlobs
{
    Keeps,
    Refuses,

    /// <summary>Accepts it, and does not have it afterwards.</summary>
    Loses,
}

/// <summary>The behaviour of uploads. The default is that of the OCI distribution specification.</summary>
public sealed record FakeUploadOptions
{
    /// <summary>Decides whether a user may push; the user is null for anonymous.</summary>
    public Func<string?, string, bool> CanPush { get; init; } = (_, _) => true;

    /// <summary>The smallest chunk but the last, announced as <c>OCI-Chunk-Min-Length</c> and insisted on.</summary>
    public long MinChunk { get; init; }

    /// <summary>A PATCH with a larger Content-Length gets 416.</summary>
    public long LargestPatch { get; init; } = long.MaxValue;

    /// <summary>A larger body gets 413, before it is read.</summary>
    public long LargestBody { get; init; } = long.MaxValue;

    /// <summary>A second PATCH gets 400.</summary>
    public bool TakesOnePatch { get; init; }

    /// <summary>The Range of answers stays at the end of the first chunk.</summary>
    public bool HasStickyRange { get; init; }

    /// <summary>The success of a PATCH: 202, or 201.</summary>
    public int PatchStatus { get; init; } = 202;

    /// <summary>The answer to a mount; 0 mounts.</summary>
    public int MountStatus { get; init; }

    public FakeEmptyBlobs EmptyBlobs { get; init; } = FakeEmptyBlobs.Keeps;

    /// <summary>HEAD gets 403 while the repository has nothing.</summary>
    public bool DeniesNewRepositories { get; init; }

    /// <summary>The token server grants the last scope alone.</summary>
    public bool HonoursLastScope { get; init; }

    /// <summary>Locations without scheme and host.</summary>
    public bool HasRelativeLocations { get; init; }

    /// <summary>The digest that answers name in place of the true one.</summary>
    public string? WrongDigest { get; init; }

    /// <summary>Locations begin with this in place of the registry's own address.</summary>
    public Func<Uri, Uri> Locate { get; init; } = own => own;
}
