using System.Text.RegularExpressions;

namespace Tracebloc.Registry.Pushing;

/// <summary>
/// The one table of what registries do with uploads (read in autumn 2026). Hosted services change: a limit belongs
/// here and nowhere else.
/// </summary>
internal static partial class RegistryProfiles
{
    private const long MiB = 1L << 20;
    private const long GB = 1000L * 1000 * 1000;
    private const long GiB = 1L << 30;

    public static RegistryProfile Oci { get; } = new() { Name = "OCI" };

    // Layers: ECR service quotas. Chunks of at least 5 MiB; PATCH answers 201 (kitops #821). Range stays at the end of
    // the first chunk though the data is stored (aws/containers-roadmap #2831). An empty blob gets 400.
    public static RegistryProfile Ecr { get; } = new()
    {
        Name = "ECR",
        LargestLayer = 52_000 * MiB,
        MinChunk = 5 * MiB,
        Resumes = false,
        HasLastChunkInPut = true,
        TakesEmptyBlobs = false,
    };

    // Layers: ECR Public service quotas. Mounts fail (aws/containers-roadmap #1459).
    public static RegistryProfile EcrPublic { get; } = Ecr with
    {
        Name = "ECR Public",
        LargestLayer = 10_000 * MiB,
        Mounts = false,
    };

    // 10 GB a layer (GitHub's documentation). A PATCH with Content-Length above 4 MiB gets 416; one with chunked
    // transfer encoding does not (rust-oci-client #35, ocx PR#237).
    public static RegistryProfile Ghcr { get; } = new()
    {
        Name = "GHCR",
        LargestLayer = 10 * GB,
        Form = UploadForm.Stream,
    };

    // Whole uploads only (kitops #777). An empty blob gets 400.
    public static RegistryProfile Gar { get; } = new()
    {
        Name = "Google Artifact Registry",
        Form = UploadForm.Whole,
        LargestPut = long.MaxValue,
        Resumes = false,
        TakesEmptyBlobs = false,
    };

    // 50 GB a layer with the default store (minimum_chunk_size_mb). An empty blob is accepted, then 404.
    public static RegistryProfile Quay { get; } = new()
    {
        Name = "Quay",
        LargestLayer = 50 * GB,
        TakesEmptyBlobs = false,
    };

    // HEAD is denied while the repository does not exist (skopeo #2484). The last scope alone is honoured
    // (manifest-tool #53), which ChallengeBook keeps to for every registry.
    public static RegistryProfile GitLab { get; } = new()
    {
        Name = "GitLab",
        DeniesNewRepositories = true,
    };

    // Above 32 GiB a layer broke before 2.9.2 and 2.10 (harbor #18888, #19573), and no name shows the version.
    // Used by hosts whose configuration names it: Harbor runs under any name.
    public static RegistryProfile Harbor { get; } = new()
    {
        Name = "Harbor",
        LargestLayer = 32 * GiB,
    };

    // Cloudflare takes request bodies of 100 to 500 MB by plan (cloudflare/serverless-registry #42, ollama #13740):
    // a 413 halves the chunk, of any registry, see UploadPlan.
    public static RegistryProfile Cdn { get; } = new()
    {
        Name = "behind a CDN",
        MaxChunk = 95 * MiB,
        LargestPut = 95 * MiB,
    };

    /// <summary>Every row, for the tests that play each.</summary>
    public static IReadOnlyList<RegistryProfile> All { get; } =
        [Oci, Ecr, EcrPublic, Ghcr, Gar, Quay, GitLab, Harbor, Cdn];

    private static readonly (Regex Host, RegistryProfile Profile)[] Table =
    [
        (EcrHost(), Ecr),
        (EcrPublicHost(), EcrPublic),
        (GhcrHost(), Ghcr),
        (GarHost(), Gar),
        (QuayHost(), Quay),
        (GitLabHost(), GitLab),
        (CdnHost(), Cdn),
    ];

    public static RegistryProfile Of(string host)
    {
        foreach (var (pattern, profile) in Table)
            if (pattern.IsMatch(host))
                return profile;
        return Oci;
    }

    [GeneratedRegex(@"^\d+\.dkr[.-]ecr(-fips)?\.[a-z0-9.-]+$")]
    private static partial Regex EcrHost();

    [GeneratedRegex(@"^(public\.ecr\.aws|ecr-public\.aws\.com)$")]
    private static partial Regex EcrPublicHost();

    [GeneratedRegex(@"^(ghcr\.io|docker\.pkg\.github\.com|containers\.[a-z0-9.-]+\.ghe\.com)$")]
    private static partial Regex GhcrHost();

    [GeneratedRegex(@"^([a-z]+\.)?gcr\.io$|^[a-z0-9-]+-docker\.pkg\.dev$")]
    private static partial Regex GarHost();

    [GeneratedRegex(@"^quay\.io$")]
    private static partial Regex QuayHost();

    [GeneratedRegex(@"^registry\.gitlab\.com$|^registry\.gitlab\.[a-z0-9.-]+$")]
    private static partial Regex GitLabHost();

    [GeneratedRegex(@"\.(workers|r2)\.dev$|^registry\.ollama\.ai$")]
    private static partial Regex CdnHost();
}
