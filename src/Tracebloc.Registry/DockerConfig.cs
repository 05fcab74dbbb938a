namespace Tracebloc.Registry;

/// <summary>What a docker configuration says of registries.</summary>
/// <param name="Entries">Its credentials, in the order of the file.</param>
/// <param name="Helpers">
/// The credential helper of a key, and last, under none, the one of all others; an empty one means no helper.
/// </param>
internal sealed record DockerConfig(
    List<(string Key, RegistryCredential Credential)> Entries, List<(string? Key, string Helper)> Helpers);
