namespace Tracebloc.Benchmarks.Ticks;

/// <summary>The requests of one tick.</summary>
/// <param name="ApiReads">GETs to the API server.</param>
/// <param name="ApiWrites">Whatever else it was asked for.</param>
/// <param name="RegistryRequests">To both registries together; those for tokens go to their token servers.</param>
/// <param name="TokenRequests">To both token servers together.</param>
/// <param name="Downloads">Manifests that were read with their bodies.</param>
internal sealed record Traffic(int ApiReads, int ApiWrites, int RegistryRequests, int TokenRequests, int Downloads)
{
    public static Traffic operator -(Traffic after, Traffic before) => new(
        after.ApiReads - before.ApiReads,
        after.ApiWrites - before.ApiWrites,
        after.RegistryRequests - before.RegistryRequests,
        after.TokenRequests - before.TokenRequests,
        after.Downloads - before.Downloads);
}
