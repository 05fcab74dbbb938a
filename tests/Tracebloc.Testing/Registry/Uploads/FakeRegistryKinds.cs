namespace Tracebloc.Testing.Registry;

/// <summary>Registries as they behave, by the names of the client's table.</summary>
public static class FakeRegistryKinds
{
    private const long MiB = 1L << 20;

    public static IReadOnlyDictionary<string, FakeUploadOptions> All { get; } =
        new Dictionary<string, FakeUploadOptions>
        {
            ["OCI"] = new(),
            ["ECR"] = Ecr,
            ["ECR Public"] = Ecr with { MountStatus = 405 },
            ["GHCR"] = new() { LargestPatch = 4 * MiB },
            ["Google Artifact Registry"] = new() { TakesOnePatch = true, EmptyBlobs = FakeEmptyBlobs.Refuses },
            ["Quay"] = new() { EmptyBlobs = FakeEmptyBlobs.Loses },
            ["GitLab"] = new() { DeniesNewRepositories = true, HonoursLastScope = true, MountStatus = 202 },
            ["Harbor"] = new() { HasRelativeLocations = true },
            ["behind a CDN"] = new() { LargestBody = 100 * MiB },
        };

    private static FakeUploadOptions Ecr => new()
    {
        MinChunk = 5 * MiB,
        HasStickyRange = true,
        PatchStatus = 201,
        EmptyBlobs = FakeEmptyBlobs.Refuses,
    };
}
